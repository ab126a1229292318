/** What the log says of an answer that took long. */
import { describe, expect, it } from 'vitest';
import { rowCount } from '../../../src/engine/slowCalls.ts';

describe('[EL-05] rows of an answer', () => {
  it.each([
    ['nothing', null, 0],
    ['a figure', { ok: true, value: { count: 9 } }, 0],
    ['its longest list', { ok: true, value: { rows: [1, 2, 3], others: [1] } }, 3],
    ['a list in a list', { ok: true, value: [{ points: [1, 2, 3] }] }, 3],
    ['a column', { ok: true, value: { recorded: { columns: { times: new Float64Array(7), none: [] } } } }, 7],
    ['a list of a run', { ok: true, value: { runs: [{ decisions: [1, 2, 3, 4] }] } }, 4],
    ['what is further down counts nowhere', { ok: true, value: { runs: [{ summary: { all: [1, 2, 3] } }] } }, 1],
  ])('%s', (_what, answer, rows) => {
    expect(rowCount(answer)).toBe(rows);
  });

  it('more rows than a call can have arguments', () => {
    expect(rowCount({ ok: true, value: { rows: new Array(300_000).fill({ at: 1 }) } })).toBe(300_000);
  });

  it('[REP-80] does not have told what is told at the first reading', () => {
    const run = {
      columns: { times: new Float64Array(7) },
      get decisions(): never {
        throw new Error('told for a line of the log');
      },
    };
    expect(rowCount({ ok: true, value: { runs: [run], recorded: { columns: run.columns } } })).toBe(7);
  });
});
