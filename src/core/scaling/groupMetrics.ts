/**
 * What a group reports about itself each minute: the numbers behind AWS/AutoScaling.
 *
 * Rules: docs/rules/lifecycle.md (GMET). Not here: when samples are taken and whether they are enabled (emulator/autoscaling).
 */

/** The metrics of a group, in the order they are listed. */
export const groupMetricNames = [
  'GroupMinSize',
  'GroupMaxSize',
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupPendingInstances',
  'GroupStandbyInstances',
  'GroupTerminatingInstances',
  'GroupTotalInstances',
] as const;
export type GroupMetricName = (typeof groupMetricNames)[number];

/** Counts of instances, or of capacity units for the *Capacity variants. */
export interface GroupCounts {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly inService: number;
  readonly pending: number;
  readonly standby: number;
  readonly terminating: number;
}

/** In service, pending and terminating; standby is not part of it (GMET-01). */
export function groupTotal(counts: Pick<GroupCounts, 'inService' | 'pending' | 'terminating'>): number {
  return counts.inService + counts.pending + counts.terminating;
}

/** One sample of every metric of the group, by the service's own names (GMET-01). */
export function groupMetrics(counts: GroupCounts): Readonly<Record<GroupMetricName, number>> {
  return {
    GroupMinSize: counts.minSize,
    GroupMaxSize: counts.maxSize,
    GroupDesiredCapacity: counts.desiredCapacity,
    GroupInServiceInstances: counts.inService,
    GroupPendingInstances: counts.pending,
    GroupStandbyInstances: counts.standby,
    GroupTerminatingInstances: counts.terminating,
    GroupTotalInstances: groupTotal(counts),
  };
}
