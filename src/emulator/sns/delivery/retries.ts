/**
 * One delivery with its retries, and the throttle of a subscription: both wait in virtual time.
 *
 * An attempt may end at once or whenever a real endpoint answers; the wait for the next one counts from the virtual instant
 * of that answer. No jitter, so that runs repeat. Not here: what an attempt does, how long an HTTP/S policy waits
 * (deliveryPolicy.ts). Rules: docs/rules/sns.md (SNS-50 to SNS-54).
 */
import type { Scheduler } from '../../../core/time/clock.ts';
import { Deque } from '../../sqs/deque.ts';
import { retryWaitsSeconds } from '../deliveryPolicy.ts';
import { type Outcome, serverFault } from './outcome.ts';

export interface RetriedDelivery {
  readonly world: Scheduler;
  /** Null when attempts need no turn. */
  readonly throttle: Throttle | null;
  /** The wait before each retry; its end is the end of trying. Read only after a failure. */
  readonly waitsSeconds: Iterable<number>;
  /** Throwing is a server fault. */
  attempt(): Outcome | Promise<Outcome>;
  /** Each attempt that failed, the last one included. */
  onAttemptFailed(outcome: Extract<Outcome, { readonly kind: 'failed' }>): void;
  /** Once, with the outcome of the last attempt. */
  done(outcome: Outcome): void;
}

/** Starts the first attempt at once, or when the throttle lets it. Ends by calling `done`. */
export function deliverWithRetries(delivery: RetriedDelivery): void {
  const { world, throttle, waitsSeconds } = delivery;
  let waits: Iterator<number> | null = null;

  function start(): void {
    if (throttle === null) attempt();
    else throttle.enter(attempt);
  }

  function attempt(): void {
    let outcome: Outcome | Promise<Outcome>;
    try {
      outcome = delivery.attempt();
    } catch (thrown) {
      outcome = thrownFault(thrown);
    }
    // What ends at once is settled at once: a promise would only be looked at after a whole slice of virtual time.
    if (outcome instanceof Promise) outcome.then(settle, (thrown) => settle(thrownFault(thrown)));
    else settle(outcome);
  }

  function settle(outcome: Outcome): void {
    if (outcome.kind === 'delivered') return delivery.done(outcome);
    delivery.onAttemptFailed(outcome);
    if (outcome.fault === 'client') return delivery.done(outcome);
    waits ??= waitsSeconds[Symbol.iterator]();
    const wait = waits.next();
    if (wait.done === true) return delivery.done(outcome);
    // A clock that is held runs nothing that is scheduled, and a retry without delay does not wait for it.
    if (wait.value <= 0) start();
    else world.at(world.nowMs() + Math.round(wait.value * 1_000), start);
  }

  start();
}

const thrownFault = (thrown: unknown): Outcome =>
  serverFault(thrown instanceof Error ? thrown.message : String(thrown));

/** Three at once, two a second apart, ten from 1 to 20 seconds apart; after these come the many. */
const firstManagedWaitsSeconds = retryWaitsSeconds({
  minDelayTargetSeconds: 1,
  maxDelayTargetSeconds: 20,
  numRetries: 15,
  numNoDelayRetries: 3,
  numMinDelayRetries: 2,
  numMaxDelayRetries: 0,
  backoffFunction: 'exponential',
});
const furtherManagedRetries = 100_000;

/** AWS's own policy for SQS, Lambda and Firehose: 100,015 retries over 23 days, worked out one at a time. */
export const managedRetryWaitsSeconds: Iterable<number> = {
  *[Symbol.iterator]() {
    yield* firstManagedWaitsSeconds;
    for (let retry = 0; retry < furtherManagedRetries; retry++) yield 20;
  },
};

/** Attempts of one subscription, first come first served. */
export interface Throttle {
  /** Runs `attempt` at once, or when the limit lets it. */
  enter(attempt: () => void): void;
}

const secondMs = 1_000;

/** Starts of one instant. */
interface Starts {
  readonly atMs: number;
  count: number;
}

/** One place for the sum: with fractions of a millisecond, another order of adding would not come to the same. */
const freeAgainMs = ({ atMs }: Starts): number => atMs + secondMs;

/**
 * Never more than the limit within any second of virtual time, retries included; what is too much waits.
 *
 * @param maxReceivesPerSecond from 1, asked each time, because it can be changed; null is no limit
 */
export function createThrottle(world: Scheduler, maxReceivesPerSecond: () => number | null): Throttle {
  const waiting = new Deque<() => void>();
  /** Within the last second. */
  const recent = new Deque<Starts>();
  let recentStarts = 0;
  let timed = false;
  let running = false;

  function forgetOld(): void {
    for (let first = recent.at(0); first !== undefined && freeAgainMs(first) <= world.nowMs(); first = recent.at(0)) {
      recentStarts -= first.count;
      recent.popFront();
    }
  }

  function countStart(): void {
    const last = recent.at(recent.length - 1);
    if (last?.atMs === world.nowMs()) last.count++;
    else recent.pushBack({ atMs: world.nowMs(), count: 1 });
    recentStarts++;
  }

  /** An attempt that ends at once may enter again from within: it goes to the end of the line. */
  function run(): void {
    if (running) return;
    running = true;
    try {
      while (waiting.length > 0) {
        const limit = maxReceivesPerSecond();
        forgetOld();
        if (limit !== null && recentStarts >= limit) return waitForFree();
        if (limit !== null) countStart();
        waiting.popFront()!();
      }
    } finally {
      running = false;
    }
  }

  function waitForFree(): void {
    if (timed) return;
    timed = true;
    world.at(freeAgainMs(recent.at(0)!), () => {
      timed = false;
      run();
    });
  }

  return {
    enter(attempt) {
      waiting.pushBack(attempt);
      run();
    },
  };
}
