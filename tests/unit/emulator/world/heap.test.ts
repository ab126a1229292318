import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Due, DueHeap } from '../../../../src/emulator/world/heap.ts';

interface Item extends Due {
  readonly name: number;
  isVoid: boolean;
}

const item = (atMs: number, name: number): Item => ({ atMs, order: 0, name, isVoid: false });
const isVoid = (one: Item): boolean => one.isVoid;

describe('DueHeap', () => {
  it('gives what is not void in the order of time and of pushing, however often it is swept', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ push: fc.integer({ min: 0, max: 50 }) }) },
      { weight: 2, arbitrary: fc.record({ spoil: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ pops: fc.integer({ min: 1, max: 20 }) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600, size: 'max' }), (steps) => {
        const heap = new DueHeap<Item>();
        /** The same as a plain list, void ones left out. */
        let list: Item[] = [];
        const expectPop = (): void => {
          while (heap.peek()?.isVoid === true) heap.pop();
          const first = list.toSorted((a, b) => a.atMs - b.atMs || a.name - b.name)[0];
          expect(heap.peek()?.name).toBe(first?.name);
          if (first === undefined) return;
          heap.pop();
          list = list.filter((one) => one !== first);
        };
        let names = 0;
        for (const one of steps) {
          if ('push' in one) {
            const pushed = item(one.push, names++);
            heap.sweep(isVoid);
            heap.push(pushed);
            list.push(pushed);
          } else if ('spoil' in one) {
            const spoilt = list[one.spoil % Math.max(1, list.length)];
            if (spoilt !== undefined) spoilt.isVoid = true;
            list = list.filter((kept) => kept !== spoilt);
          } else {
            for (let pop = 0; pop < one.pops; pop++) expectPop();
          }
        }
        while (list.length > 0) expectPop();
      }),
    );
  });

  it.each([
    { live: 0, most: 64 },
    { live: 10, most: 84 },
    { live: 1_000, most: 2_064 },
  ])('holds at most $most items while $live of a hundred thousand are not void', ({ live, most }) => {
    const heap = new DueHeap<Item>();
    for (let name = 0; name < live; name++) heap.push(item(1_000_000, name));
    let largest = 0;
    for (let name = 0; name < 100_000; name++) {
      const passing = item(name, live + name);
      heap.sweep(isVoid);
      heap.push(passing);
      passing.isVoid = true;
      largest = Math.max(largest, heap.size);
    }
    expect(largest).toBeLessThanOrEqual(most);
    expect(largest).toBeGreaterThan(live);
  });

  it('is swept anew after it was cleared', () => {
    const heap = new DueHeap<Item>();
    for (let name = 0; name < 10_000; name++) {
      heap.sweep(isVoid);
      heap.push(item(name, name));
    }
    heap.clear();
    expect([heap.size, heap.peek()]).toEqual([0, undefined]);
    for (let name = 0; name < 100; name++) {
      heap.sweep(isVoid);
      heap.push({ ...item(name, name), isVoid: true });
    }
    expect(heap.size).toBeLessThanOrEqual(64);
  });
});
