/**
 * `spillway import`: traffic from a file or a bundled sample into the database, as a queue to replay policies on.
 */
import { textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { traceReportLines } from '../format/traceReport.ts';
import { dbOption } from '../host/commonOptions.ts';
import { startEngine } from '../host/engine.ts';
import { defaultDatabaseFile } from '../host/paths.ts';
import { importGiven, traceOptionTable } from '../host/traceOptions.ts';
import { callEngine } from '../session.ts';

const said = {
  en: (name: string) => `Imported. Next: spillway replay --queue "${name}"`,
  ko: (name: string) => `가져왔습니다. 다음 명령: spillway replay --queue "${name}"`,
} as const;

export const command: Command = {
  summary: {
    en: 'import traffic from a file (CSV, JSON, request log) or a bundled sample',
    ko: '파일(CSV, JSON, 요청 로그)이나 내장 샘플에서 트래픽 가져오기',
  },
  options: {
    db: dbOption,
    file: {
      type: 'string',
      value: 'FILE',
      help: {
        en: 'CloudWatch export, GetMetricData JSON, Grafana CSV, time,value, requests',
        ko: 'CloudWatch 내보내기, GetMetricData JSON, Grafana CSV, time,value, 요청 로그',
      },
    },
    sample: {
      type: 'string',
      value: 'NAME',
      help: { en: 'a bundled sample instead of a file', ko: '파일 대신 내장 샘플' },
    },
    samples: { type: 'boolean', default: false, help: { en: 'list the bundled samples', ko: '내장 샘플 목록' } },
    name: {
      type: 'string',
      value: 'NAME',
      help: { en: "name of the queue (default: the file's)", ko: '대기열 이름(기본값: 파일 이름)' },
    },
    'keep-from': {
      type: 'string',
      value: 'ISO',
      help: { en: 'keep only what is at or after this instant', ko: '이 시각부터만 남김' },
    },
    'keep-to': {
      type: 'string',
      value: 'ISO',
      help: { en: 'keep only what is before this instant', ko: '이 시각 전까지만 남김' },
    },
    ...traceOptionTable,
  },
  /** @returns 1 while the file leaves a question open; nothing is stored then */
  async run(values, io) {
    const engine = await startEngine(
      values.samples ? ':memory:' : (textOption(values, 'db') ?? defaultDatabaseFile()),
      'cli',
      io,
    );
    try {
      if (values.samples) {
        for (const { name, file } of await callEngine(engine, 'trace.samples', {}))
          io.print(`${name.padEnd(10)} ${file}`);
        return 0;
      }
      const name = textOption(values, 'name');
      const sample = textOption(values, 'sample');
      const file = textOption(values, 'file');
      const imported = await importGiven(engine, { file, sample, name }, values, io);
      for (const line of traceReportLines(imported, io.language)) io.print(line);
      if (imported.queueResourceId === null) return 1;
      const { row } = await callEngine(engine, 'resource.get', { resourceId: imported.queueResourceId });
      io.print(said[io.language](row.name));
      return 0;
    } finally {
      await engine.close();
    }
  },
};
