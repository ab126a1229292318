/**
 * Reads a timeline back from its JSON form. The file may come from anywhere, so everything in it is checked.
 */
import * as shapes from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { instantFormat } from '../format/instant.ts';
import {
  type KeyFigure,
  type Milestone,
  type Timeline,
  type TimelineEntry,
  type TimelineFact,
  type TimelineSeries,
  timelineSchemaVersion,
} from '../types.ts';
import { Reader } from './reader.ts';

/** Far above a week of every chart of twenty queues, far below what would stall a page. */
export const timelineJsonLimitBytes = 128 * 1024 * 1024;

const resourceKinds = ['sqs-queue', 'kinesis-stream', 'auto-scaling-group'] as const;
const itemLimit = 1_000_000;

/**
 * @param file name for messages only
 * Throws SpillwayError: FILE_TOO_LARGE, FILE_SYNTAX, TIMELINE_NEWER, TIMELINE_FIELD_INVALID, TIME_ZONE_UNKNOWN.
 */
export function parseTimelineJson(text: string, file: string): Timeline {
  if (text.length > timelineJsonLimitBytes) {
    throw new SpillwayError('FILE_TOO_LARGE', { file, bytes: text.length, limitBytes: timelineJsonLimitBytes });
  }
  const root = new Reader(parseJson(text, file), '', file);
  root.member('schema').oneOf(['spillway-timeline']);
  const version = root.member('version').count();
  if (version > timelineSchemaVersion) {
    throw new SpillwayError('TIMELINE_NEWER', { file, found: version, known: timelineSchemaVersion });
  }
  if (version !== timelineSchemaVersion) root.member('version').refuse(String(timelineSchemaVersion));
  const range = root.member('range');
  const timeZone = root.member('timeZone').text(64);
  instantFormat(timeZone);
  return {
    schema: 'spillway-timeline',
    version: timelineSchemaVersion,
    title: root.member('title').text(1_000),
    range: { fromMs: range.member('fromMs').instant(), toMs: range.member('toMs').instant() },
    timeZone,
    spillwayVersion: root.member('spillwayVersion').text(100),
    resources: root.member('resources').list(
      (item) => ({
        resourceId: item.member('resourceId').text(2_048),
        name: item.member('name').text(1_000),
        kind: item.member('kind').oneOf(resourceKinds),
        region: item.member('region').text(100),
        connectionName: item.member('connectionName').text(1_000),
      }),
      10_000,
    ),
    milestones: root.member('milestones').list(readMilestone, itemLimit),
    entries: root.member('entries').list(readEntry, itemLimit),
    keyFigures: root.member('keyFigures').list(readFigure, itemLimit),
    series: root.member('series').list(readSeries, 10_000),
    heatmaps: root.member('heatmaps').list(
      (item) => ({
        resourceId: item.member('resourceId').text(2_048),
        heatmap: readHeatmap(item.member('heatmap')),
      }),
      10_000,
    ),
    alarms: root.member('alarms').list(
      (item) => ({
        resourceId: item.member('resourceId').text(2_048),
        alarm: item.member('alarm').shaped(shapes.alarmInfo),
      }),
      10_000,
    ),
    replay: root.member('replay').nullOr((value) => value.shaped(shapes.replayResult, replayColumns)),
  };
}

const columnNames = ['times', 'arrivals', 'backlog', 'ageSeconds', 'desired', 'inService'];
const replayColumns = [
  ...columnNames.map((name) => `recorded.columns.${name}`),
  ...columnNames.map((name) => `runs.*.columns.${name}`),
];

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    const position = Number(/position (\d+)/.exec(detail)?.[1] ?? text.length);
    const line = text.slice(0, position).split('\n').length;
    throw new SpillwayError('FILE_SYNTAX', { file, line, detail: detail.split('\n')[0]!.slice(0, 200) });
  }
}

