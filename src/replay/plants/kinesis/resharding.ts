/**
 * A provisioned stream's UpdateShardCount calls: accepted or refused, then one split or merge after another.
 *
 * Limits are core/kinesis/updateShardCount's (KIN-02); each step takes MODEL-08's time, and the cuts are those of
 * core/kinesis/resharding. KREP-20 to KREP-22. Not here: who calls (run.ts, autoResharding.ts).
 */
import { evenStarts } from '../../../core/kinesis/hashRange.ts';
import { planUniformScaling, type ReshardingStep } from '../../../core/kinesis/resharding.ts';
import {
  countInLast24h,
  RESHARDING_STEP_SECONDS,
  refuseUpdateShardCount,
} from '../../../core/kinesis/updateShardCount.ts';
import type { StreamPlant } from './stream.ts';
import type { ShardChange } from './types.ts';

export class Resharding {
  readonly changes: ShardChange[] = [];
  /** When the next split or merge is done; infinite while none is under way. */
  nextSeconds = Number.POSITIVE_INFINITY;

  readonly #plant: StreamPlant;
  readonly #stepSeconds: number;
  readonly #acceptedMs: number[] = [];
  #steps: ReshardingStep[] = [];
  #change: ShardChange | null = null;

  constructor(plant: StreamPlant, stepSeconds = RESHARDING_STEP_SECONDS) {
    this.#plant = plant;
    this.#stepSeconds = stepSeconds;
  }

  get updating(): boolean {
    return this.#change !== null;
  }

  /** One call, now; whether it was accepted stands in `changes`. */
  update(targetShards: number, by: ShardChange['by']): void {
    const atSeconds = this.#plant.nowSeconds;
    const fromShards = this.#plant.openShards;
    const refusedBy: ShardChange['refusedBy'] = this.updating
      ? ['updating']
      : refuseUpdateShardCount(fromShards, targetShards, countInLast24h(this.#acceptedMs, atSeconds * 1_000));
    const change: ShardChange = { atSeconds, by, fromShards, targetShards, doneAtSeconds: null, refusedBy };
    this.changes.push(change);
    if (refusedBy.length > 0) return;
    this.#acceptedMs.push(atSeconds * 1_000);
    this.#steps = planUniformScaling(this.#plant.starts, targetShards);
    if (this.#steps.length === 0) {
      change.doneAtSeconds = atSeconds;
      return;
    }
    this.#change = change;
    this.nextSeconds = atSeconds + this.#stepSeconds;
  }

  /** The step that is due, with the plant at `nextSeconds`. */
  step(): void {
    const step = this.#steps.shift();
    if (step === undefined || this.#change === null) return;
    const starts = this.#plant.starts;
    this.#plant.setStarts(
      step.kind === 'split'
        ? [...starts, step.at].sort((a, b) => (a < b ? -1 : 1))
        : starts.filter((start) => start !== step.at),
    );
    this.nextSeconds = this.#plant.nowSeconds + this.#stepSeconds;
    if (this.#steps.length > 0) return;
    this.nextSeconds = Number.POSITIVE_INFINITY;
    this.#change.doneAtSeconds = this.#plant.nowSeconds;
    this.#change = null;
  }

  /** All cuts of an even split at once: how the service itself adds shards is not seen from outside (KREP-26). */
  growAtOnce(targetShards: number): void {
    const atSeconds = this.#plant.nowSeconds;
    const fromShards = this.#plant.openShards;
    this.#plant.setStarts(evenStarts(targetShards));
    this.changes.push({
      atSeconds,
      by: 'on-demand',
      fromShards,
      targetShards,
      doneAtSeconds: atSeconds,
      refusedBy: [],
    });
  }
}
