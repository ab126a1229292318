/**
 * `spillway export`: the incident timeline of a range as Markdown, JSON or a self-contained HTML report.
 */
import { textOption, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';
import { openRecording } from '../host/engine.ts';
import { writeGivenFile } from '../host/files.ts';
import { rangeOption } from '../host/rangeOption.ts';
import { callEngine } from '../session.ts';
import { find } from './replay.ts';

const formats = ['markdown', 'json', 'html'] as const;

export const command: Command = {
  summary: 'write the incident timeline of a range',
  options: {
    db: { type: 'string', value: 'FILE', help: 'database (default: the one of the desktop app)' },
    resource: { type: 'string', value: 'NAME,...', help: 'queues and streams (default: all)' },
    from: { type: 'string', value: 'ISO', help: 'start' },
    to: { type: 'string', value: 'ISO', help: 'end' },
    format: { type: 'string', default: 'markdown', value: formats.join('|'), help: 'format' },
    title: { type: 'string', default: '', value: 'TEXT', help: 'title of the incident' },
    zone: { type: 'string', default: 'UTC', value: 'ZONE', help: 'IANA zone of the instants' },
    out: {
      type: 'string',
      value: 'FILE',
      help: 'file to write (default: a name that says what it is; - for standard output)',
    },
  },
  async run(values, io) {
    const range = rangeOption(values);
    if (range === null) throw new UsageError('--from and --to are missing');
    const format = formats.find((name) => name === values.format);
    if (format === undefined) throw new UsageError(`--format is "${values.format}", expected ${formats.join(', ')}`);
    const engine = await openRecording(textOption(values, 'db'), io);
    try {
      const { rows } = await callEngine(engine, 'overview.get', {});
      const wanted =
        textOption(values, 'resource')
          ?.split(',')
          .map((name) => find(rows, name)) ?? rows;
      const file = await callEngine(engine, 'timeline.export', {
        resourceIds: wanted.map((row) => row.resourceId),
        range,
        format,
        language: io.language,
        timeZone: textOption(values, 'zone')!,
        title: textOption(values, 'title')!,
        replay: null,
      });
      const out = textOption(values, 'out') ?? file.fileName;
      if (out === '-') io.print(file.text);
      else {
        writeGivenFile(out, file.text);
        io.print(out);
      }
      return 0;
    } finally {
      await engine.close();
    }
  },
};
