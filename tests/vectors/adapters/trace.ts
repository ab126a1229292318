/**
 * Adapters of trace.*: a trace file through the import, the fluid plant and the yardsticks that users get.
 *
 * A row is a tick, holes are left out, and a tick is one of the plant's minutes, whatever the trace's period.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createTraceReader } from '../../../src/replay/input/index.ts';
import { FluidPlant } from '../../../src/replay/plants/fluid.ts';
import { demandOf } from '../../../src/replay/yardsticks/demand.ts';
import { measureElasticity } from '../../../src/replay/yardsticks/elasticity.ts';
import { type Adapters, adapter, UnfitInput } from '../adapter.ts';

const trace = { file: z.string(), ticks: z.number(), policy: z.string() };

const known = new Map<string, Float64Array>();

/** The rows of a trace in order; each file is read once. */
function rowsOf(file: string, ticks: number): Float64Array {
  let rows = known.get(file);
  if (rows === undefined) {
    const reader = createTraceReader({ file, zone: 'UTC' });
    reader.push(readFileSync(file, 'utf8'));
    rows = reader.finish().trace!.values.filter((value) => !Number.isNaN(value));
    known.set(file, rows);
  }
  if (rows.length !== ticks) throw new UnfitInput(`${file} has ${rows.length} rows, the vector says ${ticks}`);
  return rows;
}

/** Less than a millionth of a message is the rounding of rates per second. */
const HAIR = 1e-6;
const whole = (value: number) => (Math.abs(value - Math.round(value)) < HAIR ? Math.round(value) : value);

function worked(arrivals: Float64Array, capacityPerTick: (tick: number) => number) {
  const plant = new FluidPlant(arrivals, 0, 0);
  let peak = 0;
  let peakTick = 0;
  let sum = 0;
  let withBacklog = 0;
  let oldest = 0;
  let oldestTick = 0;
  for (let tick = 0; tick < arrivals.length; tick++) {
    plant.beginMinute();
    plant.servicePerSecond = capacityPerTick(tick) / 60;
    plant.advance(tick, (tick + 1) * 60);
    plant.endMinute();
    const backlog = whole(plant.backlog);
    sum += backlog;
    if (backlog > 0) withBacklog++;
    if (backlog > peak) [peak, peakTick] = [backlog, tick];
    const age = plant.ageSeconds / 60;
    // Equal to rounding is equal: the first one counts.
    if (age > oldest * (1 + 1e-9)) [oldest, oldestTick] = [age, tick];
  }
  return {
    peak_backlog: peak,
    peak_tick: peakTick,
    final_backlog: whole(plant.backlog),
    sum_backlog: sum,
    ticks_with_backlog: withBacklog,
    max_head_age_ticks: oldest,
    max_head_age_tick: oldestTick,
    total_served: whole(plant.processed),
  };
}

/** The fleets the format names. They are part of the question, not of the answer. */
function supplyOf(policy: string, demand: Float64Array): Float64Array {
  const lag = /^lag-(\d+)$/.exec(policy);
  if (lag !== null) return demand.map((_, tick) => demand[Math.max(0, tick - Number(lag[1]))]!);
  if (policy === 'static-max') return demand.map(() => demand.reduce((most, needed) => Math.max(most, needed)));
  if (policy === 'static-mean-ceil') {
    const mean = Math.ceil(demand.reduce((sum, needed) => sum + needed, 0) / demand.length);
    return demand.map(() => mean);
  }
  const slow = /^up-now-down-(\d+)-by-(\d+)$/.exec(policy);
  if (slow === null) throw new UnfitInput(`unknown fleet "${policy}"`);
  let size = demand[0]!;
  let low = 0;
  return demand.map((needed) => {
    low = needed < size ? low + 1 : 0;
    if (needed > size) size = needed;
    else if (low === Number(slow[1])) {
      size -= Number(slow[2]);
      low = 0;
    }
    return size;
  });
}

export const traceAdapters: Adapters = {
  'trace.fixed-capacity': adapter(
    z.strictObject({ ...trace, params: z.strictObject({ C: z.number() }) }),
    ({ file, ticks, params: { C } }) => worked(rowsOf(file, ticks), () => C),
  ),
  'trace.schedule': adapter(
    z.strictObject({ ...trace, params: z.strictObject({ C_low: z.number(), C_high: z.number(), P: z.number() }) }),
    ({ file, ticks, params: { C_low, C_high, P } }) =>
      worked(rowsOf(file, ticks), (tick) => (tick % P < P / 2 ? C_low : C_high)),
  ),
  'trace.elasticity': adapter(
    z.strictObject({ ...trace, params: z.strictObject({ mu: z.number() }) }),
    ({ file, ticks, policy, params: { mu } }) => {
      const demand = demandOf(rowsOf(file, ticks), { by: 'throughput', throughputPerInstancePerMinute: mu });
      const supply = supplyOf(policy, demand);
      const found = measureElasticity(demand, supply);
      return {
        theta_U_pct: found.thetaUPct,
        theta_O_pct: found.thetaOPct,
        tau_U_pct: found.tauUPct,
        tau_O_pct: found.tauOPct,
        upsilon_pct: found.instabilityPct,
        jitter_per_tick: found.jitterPerTick,
        E_supply: found.supplyChanges,
        E_demand: found.demandChanges,
        direction_reversals: found.reversals,
        instance_ticks: supply.reduce((sum, count) => sum + count, 0),
      };
    },
  ),
};
