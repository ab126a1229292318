/**
 * Scale-in: which zone gives, which instance leaves, and what protection changes. Rebalancing between zones.
 *
 * Rules: docs/rules/lifecycle.md (TERM, HEALTH-04). Pure: chance is handed in. Not here: how many leave (step.ts and the other policies).
 */
import { clampCapacity } from './adjust.ts';

/** Most instances rebalancing may reach for a while: a tenth above the maximum, at least one (HEALTH-04). */
export function rebalanceCeiling(maxSize: number): number {
  return maxSize + Math.max(1, Math.floor(maxSize / 10));
}

/** A zone as far as scale-in goes. */
export interface ZoneCount {
  readonly zone: string;
  readonly instances: number;
  readonly unprotectedInstances: number;
}

/**
 * The zone that gives the next instance: most instances, among those that have one to give (TERM-01).
 *
 * @returns the first of equals; null when everything is protected
 */
export function pickZone(zones: readonly ZoneCount[]): string | null {
  return largestZones(zones)[0]?.zone ?? null;
}

function largestZones(zones: readonly ZoneCount[]): ZoneCount[] {
  const giving = zones.filter(({ unprotectedInstances }) => unprotectedInstances > 0);
  const most = Math.max(...giving.map(({ instances }) => instances));
  return giving.filter(({ instances }) => instances === most);
}

export type TerminationPolicy =
  | 'Default'
  | 'OldestInstance'
  | 'NewestInstance'
  | 'OldestLaunchConfiguration'
  | 'OldestLaunchTemplate'
  | 'ClosestToNextInstanceHour';

export interface ScaleInCandidate {
  readonly id: string;
  readonly zone: string;
  readonly protectedFromScaleIn: boolean;
  readonly launchedAtMs: number;
  /** What it was launched from: configurations are older than every template. */
  readonly launchedFrom: 'configuration' | 'template';
  /** When that configuration, or that version of the template, was made. */
  readonly definitionCreatedAtMs: number;
}

/**
 * The instance that leaves (TERM-01, TERM-02): within the largest zones, each policy in turn keeps the instances it prefers until one is left.
 *
 * @param policies  in order; what they leave equal goes to chance
 * @param nowMs     for the billing hour
 * @param chance    uniform in [0, 1)
 * @returns null when every instance is protected
 */
export function pickVictim(
  instances: readonly ScaleInCandidate[],
  policies: readonly TerminationPolicy[],
  nowMs: number,
  chance: number,
): ScaleInCandidate | null {
  const zones = new Set(largestZones(countZones(instances)).map(({ zone }) => zone));
  let left = instances.filter(({ zone, protectedFromScaleIn }) => zones.has(zone) && !protectedFromScaleIn);
  for (const policy of policies) {
    for (const preference of preferences[policy]) left = smallest(left, (instance) => preference(instance, nowMs));
  }
  return left[Math.floor(chance * left.length)] ?? null;
}

function countZones(instances: readonly ScaleInCandidate[]): ZoneCount[] {
  return [...Map.groupBy(instances, ({ zone }) => zone)].map(([zone, within]) => ({
    zone,
    instances: within.length,
    unprotectedInstances: within.filter(({ protectedFromScaleIn }) => !protectedFromScaleIn).length,
  }));
}

/** Smaller leaves first. */
type Preference = (instance: ScaleInCandidate, nowMs: number) => number;

const HOUR_MS = 3_600_000;
const millisecondsToNextHour: Preference = ({ launchedAtMs }, nowMs) => HOUR_MS - ((nowMs - launchedAtMs) % HOUR_MS);
const configurationFirst: Preference = ({ launchedFrom }) => (launchedFrom === 'configuration' ? 0 : 1);
const templateFirst: Preference = ({ launchedFrom }) => (launchedFrom === 'template' ? 0 : 1);
const oldestDefinition: Preference = ({ definitionCreatedAtMs }) => definitionCreatedAtMs;

const preferences: Readonly<Record<TerminationPolicy, readonly Preference[]>> = {
  Default: [configurationFirst, oldestDefinition, millisecondsToNextHour],
  OldestInstance: [({ launchedAtMs }) => launchedAtMs],
  NewestInstance: [({ launchedAtMs }) => -launchedAtMs],
  OldestLaunchConfiguration: [configurationFirst, oldestDefinition],
  OldestLaunchTemplate: [templateFirst, oldestDefinition],
  ClosestToNextInstanceHour: [millisecondsToNextHour],
};

function smallest(
  instances: readonly ScaleInCandidate[],
  of: (instance: ScaleInCandidate) => number,
): ScaleInCandidate[] {
  const least = Math.min(...instances.map(of));
  return instances.filter((instance) => of(instance) === least);
}

export interface ProtectedScaleIn {
  readonly desiredAfter: number;
  /** Instances that really leave. */
  readonly terminatedInstances: number;
  readonly rules: readonly string[];
}

/**
 * A lowered desired capacity with protected instances: desired is lowered all the same, protected instances stay (TERM-02).
 *
 * @param delta change asked for, negative
 */
export function scaleInWithProtection(
  group: {
    readonly desiredCapacity: number;
    readonly minSize: number;
    readonly instances: number;
    readonly protectedInstances: number;
  },
  delta: number,
): ProtectedScaleIn {
  const desiredAfter = clampCapacity(group.desiredCapacity + delta, group.minSize, group.desiredCapacity);
  const surplus = Math.max(0, group.instances - desiredAfter);
  const terminatedInstances = Math.min(surplus, group.instances - group.protectedInstances);
  return {
    desiredAfter,
    terminatedInstances,
    rules: terminatedInstances < surplus ? ['TERM-01', 'TERM-02'] : ['TERM-01'],
  };
}

/** What ends an instance; protection holds back the first only (TERM-02). */
export type TerminationCause = 'scale-in' | 'health-replacement' | 'spot-interruption' | 'manual';

export function protectionHolds(cause: TerminationCause): boolean {
  return cause === 'scale-in';
}
