/**
 * Two instants on the command line that belong together.
 */
import { textOption, UsageError, type Values } from '../arguments.ts';

/** @throws UsageError when only one end is given, an instant cannot be read, or the range is empty */
export function rangeOption(values: Values, fromName = 'from', toName = 'to'): { fromMs: number; toMs: number } | null {
  const from = textOption(values, fromName);
  const to = textOption(values, toName);
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined)
    throw new UsageError(`--${fromName} and --${toName} belong together; one is missing`);
  const range = { fromMs: instant(fromName, from), toMs: instant(toName, to) };
  if (range.fromMs >= range.toMs)
    throw new UsageError(`--${toName} is "${to}", expected an instant after --${fromName} (${from})`);
  return range;
}

/** @throws UsageError unless it is ISO 8601 with an offset */
export function instant(name: string, text: string): number {
  const ms = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new UsageError(`--${name} is "${text}", expected ISO 8601 with an offset, e.g. 2026-03-02T07:00:00Z`);
  return ms;
}
