/**
 * An ECS service under Application Auto Scaling in the loop: one scalable target with its cooldowns, and step policies on it.
 *
 * Semantics: core/scaling/application.ts (AAS). Target tracking on the same target is tracking.ts.
 */
import { compileAlarmRule, STATE_ALARM } from '../../core/alarms/codes.ts';
import type { ReplaySetup } from '../../core/contract/shapes.ts';
import { adjustmentDelta } from '../../core/scaling/adjust.ts';
import {
  type ApplicationDecision,
  type ApplicationRequest,
  decideApplicationScaling,
  type ScalableTarget,
  trackingCooldownSeconds,
} from '../../core/scaling/application.ts';
import { compileStepPolicy } from '../../core/scaling/codes.ts';
import { aggregateNewest, newestStep } from '../../core/scaling/step.ts';
import { type Decider, type DecisionLog, type GroupView, NO_PROPOSAL, type ReadAlarm } from './types.ts';

const STEP_COOLDOWN_SECONDS = 300;

/** The cooldowns that run, and what each policy's newest decision would make of them. */
export class ApplicationTarget {
  #scaleOut: ScalableTarget['scaleOut'] = null;
  #scaleIn: ScalableTarget['scaleIn'] = null;
  readonly #proposed = new Map<string, ApplicationDecision>();

  /** As core wants it, at this moment. */
  at(view: GroupView): ScalableTarget {
    return {
      minCapacity: view.minSize,
      maxCapacity: view.maxSize,
      capacity: view.desired,
      scaleOut: this.#scaleOut,
      scaleIn: this.#scaleIn,
    };
  }

  remember(policyName: string, decision: ApplicationDecision): void {
    this.#proposed.set(policyName, decision);
  }

  /** A policy's proposal was set: its cooldown begins. */
  accept(policyName: string, desired: number): void {
    const decision = this.#proposed.get(policyName);
    if (decision === undefined || decision.capacityAfter !== desired) return;
    this.#scaleOut = decision.target.scaleOut;
    this.#scaleIn = decision.target.scaleIn;
  }
}

/** @param request null cooldown: the service's default (AAS-04) */
export function decideOnTarget(
  target: ApplicationTarget,
  policyName: string,
  view: GroupView,
  request: Pick<ApplicationRequest, 'direction' | 'wantedFrom'> & { readonly cooldownSeconds: number | null },
): ApplicationDecision {
  const decision = decideApplicationScaling(target.at(view), {
    ...request,
    cooldownSeconds: request.cooldownSeconds ?? trackingCooldownSeconds('ecs'),
    nowMs: view.nowSeconds * 1000,
    deploymentRunning: false,
  });
  target.remember(policyName, decision);
  return decision;
}

type DrivenPolicy = ReplaySetup['policies'][number];

export class ApplicationStepDecider implements Decider {
  readonly warmupSeconds = 0;
  readonly #driven: DrivenPolicy;
  readonly #alarm: ReadAlarm;
  readonly #target: ApplicationTarget;
  readonly #log: DecisionLog;
  readonly #compiled: ReturnType<typeof compileStepPolicy>;
  readonly #rule: ReturnType<typeof compileAlarmRule>;
  #step = -1;
  #delta = 0;
  #decision: ApplicationDecision | null = null;

  constructor(driven: DrivenPolicy, alarm: ReadAlarm, target: ApplicationTarget, log: DecisionLog) {
    this.#driven = driven;
    this.#alarm = alarm;
    this.#target = target;
    this.#log = log;
    this.#compiled = compileStepPolicy(driven.policy);
    this.#rule = compileAlarmRule(driven.alarm);
  }

  propose(view: GroupView): number {
    this.#decision = null;
    const { policy, cooldownSeconds = STEP_COOLDOWN_SECONDS } = this.#driven;
    if (this.#alarm.state !== STATE_ALARM || !policy.enabled) return NO_PROPOSAL;
    const { points, from, length } = this.#alarm.window;
    this.#step = newestStep(this.#compiled, this.#rule, points, from, length);
    const step = policy.steps[this.#step];
    if (step === undefined) return NO_PROPOSAL;
    const deltaFrom = (base: number): number =>
      adjustmentDelta(this.#compiled.adjustmentType, step.adjustment, base, this.#compiled.minAdjustmentMagnitude);
    const decision = decideOnTarget(this.#target, policy.name, view, {
      direction: deltaFrom(view.desired) < 0 ? 'in' : 'out',
      wantedFrom: (base) => base + deltaFrom(base),
      cooldownSeconds,
    });
    this.#decision = decision;
    this.#delta = deltaFrom(decision.baseCapacity);
    return decision.blockedBy === null ? decision.capacityAfter : NO_PROPOSAL;
  }

  conclude(view: GroupView, desired: number): void {
    const decision = this.#decision;
    if (decision === null) return;
    const { policy } = this.#driven;
    if (decision.blockedBy === null) this.#target.accept(policy.name, desired);
    const { alarm, window } = this.#alarm;
    const { evaluationPeriods } = this.#rule;
    const bound = (offset: number | null | undefined) => (offset == null ? null : alarm.threshold + offset);
    const step = policy.steps[this.#step]!;
    this.#log.put({
      atMs: view.nowMs,
      policyName: policy.name,
      alarmName: alarm.name,
      metricValue: aggregateNewest(
        window.points,
        window.from,
        window.length,
        evaluationPeriods,
        this.#compiled.aggregation,
      ),
      threshold: alarm.threshold,
      stepLower: bound(step.lowerBound),
      stepUpper: bound(step.upperBound),
      stepIndex: this.#step,
      adjustment: step.adjustment,
      baseCapacity: decision.baseCapacity,
      delta: this.#delta,
      // What the running cooldown's own scale-out has added already (AAS-02).
      creditedInstances: view.desired - decision.baseCapacity,
      desiredBefore: view.desired,
      desiredAfter: decision.blockedBy === null ? desired : view.desired,
      blockedBy: decision.blockedBy,
      repeats: 0,
      datapoints: window.newest(),
      rules: [...decision.rules],
    });
  }
}
