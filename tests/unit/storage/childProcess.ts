/**
 * Run by tests in a process of its own: opens the store and says so; then holds it, records without end (one line per
 * acknowledged poll), or plays a newer version that dies before its log is merged.
 */
import Database from 'better-sqlite3';
import type { SeriesKey } from '../../../src/core/model/series.ts';
import { openStore } from '../../../src/storage/index.ts';

const [, , file = '', mode, argument = ''] = process.argv;
const say = (line: string) => process.stdout.write(`${line}\n`);
const forever = () => setInterval(() => {}, 1000);

if (mode === 'newer') {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('wal_autocheckpoint = 0');
  db.pragma(`user_version = ${argument}`);
  say('open');
  forever();
} else {
  const store = openStore(file, { nowMs: 0 });
  say('open');
  if (mode === 'hold') forever();
  else {
    const startSeconds = Number(argument);
    const keys = Array.from(
      { length: 20 },
      (_, i): SeriesKey => ({
        connectionId: 'c1',
        namespace: 'AWS/SQS',
        metricName: 'NumberOfMessagesSent',
        dimensions: { QueueName: `queue-${i}` },
        statistic: 'Sum',
        periodSeconds: 60,
      }),
    );
    for (let minute = 0; ; minute++) {
      const time = startSeconds + minute * 60;
      store.record('c1', {
        series: keys.map((key, i) => ({ seriesId: store.seriesId(key), times: [time], values: [minute * 100 + i] })),
        events: [
          {
            connectionId: 'c1',
            resourceId: null,
            kind: 'recorder',
            atMs: time * 1000,
            endMs: null,
            sourceId: `poll-${minute}`,
            title: 'poll',
            detail: '',
            data: { kind: 'recorder', what: 'started', fromMs: null },
          },
        ],
        cursors: new Map([['metrics', time]]),
      });
      // A day passes every few hundred polls, so that kills fall into seals, too.
      if (minute % 300 === 299) store.seal(time);
      say(String(minute));
    }
  }
}
