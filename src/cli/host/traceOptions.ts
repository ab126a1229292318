/**
 * The options of commands that take a trace: which file or sample, how it is read, what becomes of it.
 */

import type { EngineApi } from '../../core/contract/engine.ts';
import type { Input } from '../../core/contract/methods.ts';
import type { TraceImported } from '../../core/contract/shapes.ts';
import { numberOption, type OptionTable, textOption, type Values } from '../arguments.ts';
import type { CommandIo } from '../command.ts';
import { callEngine } from '../session.ts';
import { invalidOption, oneOf, UsageError } from '../usage.ts';
import { exampleInstant, instantOf, rangeOption } from './rangeOption.ts';
import { pushPieces, pushTraceFile } from './traceFile.ts';

export const traceOptionTable = {
  zone: {
    type: 'string',
    value: 'ZONE',
    help: {
      en: 'zone of stamps that name none: Asia/Seoul, UTC, +09:00',
      ko: '시간대가 없는 시각의 시간대: Asia/Seoul, UTC, +09:00',
    },
  },
  series: {
    type: 'string',
    value: 'NAME',
    help: {
      en: 'the series that holds the arrivals, when there are several',
      ko: '시계열이 여럿일 때 도착량이 담긴 것',
    },
  },
  duplicates: {
    type: 'string',
    value: 'HOW',
    help: {
      en: 'rows of one time: first, last, sum, mean (default last)',
      ko: '같은 시각의 행: first, last, sum, mean(기본값: last)',
    },
  },
  partial: {
    type: 'string',
    value: 'HOW',
    help: {
      en: 'a first or last bucket that looks cut: keep, drop (default keep)',
      ko: '잘린 듯한 처음이나 마지막 구간: keep, drop(기본값: keep)',
    },
  },
  shape: {
    type: 'string',
    value: 'SHAPE',
    help: {
      en: 'traffic by description: "daily:mean=600,amplitude=400 + crowd:at=1140,height=1800 + chance:"',
      ko: '글로 적은 트래픽: "daily:mean=600,amplitude=400 + crowd:at=1140,height=1800 + chance:"',
    },
  },
  duration: {
    type: 'string',
    value: 'TIME',
    default: '1d',
    help: { en: 'how long a shape lasts: 90m, 36h, 7d', ko: '트래픽 모양의 길이: 90m, 36h, 7d' },
  },
  factor: { type: 'string', value: 'N', default: '1', help: { en: 'multiply the arrivals', ko: '도착량에 곱할 값' } },
  shift: {
    type: 'string',
    value: 'SECONDS',
    default: '0',
    help: { en: 'move the trace in time', ko: '트레이스를 옮길 시간' },
  },
  splice: {
    type: 'string',
    value: 'FILE[@ISO]',
    help: {
      en: 'put another file over it, from an instant on (default: its own times)',
      ko: '그 시각부터 다른 파일을 겹쳐 넣기(기본값: 그 파일의 시각)',
    },
  },
  resample: {
    type: 'string',
    value: 'SECONDS',
    help: { en: 'spread the arrivals evenly over longer periods', ko: '도착량을 더 긴 주기에 고르게 나누기' },
  },
} as const satisfies OptionTable;

/** @throws UsageError; SpillwayError as the engine's import */
export async function importGiven(
  engine: Pick<EngineApi, 'call'>,
  given: { readonly file: string | undefined; readonly sample: string | undefined; readonly name: string | undefined },
  values: Values,
  io: CommandIo,
): Promise<TraceImported> {
  const { file, sample } = given;
  const shape = textOption(values, 'shape');
  if ([file, sample, shape].filter((one) => one !== undefined).length > 1) throw new UsageError(severalTraces);
  const minutes = durationMinutes(values);
  const change: NonNullable<Input<'trace.finish'>['change']> = {
    factor: numberOption(values, 'factor', { min: 1e-9, max: 1e9, example: '2' }),
    shiftSeconds: numberOption(values, 'shift', { min: -1e10, max: 1e10, whole: true, example: '3600' }),
    ...resampling(values),
    ...(await splicing(engine, values)),
  };
  if (shape !== undefined)
    return callEngine(engine, 'trace.importShape', { shape, minutes, name: given.name ?? 'shape', change });
  if (sample !== undefined) {
    return callEngine(engine, 'trace.importSample', { sample, change });
  }
  if (file === undefined) throw new UsageError(noTrace);
  const range = rangeOption(values, 'keep-from', 'keep-to');
  return pushTraceFile(engine, {
    file,
    name: given.name ?? nameOf(file),
    options: readOptions(values),
    change: range === null ? change : { ...change, range },
    onProgress: progressLine(io),
  });
}

