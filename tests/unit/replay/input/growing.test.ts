/** Columns that grow in place, and the lines of rows kept as stretches. */
import { describe, expect, it } from 'vitest';
import { Growing, LinesOfRows } from '../../../../src/replay/input/growing.ts';

describe('a growing column', () => {
  it('keeps what was pushed, over several stretches', () => {
    const column = new Growing(3_000_000);
    for (let row = 0; row < 2_500_000; row++) column.push(row / 2);
    expect(column.length).toBe(2_500_000);
    const values = column.column;
    expect(values.length).toBe(2_500_000);
    expect(values.every((value, row) => value === row / 2)).toBe(true);
  });

  it('refuses more than it was made for and keeps what it has', () => {
    const column = new Growing(2000);
    for (let row = 0; row < 2000; row++) column.push(row);
    expect(() => column.push(1)).toThrow('a column holds 2000 values at most');
    expect(column.column.at(-1)).toBe(1999);
  });

  it('is empty before the first push', () => {
    expect(new Growing(10).column.length).toBe(0);
  });
});

describe('lines of rows', () => {
  it('knows every line, whether rows follow one another or not', () => {
    const given = [2, 3, 4, 9, 9, 9, 10, 7, 8, 100];
    const lines = new LinesOfRows();
    for (const line of given) lines.push(line);
    expect(given.map((_, row) => lines.of(row))).toEqual(given);
    expect([lines.length, lines.of(-1), lines.of(10)]).toEqual([10, 0, 0]);
  });
});
