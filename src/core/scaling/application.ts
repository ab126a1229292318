/**
 * Application Auto Scaling: the cooldowns of its step and target tracking policies, for ECS services and other targets.
 *
 * There is no warm-up. A scale-out cooldown credits what it added instead of blocking; a scale-in cooldown blocks. Bounds, rounding
 * and validation of steps are those of step.ts and adjust.ts (AAS-01). Rules: docs/rules/application-auto-scaling.md (AAS). Pure: the
 * caller keeps the state and the clock.
 */
import { type DefaultName, defaults } from '../defaults.ts';
import { clampCapacity } from './adjust.ts';

/** A scalable target and the cooldowns that may run. Capacity in tasks, units, shards ...; instants in epoch milliseconds. */
export interface ScalableTarget {
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly capacity: number;
  /** `baseCapacity`: before the activity that started this cooldown, so that what it added is credited (AAS-02). */
  readonly scaleOut: { readonly baseCapacity: number; readonly endsAtMs: number } | null;
  readonly scaleIn: { readonly endsAtMs: number } | null;
}

export interface ApplicationRequest {
  readonly direction: 'out' | 'in';
  /** The capacity the policy wants, given the one it starts from: a step's adjustment, or `trackingCapacity`. */
  readonly wantedFrom: (baseCapacity: number) => number;
  /** Of the policy, for this direction (AAS-01, AAS-04). */
  readonly cooldownSeconds: number;
  readonly nowMs: number;
  /** ECS only (AAS-05). */
  readonly deploymentRunning: boolean;
}

export type ApplicationBlockedBy =
  | 'scale-in-cooldown'
  | 'deployment-running'
  | 'credited-in-cooldown'
  | 'at-limit'
  | 'zero-adjustment';

export interface ApplicationDecision {
  readonly baseCapacity: number;
  readonly capacityBefore: number;
  readonly capacityAfter: number;
  readonly blockedBy: ApplicationBlockedBy | null;
  readonly rules: readonly string[];
  /** The target after the decision, its cooldowns included. */
  readonly target: ScalableTarget;
}

/** One policy invocation on a scalable target (AAS-01 to AAS-05). Throws nothing. */
export function decideApplicationScaling(target: ScalableTarget, request: ApplicationRequest): ApplicationDecision {
  return request.direction === 'out' ? scaleOut(target, request) : scaleIn(target, request);
}

function scaleOut(target: ScalableTarget, request: ApplicationRequest): ApplicationDecision {
  const running = target.scaleOut !== null && request.nowMs < target.scaleOut.endsAtMs ? target.scaleOut : null;
  const base = running?.baseCapacity ?? target.capacity;
  const candidate = request.wantedFrom(base);
  const wanted = clampCapacity(candidate, target.minCapacity, target.maxCapacity);
  const rules = running === null ? ['AAS-01'] : ['AAS-01', 'AAS-02'];
  if (wanted !== candidate) rules.push('CAP-01');
  if (wanted <= target.capacity) {
    const atLimit = candidate > target.maxCapacity;
    const nothing = candidate <= base;
    return unchanged(
      target,
      base,
      atLimit ? 'at-limit' : nothing ? 'zero-adjustment' : 'credited-in-cooldown',
      atLimit ? [...rules, 'CAP-02'] : rules,
    );
  }
  if (target.scaleIn !== null && request.nowMs < target.scaleIn.endsAtMs) rules.push('AAS-03');
  return {
    baseCapacity: base,
    capacityBefore: target.capacity,
    capacityAfter: wanted,
    blockedBy: null,
    rules,
    // AAS-03: a scale-out ends a running scale-in cooldown.
    target: {
      ...target,
      capacity: wanted,
      scaleOut: { baseCapacity: base, endsAtMs: request.nowMs + request.cooldownSeconds * 1_000 },
      scaleIn: null,
    },
  };
}

function scaleIn(target: ScalableTarget, request: ApplicationRequest): ApplicationDecision {
  const base = target.capacity;
  if (request.deploymentRunning) return unchanged(target, base, 'deployment-running', ['AAS-05']);
  if (target.scaleIn !== null && request.nowMs < target.scaleIn.endsAtMs) {
    return unchanged(target, base, 'scale-in-cooldown', ['AAS-03']);
  }
  const candidate = request.wantedFrom(base);
  const wanted = clampCapacity(candidate, target.minCapacity, target.maxCapacity);
  const rules = wanted === candidate ? ['AAS-01'] : ['AAS-01', 'CAP-01'];
  if (wanted >= base) {
    const atLimit = candidate < target.minCapacity;
    return unchanged(target, base, atLimit ? 'at-limit' : 'zero-adjustment', atLimit ? [...rules, 'CAP-02'] : rules);
  }
  return {
    baseCapacity: base,
    capacityBefore: base,
    capacityAfter: wanted,
    blockedBy: null,
    rules,
    target: {
      ...target,
      capacity: wanted,
      scaleIn: { endsAtMs: request.nowMs + request.cooldownSeconds * 1_000 },
    },
  };
}

function unchanged(
  target: ScalableTarget,
  baseCapacity: number,
  blockedBy: ApplicationBlockedBy,
  rules: readonly string[],
): ApplicationDecision {
  const { capacity } = target;
  return { baseCapacity, capacityBefore: capacity, capacityAfter: capacity, blockedBy, rules, target };
}

/**
 * Cooldown of a target tracking policy that names none (AAS-04).
 *
 * @param serviceNamespace as the API spells it: ecs, ec2, rds, elasticache, dynamodb, lambda, cassandra, kafka, comprehend ...
 * @returns seconds, for both directions
 */
export function trackingCooldownSeconds(serviceNamespace: string): number {
  const name = `aas.targetTracking.cooldownSeconds.${serviceNamespace}`;
  const known = Object.hasOwn(defaults, name) ? defaults[name as DefaultName] : null;
  return typeof known === 'number' ? known : defaults['aas.targetTracking.cooldownSeconds'];
}
