/**
 * Builds the timeline: collects what happened in a range, folds what belongs together, orders it, and adds the figures.
 *
 * Pure and deterministic: the order of the input does not matter, equal input gives equal output. No words of any
 * language are made here; the formats do that.
 */
import type { IncidentEvent } from '../core/model/events.ts';
import { foldAlarms, quietAlarmNames } from './build/alarms.ts';
import { keyFigures } from './build/figures.ts';
import { milestones } from './build/milestones.ts';
import { compareText } from './build/order.ts';
import { singleEntries } from './build/others.ts';
import { foldScaling } from './build/scaling.ts';
import { instantFormat } from './format/instant.ts';
import { type Timeline, type TimelineEntry, type TimelineInput, timelineSchemaVersion } from './types.ts';

/** What came first when two things share an instant: people read effects after what preceded them. */
const kindOrder: Readonly<Record<TimelineEntry['fact']['kind'], number>> = {
  recorder: 0,
  configuration: 1,
  alarm: 2,
  'alarm-action': 3,
  scaling: 4,
  note: 5,
};

/** Throws SpillwayError TIME_ZONE_UNKNOWN. */
export function buildTimeline(input: TimelineInput): Timeline {
  instantFormat(input.timeZone);
  const { range } = input;
  const events = input.events.filter((event) => touches(event, range.fromMs, range.toMs)).sort(byTimeThenSource);
  const quietAlarms = quietAlarmNames(input.alarms);
  const entries = [...foldAlarms(events, quietAlarms), ...foldScaling(events), ...singleEntries(events)].sort(
    (a, b) =>
      a.atMs - b.atMs ||
      kindOrder[a.fact.kind] - kindOrder[b.fact.kind] ||
      compareText(a.sources[0] ?? '', b.sources[0] ?? ''),
  );
  const order = new Map(input.resources.map((resource, index) => [resource.resourceId, index]));
  const rank = (resourceId: string): number => order.get(resourceId) ?? input.resources.length;
  const series = [...input.series].sort((a, b) => rank(a.resourceId) - rank(b.resourceId));
  const figures = keyFigures(series, range);
  return {
    schema: 'spillway-timeline',
    version: timelineSchemaVersion,
    title: input.title.trim(),
    range,
    timeZone: input.timeZone,
    spillwayVersion: input.spillwayVersion,
    resources: input.resources,
    milestones: milestones(entries, figures, input.resources, quietAlarms),
    entries,
    keyFigures: figures,
    series,
    heatmaps: input.heatmaps,
    ...(input.bands === undefined ? {} : { bands: input.bands }),
    alarms: input.alarms,
    replay: input.replay,
  };
}

/** In the range, or lasting into it. */
function touches(event: IncidentEvent, fromMs: number, toMs: number): boolean {
  if (event.atMs > toMs) return false;
  return event.atMs >= fromMs || (event.endMs !== null && event.endMs >= fromMs);
}

function byTimeThenSource(a: IncidentEvent, b: IncidentEvent): number {
  return (
    a.atMs - b.atMs ||
    compareText(a.kind, b.kind) ||
    compareText(a.connectionId ?? '', b.connectionId ?? '') ||
    compareText(a.sourceId, b.sourceId)
  );
}
