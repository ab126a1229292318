/**
 * Concurrency of one SQS event source mapping: the most batches Lambda works on at once, minutes after a backlog appeared.
 *
 * An upper bound: fewer run when there are fewer messages, or when the function or the account allows fewer.
 * Rules: docs/rules/lambda.md (LSQS-01 to LSQS-04). Not here: what a mapping may be set to (validate.ts).
 */
import { defaults } from '../defaults.ts';

/** How a mapping's pollers grow while there is a backlog; the speed has changed before and will again (LSQS-01). */
export interface ConcurrencyRamp {
  /** Batches at once when the backlog appears. */
  readonly initialConcurrency: number;
  readonly concurrencyPerMinute: number;
  readonly concurrencyMax: number;
}

/** Standard queues since November 2023 (LSQS-01). */
export const standardRamp: ConcurrencyRamp = {
  initialConcurrency: defaults['lambda.sqs.initialConcurrency'],
  concurrencyPerMinute: defaults['lambda.sqs.concurrencyPerMinute'],
  concurrencyMax: defaults['lambda.sqs.concurrencyMax'],
};

/** Batches one provisioned poller keeps going: about 10 (LSQS-03). */
export const INVOKES_PER_POLLER = 10;

/** Provisioned pollers, as announced in November 2025 (LSQS-03); the start and the end follow from the pollers set. */
const PROVISIONED_PER_MINUTE = 1_000;
const PROVISIONED_MAX = 20_000;

export interface SqsMapping {
  readonly queue: 'standard' | 'fifo';
  /** null: not set. Exclusive with `provisionedPollers` (LSQS-02). */
  readonly maximumConcurrency: number | null;
  /** null: on-demand pollers. */
  readonly provisionedPollers: { readonly minimum: number; readonly maximum: number } | null;
}

export interface ConcurrencyCeiling {
  /** Batches at once, whole and at least 0. */
  readonly ceiling: number;
  /** Those that decided. */
  readonly rules: readonly string[];
}

/**
 * The most batches at once.
 *
 * @param minutes      minutes since the backlog appeared, 0 or more; part of a minute gives part of its growth
 * @param activeGroups FIFO only: message groups that have messages; null = not known, so no bound by groups
 * @param ramp         on-demand standard pollers only
 * @returns throws nothing
 */
export function sqsConcurrencyCeiling(
  mapping: SqsMapping,
  minutes: number,
  activeGroups: number | null = null,
  ramp: ConcurrencyRamp = standardRamp,
): ConcurrencyCeiling {
  const { maximumConcurrency, provisionedPollers, queue } = mapping;
  const rules: string[] = [];
  let ceiling = Number.POSITIVE_INFINITY;
  const bound = (limit: number, rule: string) => {
    if (limit >= ceiling) return;
    ceiling = limit;
    rules.push(rule);
  };

  if (provisionedPollers !== null) bound(rampedConcurrency(provisionedRamp(provisionedPollers), minutes), 'LSQS-03');
  // Groups, not pollers, are what a FIFO queue's concurrency waits for: no ramp is documented for them.
  else if (queue === 'standard' || activeGroups === null) bound(rampedConcurrency(ramp, minutes), 'LSQS-01');
  if (queue === 'fifo' && activeGroups !== null) bound(activeGroups, 'LSQS-04');
  if (maximumConcurrency !== null) bound(maximumConcurrency, 'LSQS-02');
  return { ceiling, rules };
}

/** Concurrency `minutes` after the start, rounded down: a batch is begun or it is not (LSQS-01). */
export function rampedConcurrency(ramp: ConcurrencyRamp, minutes: number): number {
  const { initialConcurrency, concurrencyPerMinute, concurrencyMax } = ramp;
  return Math.min(concurrencyMax, Math.floor(initialConcurrency + concurrencyPerMinute * minutes));
}

/**
 * How long a linear ramp takes to its end (LSQS-01).
 *
 * @returns minutes; 0 when it starts there, infinity when it does not grow
 */
export function minutesToCeiling(ramp: ConcurrencyRamp): number {
  const missing = ramp.concurrencyMax - ramp.initialConcurrency;
  return missing <= 0 ? 0 : missing / ramp.concurrencyPerMinute;
}

/** From what the minimum of pollers does, to what the maximum does, never beyond what a mapping can do (LSQS-03). */
export function provisionedRamp(pollers: { readonly minimum: number; readonly maximum: number }): ConcurrencyRamp {
  return {
    initialConcurrency: pollers.minimum * INVOKES_PER_POLLER,
    concurrencyPerMinute: PROVISIONED_PER_MINUTE,
    concurrencyMax: Math.min(PROVISIONED_MAX, pollers.maximum * INVOKES_PER_POLLER),
  };
}
