import { describe, expect, it } from 'vitest';
import { readIso8601 } from '../../../../src/emulator/wire/timestamps.ts';

describe('timestamps of Query', () => {
  it.each([
    ['2026-03-02T07:30:15Z', Date.UTC(2026, 2, 2, 7, 30, 15)],
    ['2026-03-02T07:30Z', Date.UTC(2026, 2, 2, 7, 30)],
    ['20260302T073015Z', Date.UTC(2026, 2, 2, 7, 30, 15)],
    ['2026-03-02', Date.UTC(2026, 2, 2)],
    ['2026-03-02T09:30:15+02:00', Date.UTC(2026, 2, 2, 7, 30, 15)],
    ['2026-03-02T07:30:15.5Z', Date.UTC(2026, 2, 2, 7, 30, 15, 500)],
    ['2026-03-02T07:30:15.123456Z', Date.UTC(2026, 2, 2, 7, 30, 15, 123)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['1969-12-31T23:59:59.25Z', -750],
  ])('%s is %d', (text, ms) => {
    expect(readIso8601(text)).toBe(ms);
  });

  it.each([
    ['nanoseconds', '2026-03-02T07:30:15.123456789Z'],
    ['seconds since the epoch', '1772436615'],
    ['a time without a zone', '2026-03-02T07:30:15'],
    ['an offset without a colon', '2026-03-02T07:30:15+0000'],
    ['a day that is none', '2026-02-30T00:00:00Z'],
    ['a month that is none', '2026-13-01T00:00:00Z'],
    ['an hour that is none', '2026-03-02T25:00:00Z'],
    ['half of the hyphens', '2026-0302T07:30:15Z'],
    ['a date of people', '02-03-2026'],
    ['words', 'Mon, 02 Mar 2026 07:30:15 GMT'],
    ['nothing', ''],
  ])('%s is refused: %s', (_what, text) => {
    expect(readIso8601(text)).toBeNull();
  });
});