function readMilestone(item: Reader): Milestone {
  return {
    atMs: item.member('atMs').instant(),
    what: item
      .member('what')
      .oneOf([
        'noted',
        'first-alarm',
        'first-scale-out',
        'peak-depth',
        'worst-age',
        'worst-iterator-age',
        'alarms-ended',
      ]),
    resourceId: item.member('resourceId').textOrNull(2_048),
    name: item.member('name').text(),
    value: item.member('value').numberOrNull(),
  };
}

function readEntry(item: Reader): TimelineEntry {
  return {
    atMs: item.member('atMs').instant(),
    endMs: item.member('endMs').instantOrNull(),
    connectionId: item.member('connectionId').textOrNull(2_048),
    resourceId: item.member('resourceId').textOrNull(2_048),
    importance: item.member('importance').oneOf(['high', 'normal', 'low']),
    fact: readFact(item.member('fact')),
    sources: item.member('sources').list((source) => source.text(), itemLimit),
  };
}

function readFact(fact: Reader): TimelineFact {
  const text = (name: string): string => fact.member(name).text();
  const kind = fact.member('kind').oneOf(['alarm', 'alarm-action', 'scaling', 'configuration', 'recorder', 'note']);
  switch (kind) {
    case 'alarm':
      return {
        kind,
        alarmName: text('alarmName'),
        from: text('from'),
        to: text('to'),
        until: fact.member('until').textOrNull(),
        reason: text('reason'),
      };
    case 'alarm-action':
      return {
        kind,
        alarmName: text('alarmName'),
        summary: text('summary'),
        count: fact.member('count').count(),
      };
    case 'scaling':
      return {
        kind,
        groupName: text('groupName'),
        direction: fact.member('direction').oneOf(['launch', 'terminate', 'other']),
        desiredBefore: fact.member('desiredBefore').countOrNull(),
        desiredAfter: fact.member('desiredAfter').countOrNull(),
        succeeded: fact.member('succeeded').count(),
        failed: fact.member('failed').count(),
        running: fact.member('running').count(),
        instanceIds: fact.member('instanceIds').list((id) => id.text(), itemLimit),
        title: text('title'),
        detail: text('detail'),
      };
    case 'configuration':
      return { kind, what: text('what'), before: text('before'), after: text('after') };
    case 'recorder':
      return {
        kind,
        what: fact.member('what').oneOf(['started', 'stopped', 'gap', 'error']),
        fromMs: fact.member('fromMs').instantOrNull(),
        detail: text('detail'),
      };
    case 'note':
      return {
        kind,
        noteKind: fact.member('noteKind').oneOf(shapes.noteKind.options),
        author: text('author'),
        title: text('title'),
        text: text('text'),
      };
  }
}

function readFigure(item: Reader): KeyFigure {
  return {
    resourceId: item.member('resourceId').text(2_048),
    measure: item.member('measure').oneOf(shapes.measure.options),
    figure: item.member('figure').oneOf(['maximum', 'minimum', 'total', 'mean', 'last']),
    value: item.member('value').number(),
    unit: item.member('unit').oneOf(shapes.seriesColumns.shape.unit.options),
    periodSeconds: item.member('periodSeconds').number(),
    atMs: item.member('atMs').instantOrNull(),
    points: item.member('points').count(),
    periods: item.member('periods').count(),
  };
}

function readSeries(item: Reader): TimelineSeries {
  const times = item.member('times').column();
  const values = item.member('values').column();
  if (times.length !== values.length) item.member('values').refuse(`${times.length} numbers, as many as times`);
  return {
    resourceId: item.member('resourceId').text(2_048),
    measure: item.member('measure').oneOf(shapes.measure.options),
    unit: item.member('unit').oneOf(shapes.seriesColumns.shape.unit.options),
    periodSeconds: item.member('periodSeconds').number(),
    times,
    values,
  };
}

function readHeatmap(value: Reader): shapes.Heatmap {
  const heatmap = value.shaped(shapes.heatmap, ['times', 'values']);
  const cells = heatmap.shardIds.length * heatmap.times.length;
  if (heatmap.values.length !== cells) value.member('values').refuse(`${cells} numbers, shards times buckets`);
  return heatmap;
}
