/**
 * `spillway replay-stream`: a stream's recorded traffic against other numbers of shards, on demand, and other consumers.
 */
import type { ResourceRow } from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import { textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { candidateLabel, streamLines } from '../format/stream.ts';
import { openRecording } from '../host/engine.ts';
import { interruptible } from '../host/interruptible.ts';
import { streamName, streamRequest } from '../host/streamOptions.ts';
import { callEngine } from '../session.ts';

export const command: Command = {
  summary: "replay a stream's recorded traffic with other shards and consumers",
  options: {
    db: { type: 'string', value: 'FILE', help: 'database (default: the one of the desktop app)' },
    stream: { type: 'string', value: 'NAME', help: 'stream name or ARN' },
    from: { type: 'string', value: 'ISO', help: 'start (default: 24 h before the end of the recording)' },
    to: { type: 'string', value: 'ISO', help: 'end' },
    shards: { type: 'string', value: 'N[,N...]', help: 'numbers of shards to compare' },
    'on-demand': { type: 'boolean', default: false, help: 'compare an on-demand stream, too' },
    consumers: { type: 'string', value: 'N', help: 'consumers that each read everything (default: 1)' },
    enhanced: { type: 'boolean', default: false, help: 'they have enhanced fan-out: 2 MiB/s a shard each' },
    workers: { type: 'string', value: 'N', help: 'workers of a consumer per shard (default: 1)' },
    'worker-rate': { type: 'string', value: 'N', help: 'records a second one worker processes (default: no limit)' },
    'hot-key': { type: 'string', value: 'KEY=SHARE', help: 'partition key with its share (default: as recorded)' },
    reshard: { type: 'string', value: 'ISO=N', help: 'UpdateShardCount at an instant, several by commas' },
    auto: { type: 'string', value: 'MIN-MAX', help: 'reshard by the use of the limits, between so many shards' },
    retry: { type: 'string', value: 'SECONDS', help: 'producers offer refused records again (default: they are lost)' },
    'retention-hours': { type: 'string', value: 'N', help: "retention (default: the stream's)" },
    factor: { type: 'string', value: 'N', help: 'traffic times this (default: 1)' },
    json: { type: 'boolean', default: false, help: 'print the whole result as JSON' },
  },
  async run(values, io) {
    const name = streamName(values, io.language);
    const request = streamRequest(values, io.language, (shards) => candidateLabel(io.language, shards));
    const engine = await openRecording(textOption(values, 'db'), io);
    try {
      const { resourceId } = streamOf((await callEngine(engine, 'overview.get', {})).rows, name);
      const result = await interruptible(engine, io, (jobId) =>
        callEngine(engine, 'replay.stream', { ...request, resourceId, jobId }),
      );
      if (values.json)
        io.print(
          JSON.stringify(result, (_key, value: unknown) => (value instanceof Float64Array ? [...value] : value)),
        );
      else for (const line of streamLines(result, io.language)) io.print(line);
      return 0;
    } finally {
      await engine.close();
    }
  },
};

/** @throws SpillwayError STREAM_NOT_RECORDED naming those that were */
function streamOf(rows: readonly ResourceRow[], name: string): ResourceRow {
  const streams = rows.filter(({ kind }) => kind === 'kinesis-stream');
  const found = streams.find((row) => row.resourceId === name || row.name === name);
  if (found !== undefined) return found;
  const names = streams.map((row) => row.name).join(', ');
  throw new SpillwayError('STREAM_NOT_RECORDED', { name, streams: names === '' ? phrases([{ term: 'none' }]) : names });
}
