/** Figures of merit: src/replay/yardsticks. */
import { z } from 'zod';
import {
  deviationFromIdeal,
  type Elasticity,
  elasticSpeedup,
  measureElasticity,
} from '../../../../src/replay/yardsticks/elasticity.ts';
import { type Expected, type Outcome, UnfitInput } from '../../adapter.ts';
import { mean, read } from './params.ts';

const table = z.strictObject({
  demand: z.array(z.number()).min(1),
  supply: z.array(z.number()).min(1),
  /** Every tick is as long as the others, so its length cancels. */
  dt_min: z.number().positive().optional(),
});

function ofTable(params: unknown, expected: Expected): Outcome {
  const { demand, supply } = read(table, params);
  const found = measureElasticity(demand, supply);
  const deviations = Object.keys(expected).flatMap((field) => {
    const match = /^deviation_p(\d+)$/.exec(field);
    return match === null ? [] : [[field, deviationFromIdeal(found, Number(match[1]))] as const];
  });
  return {
    ...Object.fromEntries(deviations),
    theta_U_pct: found.thetaUPct,
    theta_O_pct: found.thetaOPct,
    tau_U_pct: found.tauUPct,
    tau_O_pct: found.tauOPct,
    upsilon_pct: found.instabilityPct,
    jitter_per_tick: found.jitterPerTick,
    E_supply: found.supplyChanges,
    E_demand: found.demandChanges,
    a_U_units: found.aUInstances,
    a_O_units: found.aOInstances,
    direction_reversals: found.reversals,
  };
}

/** The other vector's table, or, where the file does not have it, a fleet held at the mean demand, whole instances. */
function speedup(params: unknown): Outcome {
  const { baseline, autoscaler } = read(
    z.strictObject({ baseline: z.union([table, z.string().regex(/static-mean$/)]), autoscaler: table }),
    params,
  );
  const still = () => autoscaler.demand.map(() => Math.round(mean(autoscaler.demand)));
  const measured: Elasticity =
    typeof baseline === 'string'
      ? measureElasticity(autoscaler.demand, still())
      : measureElasticity(baseline.demand, baseline.supply);
  return { eta: elasticSpeedup(measureElasticity(autoscaler.demand, autoscaler.supply), measured) };
}

/** @throws UnfitInput for parameters of no known metric */
export function metric(params: Readonly<Record<string, unknown>>, expected: Expected): Outcome {
  if ('demand' in params) return ofTable(params, expected);
  if ('autoscaler' in params) return speedup(params);
  throw new UnfitInput(`no metric has the parameters ${Object.keys(params).join(', ')}`);
}
