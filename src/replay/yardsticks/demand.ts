/**
 * Demand: the instances that were needed in each minute, from the arrivals and the goal alone.
 *
 * Never from the recorded fleet: that already contains the old policy's reaction (YARD-11). Pure.
 */
import { serversForWait } from '../../core/queueing/index.ts';

export interface DemandRule {
  /**
   * 'throughput': enough to process a minute's arrivals within that minute (YARD-12).
   * 'chance': enough that the share `percentile` of messages waits no longer than the age goal while arrivals come by
   * chance at the minute's rate (Erlang C, YARD-13).
   */
  readonly by: 'throughput' | 'chance';
  readonly throughputPerInstancePerMinute: number;
  /** Needed even when nothing arrives; the group's minimum, as a rule. Default 1. */
  readonly minimum?: number;
  /** For 'chance'. */
  readonly ageGoalSeconds?: number;
  /** For 'chance'; above 0 and below 1. Default 0.95. */
  readonly percentile?: number;
}

/**
 * @param arrivals messages per minute; NaN gives NaN: nothing is known of that minute
 * @returns whole instances per minute
 * @throws RangeError for a throughput that is not above 0, or a missing goal
 */
export function demandOf(arrivals: ArrayLike<number>, rule: DemandRule): Float64Array {
  const { throughputPerInstancePerMinute: throughput, minimum = 1 } = rule;
  if (!(throughput > 0)) throw new RangeError(`throughput per instance is ${throughput}, expected a number above 0`);
  const needed = rule.by === 'throughput' ? (rate: number) => Math.ceil(rate / throughput) : neededByChance(rule);
  const demand = new Float64Array(arrivals.length);
  for (let minute = 0; minute < demand.length; minute++) {
    const rate = arrivals[minute]!;
    demand[minute] = Number.isNaN(rate) ? Number.NaN : Math.max(minimum, needed(rate));
  }
  return demand;
}

/** Traces repeat their counts, and the formula walks up to the answer: each rate is worked out once. */
function neededByChance(rule: DemandRule): (rate: number) => number {
  const { throughputPerInstancePerMinute, ageGoalSeconds, percentile = 0.95 } = rule;
  if (ageGoalSeconds === undefined || !(ageGoalSeconds >= 0)) {
    throw new RangeError(`demand by chance needs an age goal in seconds, got ${ageGoalSeconds}`);
  }
  const perSecond = throughputPerInstancePerMinute / 60;
  const goal = { waitSeconds: ageGoalSeconds, share: percentile };
  const known = new Map<number, number>();
  return (rate) => {
    if (rate <= 0) return 0;
    let servers = known.get(rate);
    if (servers === undefined) {
      servers = serversForWait(rate / 60, perSecond, goal);
      known.set(rate, servers);
    }
    return servers;
  };
}
