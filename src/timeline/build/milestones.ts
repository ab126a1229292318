/**
 * Marks from which durations are read: what people marked, and a few that the recording gives by itself.
 *
 * Computed ones are facts of the recording (first, highest, last), never judgements; people say what was detected,
 * mitigated or resolved.
 */
import type { KeyFigure, Milestone, TimelineEntry, TimelineResource } from '../types.ts';
import { compareText } from './order.ts';

const peaks = {
  depth: 'peak-depth',
  age: 'worst-age',
  iteratorAge: 'worst-iterator-age',
} as const satisfies Record<string, Milestone['what']>;

/** @param quietAlarms alarms whose ALARM state is the calm one (quietAlarmNames) */
export function milestones(
  entries: readonly TimelineEntry[],
  figures: readonly KeyFigure[],
  resources: readonly TimelineResource[],
  quietAlarms: ReadonlySet<string>,
): Milestone[] {
  const found = [
    ...noted(entries),
    ...ofAlarms(entries, quietAlarms),
    ...firstScaleOut(entries),
    ...peaksOf(figures, resources),
  ];
  return found.sort((a, b) => a.atMs - b.atMs || compareText(a.what, b.what) || compareText(a.name, b.name));
}

function noted(entries: readonly TimelineEntry[]): Milestone[] {
  return entries.flatMap(({ atMs, resourceId, fact }) =>
    fact.kind === 'note' && fact.noteKind === 'milestone'
      ? [{ atMs, what: 'noted', resourceId, name: fact.title, value: null }]
      : [],
  );
}

function ofAlarms(entries: readonly TimelineEntry[], quietAlarms: ReadonlySet<string>): Milestone[] {
  const alarms = entries.filter(
    ({ fact }) => fact.kind === 'alarm' && fact.to === 'ALARM' && !quietAlarms.has(fact.alarmName),
  );
  const first = alarms[0];
  if (first === undefined) return [];
  const name = (entry: TimelineEntry): string => (entry.fact.kind === 'alarm' ? entry.fact.alarmName : '');
  const marks: Milestone[] = [
    { atMs: first.atMs, what: 'first-alarm', resourceId: first.resourceId, name: name(first), value: null },
  ];
  let last = first;
  for (const entry of alarms) {
    if (entry.endMs === null) return marks;
    if (entry.endMs > last.endMs!) last = entry;
  }
  marks.push({ atMs: last.endMs!, what: 'alarms-ended', resourceId: last.resourceId, name: name(last), value: null });
  return marks;
}

function firstScaleOut(entries: readonly TimelineEntry[]): Milestone[] {
  for (const { atMs, resourceId, fact } of entries) {
    if (fact.kind !== 'scaling' || fact.direction !== 'launch') continue;
    // A group's first instances are no scale-out; AWS words that cause so.
    if (fact.detail.includes('created an AutoScalingGroup')) continue;
    if (fact.desiredBefore === null || fact.desiredAfter === null || fact.desiredAfter <= fact.desiredBefore) continue;
    return [{ atMs, what: 'first-scale-out', resourceId, name: fact.groupName, value: null }];
  }
  return [];
}

function peaksOf(figures: readonly KeyFigure[], resources: readonly TimelineResource[]): Milestone[] {
  return figures.flatMap(({ figure, measure, resourceId, value, atMs }) => {
    if (figure !== 'maximum' || atMs === null || value <= 0 || !(measure in peaks)) return [];
    const name = resources.find((resource) => resource.resourceId === resourceId)?.name ?? resourceId;
    return [{ atMs, what: peaks[measure as keyof typeof peaks], resourceId, name, value }];
  });
}
