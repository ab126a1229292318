/**
 * Two instants on the command line that belong together.
 */
import { phrases } from '../../core/messages/terms.ts';
import { textOption, type Values } from '../arguments.ts';
import { halfOfPair, invalidOption } from '../usage.ts';

/** @throws UsageError when only one end is given, an instant cannot be read, or the range is empty */
export function rangeOption(values: Values, fromName = 'from', toName = 'to'): { fromMs: number; toMs: number } | null {
  const from = textOption(values, fromName);
  const to = textOption(values, toName);
  if (from === undefined && to === undefined) return null;
  if (from === undefined) throw halfOfPair(toName, fromName, hourBefore(instant(toName, to!)));
  if (to === undefined) throw halfOfPair(fromName, toName, hourAfter(instant(fromName, from)));
  const range = { fromMs: instant(fromName, from), toMs: instant(toName, to) };
  if (range.fromMs >= range.toMs) {
    throw invalidOption(toName, to, {
      expected: {
        en: `an instant after --${fromName} (${from})`,
        ko: `--${fromName} 값(${from})보다 늦은 시각`,
      },
      example: hourAfter(range.fromMs),
    });
  }
  return range;
}

export const exampleInstant = '2026-03-02T07:00:00Z';

export const expectedInstant = phrases([{ term: 'expects-instant' }]);

/** @throws UsageError unless it is ISO 8601 with an offset */
export function instant(name: string, text: string, example = exampleInstant): number {
  const ms = instantOf(text);
  if (ms === null) throw invalidOption(name, text, { expected: expectedInstant, example });
  return ms;
}

/** @returns null unless it is ISO 8601 with an offset */
export function instantOf(text: string): number | null {
  const ms = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** As an example; the earliest instant there is has no earlier one. */
const hourBefore = (ms: number): string => new Date(Math.max(ms - 3_600_000, -8.64e15)).toISOString();

/** As an example; the latest instant there is has no later one. */
export const hourAfter = (ms: number): string => new Date(Math.min(ms + 3_600_000, 8.64e15)).toISOString();
