import { describe, expect, it } from 'vitest';
import { bytes, duration, fixed, number, quantity } from '../../../src/timeline/format/quantity.ts';
import { speaker } from '../../../src/timeline/words/index.ts';

const en = speaker('en').say;
const ko = speaker('ko').say;

describe('numbers', () => {
  it.each([
    [0, 1, '0'],
    [1_234_567.89, 1, '1,234,567.9'],
    [999.96, 1, '1,000'],
    [-1_500, 0, '-1,500'],
    [-0.01, 1, '0'],
    [0.085, 4, '0.085'],
    [Number.NaN, 1, '–'],
    [Number.POSITIVE_INFINITY, 1, '∞'],
  ])('%s with %s decimals is %s', (value, digits, expected) => {
    expect(number(value, digits)).toBe(expected);
  });

  it('money keeps its decimals', () => {
    expect([fixed(2, 2), fixed(1_234.5, 2), fixed(-0.5, 2)]).toEqual(['2.00', '1,234.50', '-0.50']);
  });

  it.each([
    [0, '0 s', '0초'],
    [0.25, '250 ms', '250ms'],
    [2.25, '2.3 s', '2.3초'],
    [59, '59 s', '59초'],
    [60, '1 min', '1분'],
    [125, '2 min 5 s', '2분 5초'],
    [3_599.6, '1 h', '1시간'],
    [11_100, '3 h 5 min', '3시간 5분'],
    [86_399, '1 d', '1일'],
    [180_000, '2 d 2 h', '2일 2시간'],
    [-90, '-1 min 30 s', '-1분 30초'],
  ])('%s seconds', (seconds, english, korean) => {
    expect(duration(en, seconds)).toBe(english);
    expect(duration(ko, seconds)).toBe(korean);
  });

  it('every unit is said', () => {
    expect(quantity(en, 90_000, 'milliseconds')).toBe('1 min 30 s');
    expect(quantity(en, 1_048_576, 'bytes/s')).toBe('1 MiB/s');
    expect(quantity(ko, 12.5, 'count/s')).toBe('12.5/초');
    expect([bytes(0), bytes(1_023), bytes(1_536)]).toEqual(['0 B', '1,023 B', '1.5 KiB']);
  });
});
