/**
 * A Lambda function behind the queue in the loop: an instance is one batch that is worked on (REP-77).
 *
 * While messages wait, batches at once grow by the ramp of core/lambda (LSQS-01 to LSQS-04); without a backlog there are as many
 * as the arrivals keep busy. They come and go at once. Not here: batching, which is part of the assumed throughput.
 */
import type { Scaler } from '../../core/contract/scalerShapes.ts';
import {
  type ConcurrencyRamp,
  provisionedRamp,
  type SqsMapping,
  sqsConcurrencyCeiling,
  standardRamp,
} from '../../core/lambda/sqsConcurrency.ts';
import { clampCapacity } from '../../core/scaling/adjust.ts';
import type { DecisionLog, QueueView, TimedScaler } from './types.ts';

type LambdaSettings = Extract<Scaler, { kind: 'lambda' }>;

/** How often pollers are taken to be added or removed (MODEL-34). */
const LOOK_SECONDS = 5;
const policyName = 'event-source-mapping';

function rampOf({ provisionedPollers }: Pick<SqsMapping, 'provisionedPollers'>): ConcurrencyRamp {
  return provisionedPollers === null ? standardRamp : provisionedRamp(provisionedPollers);
}

/** Batches at once that a mapping never goes beyond (LSQS-01 to LSQS-03). */
export function mostConcurrency(mapping: Pick<SqsMapping, 'maximumConcurrency' | 'provisionedPollers'>): number {
  return Math.min(mapping.maximumConcurrency ?? Number.POSITIVE_INFINITY, rampOf(mapping).concurrencyMax);
}

export class LambdaScaler implements TimedScaler {
  nextSeconds = 0;
  readonly #mapping: SqsMapping;
  readonly #ramp: ConcurrencyRamp;
  readonly #servicePerBatchSecond: number;
  readonly #log: DecisionLog;
  /** Where the ramp would have begun to be where it is now; null: nothing waits. */
  #rampSinceSeconds: number | null = null;
  #wasHeld = false;

  /** @param servicePerBatchSecond messages a second of one batch at a time */
  constructor(
    { queue, maximumConcurrency, provisionedPollers }: LambdaSettings,
    servicePerBatchSecond: number,
    log: DecisionLog,
  ) {
    this.#mapping = { queue, maximumConcurrency, provisionedPollers };
    this.#ramp = rampOf(this.#mapping);
    this.#servicePerBatchSecond = servicePerBatchSecond;
    this.#log = log;
  }

  act(view: QueueView): number {
    this.nextSeconds = view.nowSeconds + LOOK_SECONDS;
    const needed = Math.ceil(view.arrivalsPerSecond / this.#servicePerBatchSecond);
    if (view.visible <= 0 && needed <= view.desired) return this.#rest(view, needed);
    if (this.#rampSinceSeconds === null) {
      this.#rampSinceSeconds = view.nowSeconds - this.#minutesTo(view.desired) * 60;
      this.#put(view, view.desired, null, ['LSQS-01']);
    }
    const minutes = (view.nowSeconds - this.#rampSinceSeconds) / 60;
    const { ceiling, rules } = sqsConcurrencyCeiling(this.#mapping, minutes);
    const concurrency = clampCapacity(Math.max(ceiling, 1), view.minSize, view.maxSize);
    const held = concurrency === view.desired && concurrency >= Math.min(view.maxSize, mostConcurrency(this.#mapping));
    if (held && !this.#wasHeld) this.#put(view, concurrency, 'at-maximum', rules);
    this.#wasHeld = held;
    return concurrency;
  }

  /** Nothing waits: as many batches as the arrivals keep busy, and the ramp begins anew from there. */
  #rest(view: QueueView, needed: number): number {
    const concurrency = clampCapacity(needed, view.minSize, view.maxSize);
    if (this.#rampSinceSeconds !== null) this.#put(view, concurrency, null, ['LSQS-01']);
    this.#rampSinceSeconds = null;
    this.#wasHeld = false;
    return concurrency;
  }

  #minutesTo(concurrency: number): number {
    const { initialConcurrency, concurrencyPerMinute } = this.#ramp;
    return Math.max(0, (concurrency - initialConcurrency) / concurrencyPerMinute);
  }

  #put(view: QueueView, after: number, blockedBy: 'at-maximum' | null, rules: readonly string[]): void {
    this.#log.put({
      atMs: view.nowMs,
      kind: 'lambda',
      policyName,
      alarmName: '',
      metricValue: view.visible,
      threshold: 0,
      stepLower: null,
      stepUpper: null,
      stepIndex: -1,
      adjustment: null,
      baseCapacity: view.desired,
      delta: after - view.desired,
      creditedInstances: 0,
      desiredBefore: view.desired,
      desiredAfter: after,
      blockedBy,
      repeats: 0,
      rules: [...rules],
    });
  }
}
