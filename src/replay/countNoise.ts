/**
 * Approximate counts: what a queue's gauges are off by, minute by minute, the same for all that look at one gauge (MODEL-35).
 *
 * Lognormal around the true value, so that nothing becomes negative and zero stays zero. Not here: what is observed (observe.ts).
 */
import { lognormal } from '../core/distributions/index.ts';
import { type Random, seededRandom } from '../core/time/random.ts';
import type { ObservedColumn } from './observe.ts';

/** Gauges of the queue; sums of events and the group's own figures are exact. */
const approximate: ReadonlySet<string> = new Set(['depth', 'inFlight', 'backlogPerInstance']);

export class CountNoise {
  readonly #random: Random;
  readonly #factor: { sample(random: Random): number } | null;

  constructor({ cv, seed }: { readonly cv: number; readonly seed: number }) {
    this.#random = seededRandom(seed, 'counts');
    this.#factor = cv > 0 ? lognormal(1, cv) : null;
  }

  blur(columns: readonly ObservedColumn[], minute: number): void {
    if (this.#factor === null) return;
    const visible = this.#factor.sample(this.#random);
    const inFlight = this.#factor.sample(this.#random);
    for (const { measure, values, offset } of columns) {
      if (approximate.has(measure)) values[offset + minute]! *= measure === 'inFlight' ? inFlight : visible;
    }
  }
}
