/**
 * `spillway export`: the incident timeline of a range as Markdown, JSON or a self-contained HTML report.
 */
import { textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { dbOption } from '../host/commonOptions.ts';
import { openRecording } from '../host/engine.ts';
import { writeGivenFile } from '../host/files.ts';
import { exampleInstant, rangeOption } from '../host/rangeOption.ts';
import { callEngine } from '../session.ts';
import { invalidOption, missingOption, oneOf } from '../usage.ts';
import { find } from './replay.ts';

const formats = ['markdown', 'json', 'html'] as const;

const bothEnds = { en: 'the range: --from and --to together', ko: '구간의 시작과 끝, --from과 --to 둘 다' } as const;
const exampleEnd = '2026-03-02T09:00:00Z';

export const command: Command = {
  summary: { en: 'write the incident timeline of a range', ko: '구간의 장애 타임라인 내보내기' },
  options: {
    db: dbOption,
    resource: {
      type: 'string',
      value: 'NAME,...',
      help: { en: 'queues and streams (default: all)', ko: '대기열과 스트림(기본값: 전부)' },
    },
    from: { type: 'string', value: 'ISO', help: { en: 'start', ko: '시작 시각' } },
    to: { type: 'string', value: 'ISO', help: { en: 'end', ko: '종료 시각' } },
    format: { type: 'string', default: 'markdown', value: formats.join('|'), help: { en: 'format', ko: '형식' } },
    title: { type: 'string', default: '', value: 'TEXT', help: { en: 'title of the incident', ko: '장애 제목' } },
    zone: {
      type: 'string',
      default: 'UTC',
      value: 'ZONE',
      help: { en: 'IANA zone of the instants', ko: '시각의 IANA 시간대' },
    },
    out: {
      type: 'string',
      value: 'FILE',
      help: {
        en: 'file to write (default: a name that says what it is; - for standard output)',
        ko: '쓸 파일(기본값: 내용을 알려 주는 이름, -이면 표준 출력)',
      },
    },
  },
  async run(values, io) {
    const range = rangeOption(values);
    if (range === null)
      throw missingOption('from', { expected: bothEnds, example: `${exampleInstant} --to ${exampleEnd}` });
    const format = formats.find((name) => name === values.format);
    if (format === undefined)
      throw invalidOption('format', String(values.format), { expected: oneOf(formats), example: 'html' });
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
