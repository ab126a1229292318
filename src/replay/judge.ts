/**
 * How good a replayed run was and what went wrong in it, as the contract tells it.
 *
 * Joins yardsticks and antipatterns on one demand; both are defined in folders of their own. Waits are those of a flow at the
 * fleet's capacity (YARD-20), whichever plant ran.
 */
import { costUsd } from '../core/capacity/billing.ts';
import type { Judgement, ReplayAssumptions, ReplayRun } from '../core/contract/shapes.ts';
import { antipatternInputOf, type Finding, findAntipatterns } from './antipatterns/index.ts';
import { mostConcurrency } from './scalers/lambda.ts';
import type { ReplayStart } from './types.ts';
import { measureYardsticks, type YardstickInput } from './yardsticks/index.ts';

/**
 * @param baseline instances in service of the recorded fleet per minute, for eta (YARD-09); without it eta is null
 * @param schedule knows what earlier runs on the same arrivals were held against (YARD-55)
 */
export function judgeRun(
  run: Pick<ReplayRun, 'columns' | 'setup'>,
  assumptions: ReplayAssumptions,
  initial: Pick<ReplayStart, 'backlog' | 'oldestAgeSeconds' | 'inService'>,
  baseline?: Float64Array,
  schedule?: YardstickInput['schedule'],
): Judgement {
  const { columns, setup } = run;
  const { demand, elasticity, eta, deviation2, waits, spike, money, regret } = measureYardsticks({
    columns,
    assumptions,
    initial: { ...initial, oldestAgeSeconds: initial.oldestAgeSeconds ?? 0 },
    minimumInstances: setup.group.minSize,
    ...(baseline === undefined ? {} : { baseline }),
    ...(schedule === undefined ? {} : { schedule }),
  });
  const startMs = (columns.times[0] ?? 0) * 1000;
  const { thetaUPct, thetaOPct, tauUPct, tauOPct, instabilityPct, jitterPerTick, reversals } = elasticity;
  const { p50Seconds, p95Seconds, p99Seconds, maxSeconds, lateMessages, lateShare, unfinished } = waits;
  const { costPerMillionMessagesUsd, wasteShare, livesUnder10Minutes } = money;
  const judged: Judgement = {
    elasticity: {
      thetaUPct,
      thetaOPct,
      tauUPct,
      tauOPct,
      instabilityPct,
      jitterPerTick,
      reversals,
      eta,
      deviation: deviation2,
    },
    waits: { p50Seconds, p95Seconds, p99Seconds, maxSeconds, lateMessages, lateShare, unfinished },
    spike: spike && {
      drainMinutes: spike.drainMinutes,
      firstNewInstanceMinutes: spike.firstNewInstanceMinutes,
      overshootInstances: spike.overshootInstances,
    },
    money: { costPerMillionMessagesUsd, wasteShare, livesUnder10Minutes },
    regret: {
      costUsd: regret.costUsd,
      clairvoyantCostUsd: regret.clairvoyantCostUsd,
      leastCostUsd: regret.leastCostUsd,
    },
    antipatterns: antipatternsOf(run, assumptions, demand).map(
      ({ antipattern, rule, minutes, stretches, change, params }) => ({
        antipattern,
        rule,
        minutes,
        stretches: stretches.map(({ fromMinute, toMinute }) => ({
          fromMs: startMs + fromMinute * 60_000,
          toMs: startMs + toMinute * 60_000,
        })),
        change,
        params: { ...params },
      }),
    ),
  };
  return setup.scaler?.kind === 'lambda' ? ofFunction(judged, assumptions) : judged;
}

/** A function has no fleet: what is told of one is undefined, and each message costs its own work and nothing else (YARD-56). */
function ofFunction(judged: Judgement, assumptions: ReplayAssumptions): Judgement {
  const { throughputPerInstancePerMinute, pricePerInstanceHourUsd } = assumptions;
  const perMessageUsd = costUsd(60 / throughputPerInstancePerMinute, pricePerInstanceHourUsd);
  return {
    ...judged,
    elasticity: {
      thetaUPct: null,
      thetaOPct: null,
      tauUPct: null,
      tauOPct: null,
      instabilityPct: null,
      jitterPerTick: null,
      reversals: null,
      eta: null,
      deviation: null,
    },
    spike: judged.spike && { ...judged.spike, firstNewInstanceMinutes: null, overshootInstances: null },
    money: {
      costPerMillionMessagesUsd: judged.money.costPerMillionMessagesUsd === null ? null : perMessageUsd * 1e6,
      wasteShare: null,
      livesUnder10Minutes: null,
    },
    regret: null,
  };
}

function antipatternsOf(
  run: Pick<ReplayRun, 'columns' | 'setup'>,
  assumptions: ReplayAssumptions,
  demand: Float64Array,
): Finding[] {
  const input = antipatternInputOf(run, assumptions, demand);
  const { scaler } = run.setup;
  if (scaler?.kind !== 'lambda') return findAntipatterns(input);
  // A function's batches come and go at once: swings of them are how it works. What it can be is held at its maximum.
  const maxSize = Math.min(input.maxSize, mostConcurrency(scaler));
  return findAntipatterns({ ...input, maxSize }).filter(({ antipattern }) => antipattern === 'clippedAtMax');
}
