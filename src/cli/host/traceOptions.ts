/**
 * The options of commands that take a trace: which file or sample, how it is read, what becomes of it.
 */

import type { EngineApi } from '../../core/contract/engine.ts';
import type { Input } from '../../core/contract/methods.ts';
import type { TraceImported } from '../../core/contract/shapes.ts';
import { numberOption, type OptionTable, textOption, UsageError, type Values } from '../arguments.ts';
import type { CommandIo } from '../command.ts';
import { callEngine } from '../session.ts';
import { rangeOption } from './rangeOption.ts';
import { pushTraceFile } from './traceFile.ts';

export const traceOptionTable = {
  zone: { type: 'string', value: 'ZONE', help: 'zone of stamps that name none: Asia/Seoul, UTC, +09:00' },
  series: { type: 'string', value: 'NAME', help: 'the series that holds the arrivals, when there are several' },
  duplicates: { type: 'string', value: 'HOW', help: 'rows of one time: first, last, sum, mean (default last)' },
  partial: { type: 'string', value: 'HOW', help: 'a first or last bucket that looks cut: keep, drop (default keep)' },
  factor: { type: 'string', value: 'N', default: '1', help: 'multiply the arrivals' },
  shift: { type: 'string', value: 'SECONDS', default: '0', help: 'move the trace in time' },
} as const satisfies OptionTable;

/** @throws UsageError; SpillwayError as the engine's import */
export async function importGiven(
  engine: Pick<EngineApi, 'call'>,
  given: { readonly file: string | undefined; readonly sample: string | undefined; readonly name: string | undefined },
  values: Values,
  io: CommandIo,
): Promise<TraceImported> {
  const { file, sample } = given;
  const change: Input<'trace.finish'>['change'] = {
    factor: numberOption(values, 'factor', { min: 1e-9, max: 1e9 }),
    shiftSeconds: numberOption(values, 'shift', { min: -1e10, max: 1e10, whole: true }),
  };
  if (sample !== undefined) {
    if (file !== undefined) throw new UsageError('a file and a sample were given, expected one of them');
    return callEngine(engine, 'trace.importSample', { sample, change });
  }
  if (file === undefined) throw new UsageError('no trace was given: name a file, or a sample of `import --samples`');
  const range = rangeOption(values, 'keep-from', 'keep-to');
  return pushTraceFile(engine, {
    file,
    name: given.name ?? nameOf(file),
    options: readOptions(values),
    change: range === null ? change : { ...change, range },
    onProgress: progressLine(io),
  });
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
