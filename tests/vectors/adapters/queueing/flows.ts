/** Flows: the fluid plant that users get, and the closed forms it must agree with. */
import { z } from 'zod';
import { drain, sinusoidalOverload, stepResponse, triangularOverload } from '../../../../src/core/queueing/index.ts';
import { FluidPlant } from '../../../../src/replay/plants/fluid.ts';
import { type Outcome, UnfitInput } from '../../adapter.ts';
import { read } from './params.ts';

const amount = z.number().nonnegative();
const rate = z.number().positive();

/** Capacity in messages per minute from an instant on. */
type Capacity = readonly (readonly [fromMinute: number, perMinute: number])[];

/** Run the plant until `minutes` are over. @returns the area under the backlog, message-minutes */
function run(plant: FluidPlant, minutes: number, capacity: Capacity): number {
  let area = 0;
  for (let minute = 0; minute < minutes; minute++) {
    plant.beginMinute();
    for (const [index, [from, perMinute]] of capacity.entries()) {
      const until = Math.min(minute + 1, capacity[index + 1]?.[0] ?? minute + 1);
      if (until <= minute || from >= minute + 1) continue;
      plant.servicePerSecond = perMinute / 60;
      plant.advance(minute, until * 60);
    }
    area += plant.minuteBacklogSeconds / 60;
  }
  return area;
}

/** @throws Error when the plant and the closed form differ by more than a share */
function agree(name: string, plant: number, closed: number, share = 1e-9): void {
  if (Math.abs(plant - closed) > share * Math.max(1, Math.abs(closed))) {
    throw new Error(`${name}: the plant gives ${plant}, the closed form ${closed}`);
  }
}

const drainShape = z.strictObject({ B0: amount, lambda_per_min: amount, mu_per_inst_per_min: rate, c: amount });

function draining(params: unknown): Outcome {
  const { B0, lambda_per_min, mu_per_inst_per_min, c } = read(drainShape, params);
  const capacity = c * mu_per_inst_per_min;
  const closed = drain(B0, lambda_per_min, capacity);
  const minutes = Math.ceil(closed.drainTime) + 1;
  if (Number.isFinite(minutes)) {
    const plant = new FluidPlant(new Float64Array(minutes).fill(lambda_per_min), B0, 0);
    agree('area_msg_min', run(plant, minutes, [[0, capacity]]), closed.area);
    agree('drain_min', plant.drainedAtSeconds / 60, closed.drainTime);
  }
  return {
    net_per_min: closed.netRate,
    drain_min: closed.drainTime,
    area_msg_min: closed.area,
    mean_backlog_over_drain: closed.meanBacklog,
  };
}

const stepShape = z.strictObject({
  lambda_before_per_min: amount,
  lambda_after_per_min: amount,
  mu_per_inst_per_min: rate,
  c0: amount,
  detection_min: amount,
  warmup_min: amount,
  added: amount,
  note: z.string().optional(),
});

function step(params: unknown): Outcome {
  const told = read(stepShape, params);
  const before = told.c0 * told.mu_per_inst_per_min;
  const after = (told.c0 + told.added) * told.mu_per_inst_per_min;
  if (told.lambda_before_per_min > before) throw new UnfitInput('params.c0: the queue is not empty before the step');
  const reaction = told.detection_min + told.warmup_min;
  const closed = stepResponse(told.lambda_after_per_min, before, after, reaction);
  const minutes = Math.ceil(closed.overloadTime) + 1;
  if (Number.isFinite(minutes)) {
    const plant = new FluidPlant(new Float64Array(minutes).fill(told.lambda_after_per_min), 0, 0);
    const area = run(plant, minutes, [
      [0, before],
      [reaction, after],
    ]);
    agree('area_msg_min', area, closed.area);
    agree('peak_backlog', plant.peakBacklog, closed.peakBacklog);
    agree('max_head_age_min', plant.worstAgeSeconds / 60, closed.maxHeadAge);
    if (closed.peakBacklog > 0) agree('total_overload_min', plant.drainedAtSeconds / 60, closed.overloadTime);
  }
  return {
    peak_backlog: closed.peakBacklog,
    t_peak_min: closed.peakTime,
    drain_after_peak_min: closed.drainAfterPeak,
    total_overload_min: closed.overloadTime,
    area_msg_min: closed.area,
    max_head_age_min: closed.maxHeadAge,
    msgs_delayed: closed.delayed,
    mean_wait_of_delayed_min: closed.meanWaitOfDelayed,
  };
}

