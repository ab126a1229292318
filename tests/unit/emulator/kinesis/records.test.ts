import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordLog } from '../../../../src/emulator/kinesis/records.ts';
import { bytes } from './harness.ts';

describe('the record log of a shard', () => {
  it('answers as a plain list would, whatever is appended and trimmed', () => {
    const step = fc.oneof(
      fc.record({ append: fc.integer({ min: 1, max: 900 }), gapMs: fc.integer({ min: 0, max: 50 }) }),
      fc.record({ trimMs: fc.integer({ min: 0, max: 200 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const log = new RecordLog();
        const arrivals: number[] = [];
        let nowMs = 0;
        let horizonMs = 0;
        const data = bytes(1);
        for (const each of steps) {
          if ('append' in each) {
            for (let count = 0; count < each.append; count++) {
              nowMs += each.gapMs;
              log.append(nowMs, count, `k${count}`, data);
              arrivals.push(nowMs);
            }
          } else {
            horizonMs += each.trimMs;
            log.trimBefore(horizonMs);
          }
        }
        log.trimBefore(horizonMs);
        const readable = arrivals.filter((atMs) => atMs >= horizonMs);
        expect(log.nextOrdinal - 1).toBe(arrivals.length);
        expect(log.nextOrdinal - log.firstOrdinal).toBe(readable.length);
        for (let ordinal = log.firstOrdinal; ordinal < log.nextOrdinal; ordinal++) {
          expect(log.arrivedAtMs(ordinal)).toBe(arrivals[ordinal - 1]);
        }
        const middle = readable[readable.length >> 1] ?? nowMs + 1;
        expect(log.firstArrivedAtOrAfter(middle)).toBe(
          readable.length === 0
            ? log.nextOrdinal
            : arrivals.findIndex((atMs) => atMs >= middle && atMs >= horizonMs) + 1,
        );
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
