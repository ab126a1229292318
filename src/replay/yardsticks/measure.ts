/**
 * Every yardstick of one run, replayed or recorded, from its minute columns.
 *
 * Gathers what the files beside it define; docs/rules/yardsticks.md. Holes: a column that has a NaN counts that minute
 * nowhere it can be left out, and as nothing where a sum needs a number.
 */
import type { ReplayAssumptions, ReplayColumns } from '../../core/contract/shapes.ts';
import { type ClairvoyantInput, clairvoyantSchedule, type ScheduleFigures } from './clairvoyant.ts';
import { type DemandRule, demandOf } from './demand.ts';
import { deviationFromIdeal, type Elasticity, elasticSpeedup, measureElasticity } from './elasticity.ts';
import { arrivalCurve, departureCurve, servedCurve } from './flow.ts';
import { type Lives, livesOfDesired, type Money, measureMoney } from './money.ts';
import { measureSpike, type Spike } from './spike.ts';
import { measureWaits, type Waits } from './waits.ts';

export interface YardstickInput {
  readonly columns: ReplayColumns;
  readonly assumptions: ReplayAssumptions;
  /** Where things stood when the range began. */
  readonly initial: { readonly backlog: number; readonly oldestAgeSeconds: number; readonly inService: number };
  readonly minimumInstances: number;
  /** Messages processed per minute; without them they follow from instances in service and throughput. */
  readonly served?: Float64Array;
  /** Lives of the instances; without them they follow from the desired capacity. */
  readonly lives?: readonly Lives[];
  /** Default: by throughput. */
  readonly demandBy?: DemandRule['by'];
  /** Instances in service of another fleet on the same arrivals, for eta. */
  readonly baseline?: Float64Array;
  /** What the schedule that knew comes to, worked out now or known from before. Default: worked out. */
  readonly schedule?: (input: ClairvoyantInput) => ScheduleFigures;
}

/** The distance from the schedule that knew (YARD-55). */
export interface Regret {
  /** Cost above the clairvoyant schedule's; below 0: cheaper, at the price of late minutes. */
  readonly costUsd: number;
  /** Minutes over the goal; the clairvoyant schedule has none. */
  readonly minutesOverGoal: number;
  readonly clairvoyantCostUsd: number;
  /** No fleet that keeps the goal costs less than this. */
  readonly leastCostUsd: number;
}

export interface Yardsticks {
  readonly demand: Float64Array;
  readonly elasticity: Elasticity;
  /** Deviation from the ideal with p = 2 and with p = the number of its parts (YARD-10). */
  readonly deviation2: number | null;
  readonly deviationN: number | null;
  /** Against the baseline; null when there is none or it is undefined (YARD-09). */
  readonly eta: number | null;
  readonly waits: Waits;
  readonly money: Money;
  /** Null when nothing ever waited. */
  readonly spike: Spike | null;
  readonly clairvoyant: ScheduleFigures;
  readonly regret: Regret;
}

/** Parts of the deviation without late messages. */
const PARTS = 5;

export function measureYardsticks(input: YardstickInput): Yardsticks {
  const { columns, assumptions, initial, minimumInstances } = input;
  const { throughputPerInstancePerMinute, ageGoalSeconds, pricePerInstanceHourUsd } = assumptions;
  const minutes = columns.times.length;
  const arrivals = knownTimes(columns.arrivals, 1);
  const demand = demandOf(columns.arrivals, {
    by: input.demandBy ?? 'throughput',
    throughputPerInstancePerMinute,
    ageGoalSeconds,
    minimum: Math.max(1, minimumInstances),
  });
  const elasticity = measureElasticity(demand, columns.inService);
  const departures =
    input.served === undefined
      ? departureCurve(arrivals, knownTimes(columns.inService, throughputPerInstancePerMinute), initial.backlog)
      : servedCurve(input.served);
  const waits = measureWaits(
    arrivalCurve(arrivals, initial.backlog, initial.oldestAgeSeconds),
    departures,
    minutes * 60,
    ageGoalSeconds,
  );
  const money = measureMoney({
    lives: input.lives ?? livesOfDesired(columns.desired, initial.inService, assumptions.terminateDelaySeconds),
    rangeSeconds: minutes * 60,
    processed: departures.messages.at(-1) ?? 0,
    throughputPerInstancePerMinute,
    pricePerInstanceHourUsd,
  });
  const clairvoyant = (input.schedule ?? clairvoyantSchedule)({
    arrivals,
    initialBacklog: initial.backlog,
    initialOldestAgeSeconds: initial.oldestAgeSeconds,
    throughputPerInstancePerMinute,
    ageGoalSeconds,
    launchDelaySeconds: assumptions.launchDelaySeconds,
    terminateDelaySeconds: assumptions.terminateDelaySeconds,
    initialInstances: initial.inService,
    minimumInstances,
  });
  const priced = (seconds: number) => (seconds / 3600) * pricePerInstanceHourUsd;
  return {
    demand,
    elasticity,
    deviation2: deviationFromIdeal(elasticity, 2),
    deviationN: deviationFromIdeal(elasticity, PARTS),
    eta: input.baseline === undefined ? null : elasticSpeedup(elasticity, measureElasticity(demand, input.baseline)),
    waits,
    money,
    spike: measureSpike({ backlog: columns.backlog, inService: columns.inService, demand }),
    clairvoyant,
    regret: {
      costUsd: money.costUsd - priced(clairvoyant.paidSeconds),
      minutesOverGoal: waits.minutesOverGoal,
      clairvoyantCostUsd: priced(clairvoyant.paidSeconds),
      leastCostUsd: priced(clairvoyant.leastPaidSeconds),
    },
  };
}

/** A column times a factor, unknown minutes as nothing. By index: `map` takes thrice as long. */
function knownTimes(column: Float64Array, factor: number): Float64Array {
  const { length } = column;
  const known = new Float64Array(length);
  for (let minute = 0; minute < length; minute++) {
    const value = column[minute]!;
    known[minute] = Number.isNaN(value) ? 0 : value * factor;
  }
  return known;
}
