/**
 * Elasticity of a fleet: how closely instances in service followed the instances that were needed.
 *
 * The metrics of the SPEC research group's line of work on elasticity, as docs/rules/yardsticks.md defines them (YARD-01 to
 * YARD-09). One value per tick; a tick is as long as the caller's column says. Not here: what was needed (demand.ts).
 */

/** Percentages are 0 to 100 and may exceed 100 for over-provisioning; every one is 0 for a perfect fleet. */
export interface Elasticity {
  /** Ticks with both a demand and a supply; the others count nowhere. */
  readonly ticks: number;
  /** Missing instances as a share of demand, mean over time, percent (YARD-01). Null without ticks. */
  readonly thetaUPct: number | null;
  /** Idle instances as a share of demand, mean over time, percent (YARD-02). Null without ticks, or with supply where demand is 0. */
  readonly thetaOPct: number | null;
  /** Share of time with too few instances, percent (YARD-03). Null without ticks. */
  readonly tauUPct: number | null;
  /** Share of time with too many, percent (YARD-04). Null without ticks. */
  readonly tauOPct: number | null;
  /** Share of steps at which supply and demand moved in different directions, percent (YARD-05). Null without steps. */
  readonly instabilityPct: number | null;
  /** Changes of supply less changes of demand, per tick: below 0 sluggish, above 0 nervous (YARD-06). Null without ticks. */
  readonly jitterPerTick: number | null;
  /** Missing instances, mean over time (YARD-07). Null without ticks. */
  readonly aUInstances: number | null;
  /** Idle instances, mean over time (YARD-07). Null without ticks. */
  readonly aOInstances: number | null;
  readonly supplyChanges: number;
  readonly demandChanges: number;
  /** Changes of supply that go the other way than the change before (YARD-08). */
  readonly reversals: number;
}

/**
 * @param demand instances needed in each tick, from the arrivals and the goal; NaN: unknown
 * @param supply instances in service in each tick (launching ones are paid, not supply); NaN: unknown
 * @throws RangeError when the columns differ in length
 */
export function measureElasticity(demand: ArrayLike<number>, supply: ArrayLike<number>): Elasticity {
  if (demand.length !== supply.length) {
    throw new RangeError(`demand has ${demand.length} ticks, supply ${supply.length}; expected as many of each`);
  }
  let ticks = 0;
  let steps = 0;
  let thetaU = 0;
  let thetaO = 0;
  let tauU = 0;
  let tauO = 0;
  let aU = 0;
  let aO = 0;
  let differing = 0;
  let supplyChanges = 0;
  let demandChanges = 0;
  let reversals = 0;
  let direction = 0;
  let demandBefore = Number.NaN;
  let supplyBefore = Number.NaN;
  for (let tick = 0; tick < demand.length; tick++) {
    const d = demand[tick]!;
    const s = supply[tick]!;
    if (Number.isNaN(d) || Number.isNaN(s)) {
      demandBefore = Number.NaN;
      continue;
    }
    ticks++;
    if (d > s) {
      tauU++;
      aU += d - s;
      thetaU += (d - s) / d;
    } else if (s > d) {
      tauO++;
      aO += s - d;
      // Infinite for a demand of 0: reported as undefined below.
      thetaO += (s - d) / d;
    }
    if (!Number.isNaN(demandBefore)) {
      steps++;
      const demandMoved = Math.sign(d - demandBefore);
      const supplyMoved = Math.sign(s - supplyBefore);
      if (demandMoved !== supplyMoved) differing++;
      if (demandMoved !== 0) demandChanges++;
      if (supplyMoved !== 0) {
        supplyChanges++;
        if (direction === -supplyMoved) reversals++;
        direction = supplyMoved;
      }
    }
    demandBefore = d;
    supplyBefore = s;
  }
  const perTick = (sum: number): number | null => (ticks === 0 || !Number.isFinite(sum) ? null : sum / ticks);
  return {
    ticks,
    thetaUPct: perTick(100 * thetaU),
    thetaOPct: perTick(100 * thetaO),
    tauUPct: perTick(100 * tauU),
    tauOPct: perTick(100 * tauO),
    instabilityPct: steps === 0 ? null : (100 * differing) / steps,
    jitterPerTick: perTick(supplyChanges - demandChanges),
    aUInstances: perTick(aU),
    aOInstances: perTick(aO),
    supplyChanges,
    demandChanges,
    reversals,
  };
}

/**
 * Elastic speed-up over a baseline: the geometric mean of baseline / policy over theta_U, theta_O, tau_U and tau_O (YARD-09).
 *
 * @returns above 1 is better than the baseline; null when a factor of either is 0 or undefined. Never clipped: a policy
 *          that is perfect in one respect has no such mean, and saying "n/a" is honest.
 */
export function elasticSpeedup(policy: Elasticity, baseline: Elasticity): number | null {
  let logarithm = 0;
  for (const factor of ['thetaUPct', 'thetaOPct', 'tauUPct', 'tauOPct'] as const) {
    const ours = policy[factor];
    const theirs = baseline[factor];
    if (ours === null || theirs === null || ours === 0 || theirs === 0) return null;
    logarithm += Math.log(theirs / ours);
  }
  return Math.exp(logarithm / 4);
}

/**
 * Distance from the ideal fleet: the p-norm of theta_U, theta_O, tau_U, tau_O and instability, and of a share of late
 * messages where one is given, all in percent (YARD-10).
 *
 * @param p at least 1; 2 is the usual distance, the number of metrics the other customary choice
 * @returns 0 for the ideal; null when one of them is undefined
 */
export function deviationFromIdeal(of: Elasticity, p: number, latePct?: number): number | null {
  const parts = [
    of.thetaUPct,
    of.thetaOPct,
    of.tauUPct,
    of.tauOPct,
    of.instabilityPct,
    ...(latePct === undefined ? [] : [latePct]),
  ];
  let sum = 0;
  for (const part of parts) {
    if (part === null) return null;
    sum += part ** p;
  }
  return sum ** (1 / p);
}
