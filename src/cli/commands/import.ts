/**
 * `spillway import`: traffic from a file or a bundled sample into the database, as a queue to replay policies on.
 */
import { textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { traceReportLines } from '../format/traceReport.ts';
import { startEngine } from '../host/engine.ts';
import { defaultDatabaseFile } from '../host/paths.ts';
import { importGiven, traceOptionTable } from '../host/traceOptions.ts';
import { callEngine } from '../session.ts';

const said = {
  en: (name: string) => `Imported. Next: spillway replay --queue "${name}"`,
  ko: (name: string) => `가져왔습니다. 다음 명령: spillway replay --queue "${name}"`,
} as const;

export const command: Command = {
  summary: 'import traffic from a file (CSV, JSON, request log) or a bundled sample',
  options: {
    db: { type: 'string', value: 'FILE', help: 'database (default: the one of the desktop app)' },
    file: {
      type: 'string',
      value: 'FILE',
      help: 'CloudWatch export, GetMetricData JSON, Grafana CSV, time,value, requests',
    },
    sample: { type: 'string', value: 'NAME', help: 'a bundled sample instead of a file' },
    samples: { type: 'boolean', default: false, help: 'list the bundled samples' },
    name: { type: 'string', value: 'NAME', help: "name of the queue (default: the file's)" },
    'keep-from': { type: 'string', value: 'ISO', help: 'keep only what is at or after this instant' },
    'keep-to': { type: 'string', value: 'ISO', help: 'keep only what is before this instant' },
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
