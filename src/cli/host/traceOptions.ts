/**
 * The options of commands that take a trace: which file or sample, how it is read, what becomes of it.
 */

import type { EngineApi } from '../../core/contract/engine.ts';
import type { Input } from '../../core/contract/methods.ts';
import type { TraceImported } from '../../core/contract/shapes.ts';
import { numberOption, type OptionTable, textOption, UsageError, type Values } from '../arguments.ts';
import type { CommandIo } from '../command.ts';
import { callEngine } from '../session.ts';
import { instant, rangeOption } from './rangeOption.ts';
import { pushPieces, pushTraceFile } from './traceFile.ts';

export const traceOptionTable = {
  zone: { type: 'string', value: 'ZONE', help: 'zone of stamps that name none: Asia/Seoul, UTC, +09:00' },
  series: { type: 'string', value: 'NAME', help: 'the series that holds the arrivals, when there are several' },
  duplicates: { type: 'string', value: 'HOW', help: 'rows of one time: first, last, sum, mean (default last)' },
  partial: { type: 'string', value: 'HOW', help: 'a first or last bucket that looks cut: keep, drop (default keep)' },
  shape: {
    type: 'string',
    value: 'SHAPE',
    help: 'traffic by description: "daily:mean=600,amplitude=400 + crowd:at=1140,height=1800 + chance:"',
  },
  duration: { type: 'string', value: 'TIME', default: '1d', help: 'how long a shape lasts: 90m, 36h, 7d' },
  factor: { type: 'string', value: 'N', default: '1', help: 'multiply the arrivals' },
  shift: { type: 'string', value: 'SECONDS', default: '0', help: 'move the trace in time' },
  splice: {
    type: 'string',
    value: 'FILE[@ISO]',
    help: 'put another file over it, from an instant on (default: its own times)',
  },
  resample: { type: 'string', value: 'SECONDS', help: 'spread the arrivals evenly over longer periods' },
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
  if ([file, sample, shape].filter((one) => one !== undefined).length > 1)
    throw new UsageError('several of a file, a sample and a shape were given, expected one of them');
  const minutes = durationMinutes(values);
  const change: NonNullable<Input<'trace.finish'>['change']> = {
    factor: numberOption(values, 'factor', { min: 1e-9, max: 1e9 }),
    shiftSeconds: numberOption(values, 'shift', { min: -1e10, max: 1e10, whole: true }),
    ...resampling(values),
    ...(await splicing(engine, values)),
  };
  if (shape !== undefined)
    return callEngine(engine, 'trace.importShape', { shape, minutes, name: given.name ?? 'shape', change });
  if (sample !== undefined) {
    return callEngine(engine, 'trace.importSample', { sample, change });
  }
  if (file === undefined)
    throw new UsageError('no trace was given: name a file, a sample of `import --samples`, or a --shape');
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
  const resampleSeconds = numberOption(values, 'resample', { min: 60, max: 86_400, whole: true });
  if (resampleSeconds % 60 !== 0)
    throw new UsageError(`--resample is "${resampleSeconds}", expected a multiple of 60 seconds`);
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
  return { splice: { importId, ...(mark === null ? {} : { atMs: instant('splice', mark[1]!) }) } };
}

const unitMinutes: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

/** @throws UsageError unless it is a number with m, h or d, at most two years */
function durationMinutes(values: Values): number {
  const text = textOption(values, 'duration') ?? '';
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([mhd])$/.exec(text) ?? [];
  const minutes = Math.round(Number(number) * (unitMinutes[unit] ?? Number.NaN));
  if (minutes >= 1 && minutes <= 1_100_000) return minutes;
  throw new UsageError(`--duration is "${text}", expected a time such as 90m, 36h or 7d, at most two years`);
}

function readOptions(values: Values): Input<'trace.begin'>['options'] {
  const zone = textOption(values, 'zone');
  const series = textOption(values, 'series');
  const duplicates = oneOf(values, 'duplicates', ['first', 'last', 'sum', 'mean']);
  const partial = oneOf(values, 'partial', ['keep', 'drop']);
  return {
    ...(zone === undefined ? {} : { zone }),
    ...(series === undefined ? {} : { series }),
    ...(duplicates === undefined ? {} : { duplicates }),
    ...(partial === undefined ? {} : { partial }),
  };
}

function oneOf<T extends string>(values: Values, name: string, choices: readonly T[]): T | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`--${name} is "${text}", expected one of ${choices.join(', ')}`);
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