const sinusShape = z.strictObject({
  mean_per_min: rate,
  amp_per_min: rate,
  period_min: rate,
  capacity_per_min: rate,
});
const triangleShape = z.strictObject({
  base_per_min: amount,
  peak_per_min: rate,
  rise_min: rate,
  fall_min: rate,
  capacity_per_min: rate,
});

/** @param sentBy messages sent from the start until a minute; the plant gets the difference of each minute */
function wave(found: ReturnType<typeof sinusoidalOverload>, sentBy: (minute: number) => number, capacity: number) {
  if (found === null) throw new UnfitInput('params.capacity_per_min: never exceeded, or below what comes on average');
  const minutes = Math.ceil(found.emptyTime) + 1;
  const arrivals = Float64Array.from({ length: minutes }, (_, minute) => sentBy(minute + 1) - sentBy(minute));
  const plant = new FluidPlant(arrivals, 0, 0);
  // The plant takes each minute's arrivals as even, so a curve is followed to the minute only.
  agree('area_msg_min', run(plant, minutes, [[0, capacity]]), found.area, 1e-3);
  agree('peak_backlog', plant.peakBacklog, found.peakBacklog, 1e-3);
  agree('t_empty', plant.drainedAtSeconds / 60, found.emptyTime, 1e-3);
  return {
    t_start: found.startTime,
    t_peak: found.peakTime,
    peak_backlog: found.peakBacklog,
    t_empty: found.emptyTime,
    busy_overload: found.overloadTime,
    area_msg_min: found.area,
    util: found.utilization,
  };
}

function sinus(params: unknown): Outcome {
  const { mean_per_min, amp_per_min, period_min, capacity_per_min } = read(sinusShape, params);
  const omega = (2 * Math.PI) / period_min;
  return wave(
    sinusoidalOverload(mean_per_min, amp_per_min, period_min, capacity_per_min),
    (minute) => mean_per_min * minute + (amp_per_min / omega) * (1 - Math.cos(omega * minute)),
    capacity_per_min,
  );
}

function triangle(params: unknown): Outcome {
  const { base_per_min, peak_per_min, rise_min, fall_min, capacity_per_min } = read(triangleShape, params);
  const height = peak_per_min - base_per_min;
  const above = (minute: number): number => {
    const rising = Math.min(minute, rise_min);
    const falling = Math.min(Math.max(0, minute - rise_min), fall_min);
    return (height * rising ** 2) / (2 * rise_min) + height * falling - (height * falling ** 2) / (2 * fall_min);
  };
  return wave(
    triangularOverload(base_per_min, peak_per_min, rise_min, fall_min, capacity_per_min),
    (minute) => base_per_min * minute + above(minute),
    capacity_per_min,
  );
}

const tableShape = z.strictObject({
  arrivals: z.array(amount).min(1),
  capacity: z.array(amount).min(1),
  B0: amount,
  tick: z.literal('1 min'),
});

/** A table of minutes, through the plant alone. */
export function minuteTable(params: unknown): Outcome {
  const { arrivals, capacity, B0 } = read(tableShape, params);
  if (capacity.length !== arrivals.length) throw new UnfitInput('params.capacity: not one per minute of arrivals');
  const plant = new FluidPlant(Float64Array.from(arrivals), B0, 0);
  const minutes = arrivals.map((_, minute) => {
    plant.beginMinute();
    plant.servicePerSecond = capacity[minute]! / 60;
    plant.advance(minute, minute * 60 + 60);
    return { backlog: plant.backlog, served: plant.minuteProcessed, age: plant.ageSeconds / 60 };
  });
  return {
    backlog_end: minutes.map(({ backlog }) => backlog),
    served: minutes.map(({ served }) => served),
    head_age_min: minutes.map(({ age }) => age),
    total_served: plant.processed,
    sum_backlog: minutes.reduce((sum, { backlog }) => sum + backlog, 0),
    peak_backlog: Math.max(...minutes.map(({ backlog }) => backlog)),
  };
}

/** Which flow it is, its parameters tell. */
const flows: readonly (readonly [parameter: string, run: (params: unknown) => Outcome])[] = [
  ['B0', draining],
  ['c0', step],
  ['amp_per_min', sinus],
  ['rise_min', triangle],
];

/** @throws UnfitInput for parameters of no known flow; Error when the plant contradicts the closed form */
export function flow(params: Readonly<Record<string, unknown>>): Outcome {
  if ('arrivals' in params) return minuteTable(params);
  const known = flows.find(([parameter]) => parameter in params);
  if (known === undefined) throw new UnfitInput(`no flow has the parameters ${Object.keys(params).join(', ')}`);
  return known[1](params);
}
