/**
 * The warm pool beside a group: how many instances are prepared, and what a launch takes from it (REP-29).
 *
 * Size is core's (POOL-01). An instance that is prepared takes a launch of its own; a Stopped or Hibernated one is paid only
 * while it is prepared, a Running one as long as it stands there. Not here: the group's own instances.
 */
import type { ReplaySetup } from '../core/contract/shapes.ts';
import { warmPoolSize } from '../core/scaling/warmPool.ts';

type PoolSetup = NonNullable<ReplaySetup['group']['warmPool']>;

interface Prepared {
  readonly sinceSeconds: number;
  readonly readyAtSeconds: number;
}

export class Pool {
  readonly #setup: PoolSetup;
  readonly #maxSize: number;
  readonly #prepareSeconds: number;
  /** Ready ones first. */
  readonly #instances: Prepared[] = [];
  #paidSeconds = 0;

  /** @param prepareSeconds from the launch of a prepared instance until it stands in the pool */
  constructor(setup: PoolSetup, maxSize: number, prepareSeconds: number) {
    this.#setup = setup;
    this.#maxSize = maxSize;
    this.#prepareSeconds = prepareSeconds;
  }

  /** Prepares what the pool lacks beside this desired capacity; what is too many goes, newest first. */
  fill(desiredCapacity: number, nowSeconds: number, readyAtOnce: boolean): void {
    const { minSize, maxPreparedCapacity } = this.#setup;
    const wanted = warmPoolSize({ desiredCapacity, maxSize: this.#maxSize }, { minSize, maxPreparedCapacity });
    while (this.#instances.length > wanted) this.#pay(this.#instances.pop()!, nowSeconds);
    const readyAtSeconds = readyAtOnce ? nowSeconds : nowSeconds + this.#prepareSeconds;
    while (this.#instances.length < wanted) this.#instances.push({ sinceSeconds: nowSeconds, readyAtSeconds });
  }

  /** @returns when an instance out of the pool is in service, seconds; infinity: none is ready now */
  take(nowSeconds: number): number {
    const [first] = this.#instances;
    if (first === undefined || first.readyAtSeconds > nowSeconds) return Number.POSITIVE_INFINITY;
    this.#instances.shift();
    this.#pay(first, nowSeconds);
    return nowSeconds + this.#setup.startSeconds;
  }

  /** Paid seconds of everything that was ever prepared. Call once. */
  close(endSeconds: number): number {
    for (const one of this.#instances) this.#pay(one, endSeconds);
    return this.#paidSeconds;
  }

  #pay({ sinceSeconds, readyAtSeconds }: Prepared, untilSeconds: number): void {
    const paidUntil = this.#setup.state === 'Running' ? untilSeconds : Math.min(readyAtSeconds, untilSeconds);
    this.#paidSeconds += Math.max(0, paidUntil - sinceSeconds);
  }
}
