/**
 * Gathers what an incident report is made from and lets timeline/ print it. The same data gives the same bytes: nothing
 * here depends on when it is called.
 */
import type { ExportedFile, ExportRequest, Measure, ReplayBands, ReplayResult } from '../core/contract/shapes.ts';
import { SpillwayError } from '../core/errors.ts';
import type { Resource } from '../core/model/resources.ts';
import {
  buildTimeline,
  fileKinds,
  type TimelineInput,
  type TimelineResource,
  type TimelineSeries,
  timelineFileName,
  toCsv,
  toHtml,
  toJson,
  toMarkdown,
} from '../timeline/index.ts';
import type { Databases } from './databases.ts';
import { listEvents } from './queries/events.ts';
import { heatmapOf } from './queries/heatmap.ts';
import type { Relations } from './queries/relations.ts';
import { alarmInfosOn } from './queries/resourceDetail.ts';
import { rawSeries } from './queries/series.ts';

const reported = {
  'sqs-queue': ['depth', 'age', 'inFlight', 'sent', 'deleted', 'desired', 'inService'],
  'kinesis-stream': ['iteratorAge', 'incomingBytes', 'incomingRecords', 'outgoingRecords', 'writeThrottled'],
  'auto-scaling-group': ['desired', 'inService'],
} as const satisfies Record<Resource['kind'], readonly Measure[]>;

const heatBuckets = 96;
const mostEvents = 5_000;

export interface ExportContext {
  readonly databases: Databases;
  readonly relations: Relations;
  readonly version: string;
  readonly connectionOf: (connectionId: string) => { readonly name: string; readonly region: string };
}

/**
 * @param resources what the report is about, subject first
 * @throws SpillwayError INPUT_INVALID for an unknown time zone
 */
export function exportTimeline(
  context: ExportContext,
  request: ExportRequest,
  resources: readonly Resource[],
  replay: ReplayResult | null,
  bands: readonly ReplayBands[] = [],
): ExportedFile {
  requireZone(request.timeZone);
  const timeline = buildTimeline(inputOf(context, request, resources, replay, bands));
  const { format } = request;
  return {
    fileName: timelineFileName(timeline, format),
    mediaType: fileKinds[format].mediaType,
    text: format === 'json' ? toJson(timeline) : textOf[format](timeline, request.language),
  };
}

const textOf = { markdown: toMarkdown, html: toHtml, csv: toCsv } as const;

function inputOf(
  { databases, relations, version, connectionOf }: ExportContext,
  request: ExportRequest,
  resources: readonly Resource[],
  replay: ReplayResult | null,
  bands: readonly ReplayBands[],
): TimelineInput {
  const { range } = request;
  const ids = resources.map(({ id }) => id);
  return {
    title: request.title,
    range,
    timeZone: request.timeZone,
    spillwayVersion: version,
    resources: resources.map((resource): TimelineResource => {
      const { name, region } = connectionOf(resource.connectionId);
      return { resourceId: resource.id, name: resource.name, kind: resource.kind, region, connectionName: name };
    }),
    events: listEvents(databases, relations, range, ids, mostEvents),
    series: resources.flatMap((resource) =>
      reported[resource.kind].flatMap((measure) => seriesOf(databases, relations, resource, measure, range)),
    ),
    heatmaps: resources
      .filter(({ kind }) => kind === 'kinesis-stream')
      .map((stream) => ({
        resourceId: stream.id,
        heatmap: heatmapOf(databases.of(stream.connectionId), stream, range, 'bytes', heatBuckets),
      })),
    alarms: ids.flatMap((resourceId) => alarmInfosOn(resourceId, relations).map((alarm) => ({ resourceId, alarm }))),
    replay,
    ...(bands.length === 0 ? {} : { bands }),
  };
}

/** Every recorded point, not the reduced ones of the screen; none when there is no such series or nothing in it. */
function seriesOf(
  databases: Databases,
  relations: Relations,
  resource: Resource,
  measure: Measure,
  range: ExportRequest['range'],
): TimelineSeries[] {
  const grouped = measure === 'desired' || measure === 'inService';
  if (grouped && resource.kind === 'sqs-queue' && relations.groupOf(resource.id) === undefined) return [];
  const store = databases.of(resource.connectionId);
  const { spec, points } = rawSeries({ store, relations }, { resourceId: resource.id, measure }, range);
  if (points.times.length === 0) return [];
  return [
    {
      resourceId: resource.id,
      measure,
      unit: spec.unit,
      periodSeconds: spec.periodSeconds,
      times: points.times.slice(),
      values: points.values.slice(),
    },
  ];
}

function requireZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new SpillwayError('INPUT_INVALID', {
      method: 'timeline.export',
      path: 'timeZone',
      problem: `"${timeZone}" is no IANA time zone, e.g. Europe/Berlin or UTC`,
    });
  }
}
