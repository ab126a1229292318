/** The tests of one dialect's storm; a file each, so that they run side by side. */
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../../../src/emulator/wire/router.ts';
import { mebibyte } from './memory.ts';
import { storm } from './storm.ts';

/** As many as make rare accidents happen: a bit here, a length there. */
const requests = 100_000;
/** Nobody waits for it: a machine under load takes as long as it takes. */
const patienceMs = 600_000;

export function describeStorm(dialect: Dialect, seed: number): void {
  describe(`${requests} requests in ${dialect}, most of them wrong`, () => {
    it('are all answered as AWS would, and leave nothing behind', { timeout: patienceMs }, async () => {
      const outcome = await storm({ dialect, requests, seed });

      expect(outcome.faults).toEqual([]);
      // Wrong enough, and yet not so wrong that nothing comes through; in many ways.
      expect(outcome.refused).toBeGreaterThan(0.55 * requests);
      expect(outcome.succeeded).toBeGreaterThan(0.1 * requests);
      expect(outcome.codes.size).toBeGreaterThan(10);
      // Each action has been on both sides; a few ask for what nobody can know, such as a password sent to a telephone.
      expect(outcome.neverRefused).toEqual([]);
      expect(outcome.neverSucceeded.length).toBeLessThan(0.1 * outcome.actions);
      expect(outcome.grownBytes).toBeLessThan(32 * mebibyte);
      expect(outcome.peakBytes).toBeLessThan(1_024 * mebibyte);
      expect(Object.keys(Object.prototype)).toEqual([]);
    });
  });
}
