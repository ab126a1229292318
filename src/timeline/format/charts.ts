/**
 * Which pictures a report has, and what is in each: recorded lines, replayed lines beside them, alarm thresholds.
 */

import type { Measure, ReplayColumns } from '../../core/contract/shapes.ts';
import { comparisonSign } from '../../core/messages/decisions.ts';
import { metricSpecs } from '../../core/metrics.ts';
import { eventLane } from '../svg/eventLane.ts';
import { type TimeAxis, timeAxis } from '../svg/frame.ts';
import { heatLegend, heatStrip } from '../svg/heatStrip.ts';
import { type ChartLine, lineChart } from '../svg/lineChart.ts';
import type { Timeline, TimelineHeatmap, TimelineResource, TimelineSeries } from '../types.ts';
import type { WordKey } from '../words/index.ts';
import { number, type Unit } from './quantity.ts';
import { tellEntry } from './sentences.ts';
import type { Voice } from './voice.ts';

/** One figure of the report: plain caption and legend, finished SVG, and a line on how it was drawn. */
export interface Figure {
  readonly caption: string;
  readonly legend: readonly { readonly label: string; readonly look: string }[];
  readonly svg: string;
  readonly note: string;
}

/** Looks of replayed lines; the style sheet has as many. */
const replayLooks = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8'];

export function figures(timeline: Timeline, voice: Voice): Figure[] {
  const axis = timeAxis(timeline.range, voice.instant);
  const found: Figure[] = [];
  if (timeline.entries.some(({ fact }) => ['alarm', 'scaling', 'note'].includes(fact.kind))) {
    found.push(lane(timeline, voice, axis));
  }
  timeline.resources.forEach((resource, index) => {
    found.push(...chartsOf(resource, `c${index}`, timeline, voice, axis));
  });
  return found;
}

function lane(timeline: Timeline, voice: Voice, axis: TimeAxis): Figure {
  const { say } = voice;
  const title = say('chart.events');
  return {
    caption: title,
    legend: [],
    note: '',
    svg: eventLane(
      {
        id: 'lane',
        title,
        description: timeline.entries
          .map((entry) => tellEntry(voice, entry).what)
          .slice(0, 20)
          .join('; '),
        labels: {
          alarms: say('chart.lane.alarms'),
          scaling: say('chart.lane.scaling'),
          notes: say('chart.lane.notes'),
        },
        entries: timeline.entries,
        tell: (entry) => `${voice.instant.full(entry.atMs)} ${tellEntry(voice, entry).what}`,
      },
      axis,
    ),
  };
}

function chartsOf(resource: TimelineResource, id: string, timeline: Timeline, voice: Voice, axis: TimeAxis): Figure[] {
  const chart = (measures: readonly ChartedMeasure[], caption: WordKey, part: string): Figure[] =>
    measureChart({ resource, id: `${id}-${part}`, timeline, voice, axis, measures, caption });
  const strips = timeline.heatmaps
    .filter(({ resourceId }) => resourceId === resource.resourceId)
    .map((heat, index) => strip(resource, heat, `${id}-heat${index}`, voice, axis));
  return [
    ...chart([{ measure: 'depth', column: 'backlog', label: 'chart.recorded', look: 'rec' }], 'chart.depth', 'depth'),
    ...chart([{ measure: 'age', column: 'ageSeconds', label: 'chart.recorded', look: 'rec' }], 'chart.age', 'age'),
    ...chart(
      [
        { measure: 'inService', column: 'inService', label: 'chart.inService', look: 'rec' },
        { measure: 'desired', column: null, label: 'chart.desired', look: 'des' },
      ],
      'chart.instances',
      'instances',
    ),
    ...chart(
      [{ measure: 'iteratorAge', column: null, label: 'chart.recorded', look: 'rec' }],
      'chart.iteratorAge',
      'iterator',
    ),
    ...strips,
  ];
}

interface ChartedMeasure {
  readonly measure: Measure;
  /** The replayed counterpart; null: there is none. */
  readonly column: Exclude<keyof ReplayColumns, 'times'> | null;
  readonly label: WordKey;
  readonly look: string;
}

interface MeasureChart {
  readonly resource: TimelineResource;
  readonly id: string;
  readonly timeline: Timeline;
  readonly voice: Voice;
  readonly axis: TimeAxis;
  readonly measures: readonly ChartedMeasure[];
  readonly caption: WordKey;
}

