/**
 * The flow against every message, on every sample trace: what the fluid plant gets wrong, with and without the correction
 * for the queue that chance keeps up. A second seed of messages shows how much of it is chance.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resourcesDir } from '../../src/cli/host/paths.ts';
import type { ReplayAssumptions, ReplayRun, ReplaySetup } from '../../src/core/contract/shapes.ts';
import { sampleTraces } from '../../src/engine/traces/samples.ts';
import { guessThroughput, type ReplayOptions, runReplay, suggestForArrivals } from '../../src/replay/index.ts';
import { importTrace, minuteArrivals, scaleTrace } from '../../src/replay/input/index.ts';

export interface TraceRow {
  readonly trace: string;
  readonly setup: string;
  readonly plant: string;
  readonly run: ReplayRun;
  readonly truth: ReplayRun;
}

const plants: readonly (readonly [string, ReplayOptions])[] = [
  ['fluid', {}],
  ['fluid, stationary queue', { stationaryQueue: {} }],
  ['messages, another seed', { messages: { seed: 2 } }],
];

/** At most this many messages of a trace are followed; the rest of it is cut off, and the table says how long it is. */
const MOST_MESSAGES = 2_500_000;

export async function traceRows(tell: (trace: string, minutes: number) => void): Promise<TraceRow[]> {
  const rows: TraceRow[] = [];
  for (const [{ name, file, zone }, times] of sampleTraces.flatMap((sample) =>
    [1, 20].map((at) => [sample, at] as const),
  )) {
    const text = readFileSync(path.join(resourcesDir, 'samples', file), 'utf8');
    const { trace } = await importTrace([text], { file, ...(zone === null ? {} : { zone }) });
    const whole = minuteArrivals(scaleTrace(trace!, times));
    const arrivals = whole.arrivals.slice(0, minutesOf(whole.arrivals));
    const shown = times === 1 ? name : `${name} × ${times}`;
    tell(shown, arrivals.length);
    const assumptions: ReplayAssumptions = {
      throughputPerInstancePerMinute: guessThroughput(arrivals)!,
      launchDelaySeconds: 120,
      terminateDelaySeconds: 60,
      metricDelaySeconds: 30,
      evaluationRangeExtra: 2,
      ageGoalSeconds: 300,
      pricePerInstanceHourUsd: 0.1,
      arrivalFactor: 1,
    };
    for (const setup of suggestForArrivals(arrivals, assumptions)) {
      const replay = (options: ReplayOptions): ReplayRun =>
        once(arrivals, whole.startSeconds, setup, assumptions, options);
      const truth = replay({ messages: { seed: 1 } });
      for (const [plant, options] of plants)
        rows.push({
          trace: `${shown}, ${arrivals.length} min`,
          setup: setup.label,
          plant,
          run: replay(options),
          truth,
        });
    }
  }
  return rows;
}

function minutesOf(arrivals: Float64Array): number {
  let messages = 0;
  let minutes = 0;
  while (minutes < arrivals.length && messages < MOST_MESSAGES) messages += arrivals[minutes++]! || 0;
  return minutes;
}

function once(
  arrivals: Float64Array,
  startSeconds: number,
  setup: ReplaySetup,
  assumptions: ReplayAssumptions,
  options: ReplayOptions,
): ReplayRun {
  const initial = { backlog: 0, inService: setup.group.minSize };
  return runReplay({ arrivals, startSeconds, initial, setup, assumptions, options });
}

/** As a Markdown table: figures of the plant, and what the messages say in brackets. */
export function traceTable(rows: readonly TraceRow[]): string {
  return [
    '| trace | setup | plant | mean backlog (messages) | peak backlog | minutes over goal | instance-hours | backlog nRMSE | minutes of equal desired capacity |',
    '|---|---|---|---:|---:|---:|---:|---:|---:|',
    ...rows.map(({ trace, setup, plant, run, truth }) => {
      const beside = (mine: number, theirs: number, digits = 0): string =>
        `${mine.toFixed(digits)} (${theirs.toFixed(digits)})`;
      const equal = run.columns.desired.filter((desired, minute) => desired === truth.columns.desired[minute]).length;
      return `| ${[
        trace,
        setup,
        plant,
        beside(mean(run.columns.backlog), mean(truth.columns.backlog), 1),
        beside(run.summary.peakBacklog, truth.summary.peakBacklog),
        beside(run.summary.minutesOverAgeGoal, truth.summary.minutesOverAgeGoal),
        beside(run.summary.instanceHours, truth.summary.instanceHours),
        nrmse(run.columns.backlog, truth.columns.backlog).toFixed(3),
        `${((100 * equal) / run.columns.desired.length).toFixed(1)} %`,
      ].join(' | ')} |`;
    }),
  ].join('\n');
}

const mean = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0) / column.length;

/** Over the span of the messages' values. */
function nrmse(mine: Float64Array, theirs: Float64Array): number {
  let squares = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  mine.forEach((value, minute) => {
    const truth = theirs[minute]!;
    squares += (value - truth) ** 2;
    least = Math.min(least, truth);
    most = Math.max(most, truth);
  });
  return Math.sqrt(squares / mine.length) / (most - least);
}
