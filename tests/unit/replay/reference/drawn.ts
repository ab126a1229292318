/**
 * Drawn replays for comparing one loop with another, and the comparison: by identity, so that -0, NaN and the last bit count.
 */
import type { ReplayAlarm, ReplayRun, ReplaySetup } from '../../../../src/core/contract/shapes.ts';
import type { StepAdjustment } from '../../../../src/core/scaling/types.ts';
import { type Random, seededRandom } from '../../../../src/core/time/random.ts';
import type { ReplayInput } from '../../../../src/replay/index.ts';
import { startSeconds } from '../setups.ts';

/** Draws of one case. */
export class Draw {
  readonly #random: Random;
  constructor(random: Random) {
    this.#random = random;
  }
  whole(from: number, to: number): number {
    return from + Math.floor(this.#random.next() * (to - from + 1));
  }
  chance(share: number): boolean {
    return this.#random.next() < share;
  }
  of<Value>(values: readonly Value[]): Value {
    return values[this.whole(0, values.length - 1)]!;
  }
  fraction(from: number, to: number): number {
    return from + this.#random.next() * (to - from);
  }
}

function arrivals(draw: Draw): Float64Array {
  const base = draw.of([0, 30, 120, 400]);
  const wave = draw.of([0, 0.5, 1]);
  const burst = draw.whole(5, 30);
  const fractional = draw.chance(0.3);
  return Float64Array.from({ length: draw.whole(40, 70) }, (_, minute) => {
    const crowd = minute >= burst && minute < burst + 12 ? draw.of([0, 600, 2000]) : 0;
    const sent = base * (1 + wave * Math.sin(minute / 9)) * draw.fraction(0.7, 1.3) + crowd;
    return draw.chance(0.05) ? 0 : fractional ? sent : Math.round(sent);
  });
}

export function drawnAlarm(draw: Draw, name: string, rising: boolean): ReplayAlarm {
  const measure = draw.of(['depth', 'depth', 'age', 'inFlight', 'sent', 'backlogPerInstance'] as const);
  const level = { depth: 300, age: 90, inFlight: 4, sent: 200, backlogPerInstance: 80 }[measure];
  const evaluationPeriods = draw.whole(1, 6);
  return {
    name,
    measure,
    statistic: draw.of(['Average', 'Minimum', 'Maximum', 'Sum']),
    periodSeconds: draw.of([60, 60, 60, 120, 300]),
    evaluationPeriods,
    datapointsToAlarm: draw.whole(1, evaluationPeriods),
    threshold: Math.round(level * draw.fraction(0, rising ? 2 : 0.6)),
    comparisonOperator: rising
      ? draw.of(['GreaterThanThreshold', 'GreaterThanOrEqualToThreshold'])
      : draw.of(['LessThanThreshold', 'LessThanOrEqualToThreshold']),
    treatMissingData: draw.of(['missing', 'ignore', 'breaching', 'notBreaching']),
    phaseSeconds: draw.of([0, 12, 12, 30, 59]),
  };
}

function steps(draw: Draw, rising: boolean, adjustment: () => number): StepAdjustment[] {
  const bounds = Array.from({ length: draw.whole(0, 3) }, () => draw.whole(1, 400)).sort((a, b) => a - b);
  const edges = [0, ...new Set(bounds)];
  return edges.map((edge, index) => {
    const next = edges[index + 1] ?? null;
    return rising
      ? { lowerBound: edge, upperBound: next, adjustment: adjustment() }
      : { lowerBound: next === null ? null : -next, upperBound: edge === 0 ? 0 : -edge, adjustment: adjustment() };
  });
}

function setup(draw: Draw): ReplaySetup {
  const minSize = draw.whole(0, 3);
  const policies: ReplaySetup['policies'] = [];
  const drive = (rising: boolean, driving: ReplayAlarm) => {
    const adjustmentType = draw.of([
      'ChangeInCapacity',
      'ChangeInCapacity',
      'PercentChangeInCapacity',
      'ExactCapacity',
    ] as const);
    const size = adjustmentType === 'PercentChangeInCapacity' ? () => draw.whole(0, 120) : () => draw.whole(0, 5);
    const adjustment = () => (adjustmentType === 'ExactCapacity' ? draw.whole(0, 12) : rising ? size() : -size());
    policies.push({
      policy: {
        name: `policy-${policies.length}`,
        adjustmentType,
        steps: steps(draw, rising, adjustment),
        minAdjustmentMagnitude:
          adjustmentType === 'PercentChangeInCapacity' && draw.chance(0.5) ? draw.whole(1, 4) : null,
        metricAggregationType: draw.of(['Average', 'Minimum', 'Maximum']),
        estimatedInstanceWarmupSeconds: draw.of([null, 0, 45, 120, 300]),
        enabled: !draw.chance(0.05),
      },
      alarm: driving,
    });
  };
  for (let number = 0; number < draw.whole(1, 2); number++) {
    const driving = drawnAlarm(draw, `high-${number}`, true);
    drive(true, driving);
    if (draw.chance(0.25)) drive(true, driving);
  }
  if (draw.chance(0.9)) drive(false, drawnAlarm(draw, 'low', false));
  return {
    label: 'drawn',
    group: {
      minSize,
      maxSize: minSize + draw.whole(0, 14),
      defaultInstanceWarmupSeconds: draw.of([null, 60, 200]),
      defaultCooldownSeconds: draw.of([0, 90, 300]),
    },
    policies,
  };
}

export function drawn(number: number): ReplayInput {
  const draw = new Draw(seededRandom(number, 'reference'));
  const sent = arrivals(draw);
  const candidate = setup(draw);
  const inService = draw.whole(0, 6);
  return {
    arrivals: sent,
    startSeconds,
    initial: {
      backlog: draw.of([0, 0, 50, 700]),
      oldestAgeSeconds: draw.of([0, 30, 400]),
      inService,
      desired: draw.chance(0.2) ? draw.whole(0, 8) : inService,
      alarmStates: draw.chance(0.3) ? { 'high-0': draw.of(['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) } : {},
    },
    setup: candidate,
    assumptions: {
      throughputPerInstancePerMinute: draw.of([30, 60, 61.7, 145]),
      launchDelaySeconds: draw.whole(0, 260),
      terminateDelaySeconds: draw.whole(0, 120),
      metricDelaySeconds: draw.of([0, 30, 75, 180]),
      evaluationRangeExtra: draw.whole(0, 3),
      ageGoalSeconds: 300,
      pricePerInstanceHourUsd: 0.1,
      arrivalFactor: draw.of([1, 1, 0.8, 2]),
    },
    options: draw.chance(0.3) ? { unpublished: Uint8Array.from(sent, () => Number(draw.chance(0.15))) } : {},
  };
}

/** @returns where two values differ, null when they do not */
export function differs(a: unknown, b: unknown, at = ''): string | null {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
    return Object.is(a, b) ? null : `${at}: ${String(a)} against ${String(b)}`;
  }
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) {
    const found = differs((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name], `${at}.${name}`);
    if (found !== null) return found;
  }
  return null;
}

/** What a run is compared by. */
export function comparable({ columns, decisions, alarmChanges, summary }: ReplayRun) {
  return { columns, decisions, alarmChanges, summary };
}

/** All of a replay at once. */
export function finished(steps: Generator<number, ReplayRun>): ReplayRun {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