function resampling(values: Values): { resampleSeconds?: number } {
  if (values.resample === undefined) return {};
  const resampleSeconds = numberOption(values, 'resample', { min: 60, max: 86_400, whole: true, example: '300' });
  if (resampleSeconds % 60 !== 0)
    throw invalidOption('resample', String(resampleSeconds), {
      expected: { en: 'a multiple of 60 seconds', ko: '60의 배수인 초' },
      example: '300',
    });
  return { resampleSeconds };
}

/** Reads the second file; it is put over the first when that is finished. */
async function splicing(
  engine: Pick<EngineApi, 'call'>,
  values: Values,
): Promise<{ splice?: { importId: string; atMs?: number } }> {
  const text = textOption(values, 'splice');
  if (text === undefined) return {};
  const mark = /@(\d{4}-\d\d-\d\dT[^@]*)$/.exec(text);
  const importId = await pushPieces(engine, {
    file: mark === null ? text : text.slice(0, mark.index),
    options: readOptions(values),
  });
  return { splice: { importId, ...(mark === null ? {} : { atMs: spliceInstant(text, mark[1]!) }) } };
}

/** @throws UsageError showing the whole value, as it is typed */
function spliceInstant(text: string, at: string): number {
  const ms = instantOf(at);
  if (ms !== null) return ms;
  throw invalidOption('splice', text, {
    expected: {
      en: 'a file, or a file, @ and an instant in ISO 8601 with an offset',
      ko: '파일, 또는 파일과 @, 시간대 오프셋이 있는 ISO 8601 시각',
    },
    example: `crowd.csv@${exampleInstant}`,
  });
}

const unitMinutes: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

/** @throws UsageError unless it is a number with m, h or d, at most two years */
function durationMinutes(values: Values): number {
  const text = textOption(values, 'duration') ?? '';
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([mhd])$/.exec(text) ?? [];
  const minutes = Math.round(Number(number) * (unitMinutes[unit] ?? Number.NaN));
  if (minutes >= 1 && minutes <= 1_100_000) return minutes;
  throw invalidOption('duration', text, {
    expected: {
      en: 'a time such as 90m, 36h or 7d, at most two years',
      ko: '90m, 36h, 7d 같은 시간, 최대 2년',
    },
    example: '7d',
  });
}

function readOptions(values: Values): Input<'trace.begin'>['options'] {
  const zone = textOption(values, 'zone');
  const series = textOption(values, 'series');
  const duplicates = choice(values, 'duplicates', ['first', 'last', 'sum', 'mean']);
  const partial = choice(values, 'partial', ['keep', 'drop']);
  return {
    ...(zone === undefined ? {} : { zone }),
    ...(series === undefined ? {} : { series }),
    ...(duplicates === undefined ? {} : { duplicates }),
    ...(partial === undefined ? {} : { partial }),
  };
}

function choice<T extends string>(values: Values, name: string, choices: readonly T[]): T | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const found = choices.find((known) => known === text);
  if (found === undefined) throw invalidOption(name, text, { expected: oneOf(choices), example: choices[0]! });
  return found;
}

/** The file's name without folder and ending. */
function nameOf(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  return base.replace(/\.[^.]+$/, '') || base;
}

/** One line that is written over, for files that take a while; none when nobody watches. */
function progressLine(io: CommandIo): (share: number, rows: number) => void {
  const { progress } = io;
  if (progress === undefined) return () => {};
  return (share, rows) => {
    if (share < 1) progress(`${Math.floor(share * 100)} % · ${rows}`);
  };
}

const severalTraces = {
  en: 'Several of a file, a sample and a shape were given, expected one of them. Leave out the others.',
  ko: '파일, 샘플, 모양 중 여러 개를 지정했습니다. 하나만 남기세요.',
} as const;

const noTrace = {
  en: 'No trace was given, expected one. Name a file with --file, a sample of `import --samples` with --sample, or describe one with --shape.',
  ko: '트레이스가 없습니다. --file로 파일을, --sample로 `import --samples`의 샘플을 지정하거나 --shape로 모양을 적으세요.',
} as const;