function measureChart({ resource, id, timeline, voice, axis, measures, caption }: MeasureChart): Figure[] {
  const { say } = voice;
  const recorded = measures.flatMap((charted) => {
    const series = timeline.series.find(
      (each) => each.resourceId === resource.resourceId && each.measure === charted.measure,
    );
    return series === undefined ? [] : [{ charted, series }];
  });
  const replay = timeline.replay?.resourceId === resource.resourceId ? timeline.replay : null;
  const column = measures[0]!.column;
  const replayed =
    replay === null || column === null
      ? []
      : replay.runs.map(
          (run, index): ChartLine => ({
            label: say('chart.replayed', { label: run.label }),
            look: replayLooks[index % replayLooks.length]!,
            times: run.columns.times,
            values: run.columns[column],
            periodSeconds: 60,
          }),
        );
  if (recorded.length === 0 && replayed.length === 0) return [];

  const first = recorded[0]?.series;
  const unit: Unit = first?.unit ?? (measures[0]!.measure === 'age' ? 'seconds' : 'count');
  const lines: ChartLine[] = [
    ...recorded.map(({ charted, series }) => ({
      label: say(charted.label),
      look: charted.look,
      times: series.times,
      values: series.values,
      periodSeconds: series.periodSeconds,
    })),
    ...replayed,
  ];
  const thresholds = timeline.alarms
    .filter(
      ({ resourceId, alarm }) =>
        resourceId === resource.resourceId && measureNamed(alarm.metricName) === measures[0]!.measure,
    )
    .map(({ alarm }) => ({
      value: alarm.threshold,
      label: say('chart.threshold', {
        operator: comparisonSign(alarm.comparisonOperator),
        value: voice.quantity(alarm.threshold, unit),
        alarm: alarm.name,
      }),
    }));
  if (replay !== null && measures[0]!.measure === 'age') {
    const goal = replay.assumptions.ageGoalSeconds;
    thresholds.push({ value: goal, label: say('chart.ageGoal', { value: voice.quantity(goal, 'seconds') }) });
  }
  const isFleet = measures[0]!.measure === 'inService';
  const display = displayUnit(unit, lines, thresholds, isFleet);
  const title = say(caption, { name: resource.name });
  const leftOut = replay?.fidelity?.leftOut ?? [];
  const drawn = lineChart(
    {
      id,
      title,
      description: summary(first, unit, voice),
      axisLabel: say(display.label),
      lines: lines.map((line) => ({ ...line, values: scaled(line.values, display.divisor) })),
      thresholds: thresholds.map((threshold) => ({ ...threshold, value: threshold.value / display.divisor })),
      ...(leftOut.length === 0 ? {} : { shades: leftOut }),
      stepped: isFleet,
      wholeTicks: isFleet,
    },
    axis,
  );
  return [
    {
      caption: title,
      legend: lines.map(({ label, look }) => ({ label, look })),
      svg: drawn.svg,
      note: [
        summary(first, unit, voice),
        drawn.drawn < drawn.points
          ? say('chart.drawn', { points: number(drawn.points, 0), drawn: number(drawn.drawn, 0) })
          : '',
        leftOut.length === 0 ? '' : say('chart.shaded'),
      ]
        .filter((part) => part !== '')
        .join(' '),
    },
  ];
}

function measureNamed(metricName: string): Measure | undefined {
  return metricSpecs.find((spec) => spec.metricName === metricName || spec.shardMetricName === metricName)?.measure;
}

/** Durations are drawn in the unit their largest value reads best in. */
function displayUnit(
  unit: Unit,
  lines: readonly ChartLine[],
  thresholds: readonly { readonly value: number }[],
  isFleet: boolean,
): { readonly divisor: number; readonly label: WordKey } {
  if (unit !== 'seconds' && unit !== 'milliseconds') {
    return { divisor: 1, label: isFleet ? 'chart.axis.instances' : 'chart.axis.count' };
  }
  const perSecond = unit === 'milliseconds' ? 1_000 : 1;
  let highest = 0;
  for (const { values } of lines) {
    for (const value of values) if (Number.isFinite(value)) highest = Math.max(highest, value);
  }
  for (const { value } of thresholds) highest = Math.max(highest, value);
  const seconds = highest / perSecond;
  if (seconds < 2) return { divisor: perSecond / 1_000, label: 'chart.axis.ms' };
  if (seconds < 180) return { divisor: perSecond, label: 'chart.axis.s' };
  if (seconds < 3 * 3_600) return { divisor: 60 * perSecond, label: 'chart.axis.min' };
  return { divisor: 3_600 * perSecond, label: 'chart.axis.h' };
}

function scaled(values: Float64Array, divisor: number): Float64Array {
  return divisor === 1 ? values : values.map((value) => value / divisor);
}

/** UX-26: one sentence on the recorded line. */
function summary(series: TimelineSeries | undefined, unit: Unit, voice: Voice): string {
  if (series === undefined || series.values.length === 0) return voice.say('chart.empty');
  const { values, times } = series;
  let highest = 0;
  let lowest = 0;
  for (let index = 1; index < values.length; index++) {
    if (values[index]! > values[highest]!) highest = index;
    if (values[index]! < values[lowest]!) lowest = index;
  }
  return voice.say('chart.summary', {
    maximum: voice.quantity(values[highest]!, unit),
    at: voice.instant.full(times[highest]! * 1_000),
    minimum: voice.quantity(values[lowest]!, unit),
    last: voice.quantity(values[values.length - 1]!, unit),
  });
}

function strip(
  resource: TimelineResource,
  { heatmap }: TimelineHeatmap,
  id: string,
  voice: Voice,
  axis: TimeAxis,
): Figure {
  const { say } = voice;
  const title = say(`chart.heat.${heatmap.measure}`, { name: resource.name });
  const units = { bytes: 'bytes/s', records: 'count/s', age: 'milliseconds' } as const satisfies Record<string, Unit>;
  const scale = say(heatmap.measure === 'age' ? 'chart.scale.age' : 'chart.scale', {
    limit: voice.quantity(heatmap.limit, units[heatmap.measure]),
  });
  return {
    caption: title,
    legend: [],
    note: '',
    svg:
      heatStrip({ id, title, description: scale, hotWord: say('chart.hot'), heatmap }, axis) +
      heatLegend(`${id}-legend`, scale, say('chart.noData')),
  };
}
