/**
 * A simple scaling policy in the loop: it acts when nothing is under way and no cooldown runs (COOL-01, COOL-02).
 *
 * The cooldown belongs to the group: all simple policies of a setup share one. Semantics: core/scaling/simple.ts.
 */
import { STATE_ALARM } from '../../core/alarms/codes.ts';
import type { SimplePolicySettings } from '../../core/contract/scalerShapes.ts';
import { effectiveCooldownSeconds } from '../../core/scaling/cooldown.ts';
import { decideSimpleScaling, type SimpleDecision } from '../../core/scaling/simple.ts';
import { type Decider, type DecisionLog, type GroupView, NO_PROPOSAL, type ReadAlarm } from './types.ts';

export interface SimpleCooldown {
  /** From the start; null: none has begun yet. */
  endsAtSeconds: number | null;
}

export class SimpleDecider implements Decider {
  /** WARM-08: simple scaling knows no warm-up. */
  readonly warmupSeconds = 0;
  readonly #policy: SimplePolicySettings;
  readonly #alarm: ReadAlarm;
  readonly #cooldown: SimpleCooldown;
  readonly #cooldownSeconds: number;
  readonly #log: DecisionLog;
  #decision: SimpleDecision | null = null;

  constructor(
    policy: SimplePolicySettings,
    alarm: ReadAlarm,
    group: { readonly defaultCooldownSeconds: number | null },
    cooldown: SimpleCooldown,
    log: DecisionLog,
  ) {
    this.#policy = policy;
    this.#alarm = alarm;
    this.#cooldown = cooldown;
    this.#cooldownSeconds = effectiveCooldownSeconds(policy, group);
    this.#log = log;
  }

  propose(view: GroupView): number {
    this.#decision = null;
    if (this.#alarm.state !== STATE_ALARM) return NO_PROPOSAL;
    const { endsAtSeconds } = this.#cooldown;
    const decision = decideSimpleScaling(this.#policy, {
      minSize: view.minSize,
      maxSize: view.maxSize,
      desiredCapacity: view.desired,
      inServiceInstances: view.inService,
      activityInProgress: view.pending > 0 || view.terminating > 0,
      cooldownEndsAtMs: endsAtSeconds === null ? null : endsAtSeconds * 1000,
      nowMs: view.nowSeconds * 1000,
    });
    this.#decision = decision;
    return decision.blockedBy === null ? decision.desiredAfter : NO_PROPOSAL;
  }

  conclude(view: GroupView, desired: number, settledAtSeconds: number): void {
    const decision = this.#decision;
    if (decision === null) return;
    const { blockedBy, desiredAfter } = decision;
    if (blockedBy === null && desiredAfter === desired && desired !== view.desired) {
      this.#cooldown.endsAtSeconds = settledAtSeconds + this.#cooldownSeconds;
    }
    const { alarm, window } = this.#alarm;
    this.#log.put({
      atMs: view.nowMs,
      kind: 'simple',
      policyName: decision.policyName,
      alarmName: alarm.name,
      metricValue: window.points[window.from + window.length - 1]!,
      threshold: alarm.threshold,
      stepLower: null,
      stepUpper: null,
      stepIndex: -1,
      adjustment: this.#policy.adjustment,
      baseCapacity: decision.baseCapacity,
      delta: decision.delta,
      creditedInstances: 0,
      desiredBefore: view.desired,
      desiredAfter: blockedBy === null ? desired : view.desired,
      blockedBy,
      repeats: 0,
      datapoints: window.newest(),
      rules: [...decision.rules],
    });
  }
}
