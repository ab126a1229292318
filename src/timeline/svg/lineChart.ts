/**
 * Lines over time with alarm thresholds. Missing is missing: a line breaks where two points are more than one and a
 * half periods apart (UX-21). Lines differ by colour and by dash, never by colour alone.
 */
import { html } from '../format/escape.ts';
import { number } from '../format/quantity.ts';
import { decimate } from './decimate.ts';
import { left, picture, px, right, type TimeAxis, timeGrid } from './frame.ts';
import { linearScale, type Scale, valueTicks } from './scale.ts';

export interface ChartLine {
  readonly label: string;
  /** Class of its colour and dash in the report's style sheet. */
  readonly look: string;
  /** Epoch seconds, rising. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly periodSeconds: number;
}

export interface LineChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly axisLabel: string;
  readonly lines: readonly ChartLine[];
  readonly thresholds: readonly { readonly value: number; readonly label: string }[];
  /** Stretches behind the lines; what they are stands in the note. */
  readonly shades?: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** Counts of instances hold their value until the next point; levels are joined. */
  readonly stepped: boolean;
  /** Only whole ticks: there is no half instance. */
  readonly wholeTicks: boolean;
}

const top = 14;
const bottom = 176;
const height = 200;

export interface DrawnChart {
  readonly svg: string;
  readonly points: number;
  readonly drawn: number;
}

export function lineChart(chart: LineChart, axis: TimeAxis): DrawnChart {
  const lines = chart.lines.map((line) => within(line, axis));
  let highest = 0;
  for (const { values } of lines) {
    for (const value of values) if (value > highest && drawable(value)) highest = value;
  }
  for (const { value } of chart.thresholds) highest = Math.max(highest, value);
  const ticks = valueTicks(highest, 4, chart.wholeTicks);
  const y = linearScale(0, ticks.at(-1) ?? 1, bottom, top);

  let points = 0;
  let drawn = 0;
  const paths = lines.map((line) => {
    const fromSeconds = axis.range.fromMs / 1_000;
    const toSeconds = axis.range.toMs / 1_000;
    const reduced = decimate(line.times, line.values, fromSeconds, toSeconds, right - left);
    points += line.times.length;
    drawn += reduced.times.length;
    const d = linePath({ ...line, ...reduced }, axis, y, chart.stepped);
    return d === '' ? '' : `<path class="line ${line.look}" d="${d}"/>`;
  });

  const body = [
    ...shadeMarks(chart.shades ?? [], axis),
    timeGrid(axis, top, bottom, true),
    ...ticks.map((value) => {
      const at = px(y(value));
      return (
        `<path class="${value === 0 ? 'base' : 'grid'}" d="M${left} ${at}H${right}"/>` +
        `<text class="tick" x="${left - 8}" y="${at}" dy="0.35em" text-anchor="end">${number(value, 3)}</text>`
      );
    }),
    `<text class="unit" transform="translate(14 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${html(chart.axisLabel)}</text>`,
    ...paths.reverse(),
    ...thresholdMarks(chart, y),
  ].join('');
  return { svg: picture(chart.id, height, chart.title, chart.description, body), points, drawn };
}

/** The part of a line that is in the picture: a replay may have begun long before the range of the report. */
function within(line: ChartLine, { range }: TimeAxis): ChartLine {
  const first = line.times.findIndex((time) => time * 1_000 >= range.fromMs);
  const last = line.times.findLastIndex((time) => time * 1_000 <= range.toMs);
  const [from, to] = first < 0 ? [0, 0] : [first, Math.max(first, last + 1)];
  return { ...line, times: line.times.subarray(from, to), values: line.values.subarray(from, to) };
}

/** Grey, from top to bottom of the plot. */
function shadeMarks(shades: NonNullable<LineChart['shades']>, axis: TimeAxis): string[] {
  const { fromMs, toMs } = axis.range;
  return shades
    .filter((shade) => shade.toMs > fromMs && shade.fromMs < toMs)
    .map((shade) => {
      const from = axis.x(Math.max(shade.fromMs, fromMs));
      const to = axis.x(Math.min(shade.toMs, toMs));
      return `<rect class="shade" x="${px(from)}" y="${top}" width="${px(Math.max(0.5, to - from))}" height="${bottom - top}"/>`;
    });
}

/** Labels sit on their lines at the right edge; one that would cover the label below it moves up. */
function thresholdMarks(chart: LineChart, y: Scale): string[] {
  let ceiling = Number.POSITIVE_INFINITY;
  return [...chart.thresholds]
    .sort((a, b) => a.value - b.value)
    .map(({ value, label }) => {
      const at = y(value);
      const labelY = Math.min(Math.max(at - 4, top + 8), ceiling);
      ceiling = labelY - 13;
      return (
        `<path class="threshold" d="M${left} ${px(at)}H${right}"/>` +
        `<text class="threshold-label" x="${right - 4}" y="${px(labelY)}" text-anchor="end">${html(label)}</text>`
      );
    });
}

function linePath(line: ChartLine, axis: TimeAxis, y: Scale, stepped: boolean): string {
  const { times, values } = line;
  // Reduced lines have wider gaps between points of one column; a column is never wider than this.
  const columnSeconds = (axis.range.toMs - axis.range.fromMs) / 1_000 / (right - left);
  const gapSeconds = 1.5 * Math.max(line.periodSeconds, columnSeconds);
  let d = '';
  let pen = false;
  let lastTime = Number.NEGATIVE_INFINITY;
  let lastY = '';
  for (let index = 0; index < times.length; index++) {
    const value = values[index]!;
    const time = times[index]!;
    if (!drawable(value)) {
      pen = false;
      continue;
    }
    const x = px(axis.x(time * 1_000));
    const at = px(y(value));
    if (!pen || time - lastTime > gapSeconds) {
      d += `M${x} ${at}`;
      // A lone point would be invisible as a bare move.
      if (!joinsNext(times, values, index, gapSeconds)) d += 'h0.1';
    } else if (!stepped) d += `L${x} ${at}`;
    // A level stretch is one long line; only its end is drawn.
    else if (at !== lastY || index === times.length - 1) d += at === lastY ? `H${x}` : `H${x}V${at}`;
    pen = true;
    lastTime = time;
    lastY = at;
  }
  return d;
}

/** Values that no service reports would only overflow the arithmetic of the axis. */
function drawable(value: number): boolean {
  return Math.abs(value) < 1e100;
}

function joinsNext(times: Float64Array, values: Float64Array, index: number, gapSeconds: number): boolean {
  const next = values[index + 1];
  return next !== undefined && drawable(next) && times[index + 1]! - times[index]! <= gapSeconds;
}
