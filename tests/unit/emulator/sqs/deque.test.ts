import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Deque } from '../../../../src/emulator/sqs/deque.ts';

it('does at both ends what an array does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('back', 'front', 'pop', 'popBack', 'compact'), { maxLength: 300 }),
      (steps) => {
        const deque = new Deque<number>();
        let array: number[] = [];
        steps.forEach((step, n) => {
          if (step === 'back') {
            deque.pushBack(n);
            array.push(n);
          } else if (step === 'front') {
            deque.pushFront(n);
            array.unshift(n);
          } else if (step === 'pop') {
            expect(deque.popFront()).toBe(array.shift());
          } else if (step === 'popBack') {
            expect(deque.popBack()).toBe(array.pop());
          } else {
            deque.compact((item) => item % 3 !== 0);
            array = array.filter((item) => item % 3 !== 0);
          }
          expect([deque.length, deque.at(0), deque.at(array.length)]).toEqual([array.length, array[0], undefined]);
        });
        expect(array.map((_, index) => deque.at(index))).toEqual(array);
      },
    ),
  );
});
