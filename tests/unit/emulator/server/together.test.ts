import { expect, it } from 'vitest';
import { Together } from '../../../../src/emulator/server/together.ts';

const mebibyte = 1024 * 1024;

/** What is done at the end of turns, and what was done. */
function turns(first?: () => unknown): { endTurn(): void; done: unknown[]; together: Together; scheduled(): number } {
  let ends: (() => void)[] = [];
  const together = new Together((run) => void ends.push(run), first);
  return {
    together,
    done: [],
    scheduled: () => ends.length,
    endTurn: () => {
      const due = ends;
      ends = [];
      for (const run of due) run();
    },
  };
}

it('does all of a turn at its end, in order, after one look at what is first', () => {
  let looks = 0;
  const { together, done, endTurn, scheduled } = turns(() => ++looks);
  for (const name of ['a', 'b', 'c']) together.add((said) => done.push(`${name}${said}`), 10);
  expect([done, scheduled()]).toEqual([[], 1]);
  endTurn();
  expect([done, looks]).toEqual([['a1', 'b1', 'c1'], 1]);
  together.add((said) => done.push(`d${said}`), 10);
  endTurn();
  expect(done.at(-1)).toBe('d2');
});

it('does at once what would hold too much, with all that waited, and the rest at the end', () => {
  let looks = 0;
  const { together, done, endTurn } = turns(() => ++looks);
  for (const name of ['a', 'b', 'c', 'd']) together.add((said) => done.push(`${name}${said}`), mebibyte);
  expect(done).toEqual([]);
  together.add((said) => done.push(`e${said}`), 1);
  expect(done).toEqual(['a1', 'b1', 'c1', 'd1', 'e1']);
  together.add((said) => done.push(`f${said}`), mebibyte);
  expect(done).toHaveLength(5);
  endTurn();
  expect([done.at(-1), looks]).toEqual(['f2', 2]);
  // Nothing is left for the turns that were asked for before.
  endTurn();
  expect(looks).toBe(2);
});

it('takes what is added while it is done into the next turn', () => {
  const { together, done, endTurn } = turns();
  together.add(() => together.add(() => done.push('later'), 1), 1);
  endTurn();
  expect(done).toEqual([]);
  endTurn();
  expect(done).toEqual(['later']);
});
