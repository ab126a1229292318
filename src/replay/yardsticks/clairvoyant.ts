/**
 * A schedule that knew the trace and the launch delay: what the age goal costs when nothing comes as a surprise.
 *
 * Three passes (YARD-50 to YARD-55): the steadiest rate of work between "everything that has come" and "everything that is
 * due" (a taut string); from the end backward, how far the work must have come; from the start forward, the fewest whole
 * instances that stay ahead of that. Then instances are kept where sending them away would cost more. Pure; minutes.
 */

export interface ClairvoyantInput {
  /** Messages per minute, no NaN. */
  readonly arrivals: ArrayLike<number>;
  readonly initialBacklog: number;
  readonly initialOldestAgeSeconds: number;
  readonly throughputPerInstancePerMinute: number;
  /** Whole minutes of it are used; below a minute, each minute's work is done in that minute. */
  readonly ageGoalSeconds: number;
  readonly launchDelaySeconds: number;
  readonly terminateDelaySeconds: number;
  readonly initialInstances: number;
  readonly minimumInstances: number;
}

/** What a schedule comes to. */
export interface ScheduleFigures {
  readonly launches: number;
  readonly terminations: number;
  /** Paid time: in service, starting up, going away. */
  readonly paidSeconds: number;
  /** No fleet of whole instances that keeps the goal is paid for less than this (YARD-54). */
  readonly leastPaidSeconds: number;
}

export interface Clairvoyant extends ScheduleFigures {
  /** Instances in service per minute. */
  readonly instances: Float64Array;
}

/** Cumulative counts at the minutes' ends; index 0 is the start. */
interface Corridor {
  /** What must have been processed. */
  readonly due: Float64Array;
  /** What can have been processed. */
  readonly come: Float64Array;
}

/** Share of a message that is rounding. */
const HAIR = 1e-7;

export function clairvoyantSchedule(input: ClairvoyantInput): Clairvoyant {
  const minutes = input.arrivals.length;
  const corridor = corridorOf(input);
  const perInstance = input.throughputPerInstancePerMinute;
  const steady = tautString(corridor);
  const instances = wholeInstances(corridor, steady, perInstance, input.minimumInstances);
  const startUpMinutes = (input.launchDelaySeconds + input.terminateDelaySeconds) / 60;
  keepThroughShortGaps(instances, input.initialInstances, startUpMinutes);
  let launches = 0;
  let terminations = 0;
  let inService = 0;
  let before = input.initialInstances;
  for (let minute = 0; minute < minutes; minute++) {
    const now = instances[minute]!;
    if (now > before) launches += now - before;
    else terminations += before - now;
    inService += now;
    before = now;
  }
  const paid = (minutesInService: number, launched: number, gone: number) =>
    minutesInService * 60 + launched * input.launchDelaySeconds + gone * input.terminateDelaySeconds;
  return {
    instances,
    launches,
    terminations,
    paidSeconds: paid(inService, launches, terminations),
    leastPaidSeconds: paid(
      leastInstanceMinutes(corridor, perInstance, input.minimumInstances),
      Math.max(0, Math.ceil(largest(steady) / perInstance - HAIR) - input.initialInstances),
      0,
    ),
  };
}

/** A message is due one goal after it came; what waits at the start came evenly over the age of its oldest (REP-13). */
function corridorOf(input: ClairvoyantInput): Corridor {
  const { arrivals, initialBacklog, initialOldestAgeSeconds, ageGoalSeconds } = input;
  const minutes = arrivals.length;
  const goalMinutes = Math.floor(ageGoalSeconds / 60);
  const come = new Float64Array(minutes + 1);
  const due = new Float64Array(minutes + 1);
  come[0] = initialBacklog;
  for (let minute = 0; minute < minutes; minute++) come[minute + 1] = come[minute]! + arrivals[minute]!;
  for (let end = 1; end <= minutes; end++) {
    if (end >= goalMinutes) {
      due[end] = come[end - goalMinutes]!;
      continue;
    }
    // The oldest are due first: at `end`, those that had waited longer than the rest of the goal at the start.
    const spare = (goalMinutes - end) * 60;
    const old = initialOldestAgeSeconds > spare ? 1 - spare / initialOldestAgeSeconds : 0;
    due[end] = initialBacklog * old;
  }
  return { due, come };
}

/**
 * The shortest way through the corridor from (0, 0) to what is due at the end: of all rates of work that keep the goal and
 * never run dry it rises and falls least, and its highest rate is the lowest possible one.
 *
 * @returns work per minute
 */
function tautString({ due, come }: Corridor): Float64Array {
  const last = due.length - 1;
  const rates = new Float64Array(last);
  const top = (end: number) => (end === last ? due[end]! : come[end]!);
  let knot = 0;
  let height = 0;
  while (knot < last) {
    let end = knot + 1;
    let fixed = -1;
    let fixedHeight = 0;
    const slope = (at: number, value: number) => (value - height) / (at - knot);
    // Seen from the knot: no slower than the dates ask, no faster than messages come. Where the two cross, the string bends.
    let least = Number.NEGATIVE_INFINITY;
    let leastAt = -1;
    let most = Number.POSITIVE_INFINITY;
    let mostAt = -1;
    for (; end <= last; end++) {
      const toDue = slope(end, due[end]!);
      const toCome = slope(end, top(end));
      if (toDue > most) {
        fixed = mostAt;
        fixedHeight = top(mostAt);
        break;
      }
      if (toCome < least) {
        fixed = leastAt;
        fixedHeight = due[leastAt]!;
        break;
      }
      if (toDue >= least) {
        least = toDue;
        leastAt = end;
      }
      if (toCome <= most) {
        most = toCome;
        mostAt = end;
      }
    }
    if (fixed < 0) {
      fixed = last;
      fixedHeight = due[last]!;
    }
    const rate = (fixedHeight - height) / (fixed - knot);
    rates.fill(rate, knot, fixed);
    knot = fixed;
    height = fixedHeight;
  }
  return rates;
}

/** Fewest whole instances, never more than the steady rate rounded up, that keep every date. */
function wholeInstances(
  { due, come }: Corridor,
  steady: Float64Array,
  perInstance: number,
  minimum: number,
): Float64Array {
  const minutes = steady.length;
  const ceiling = steady.map((rate) => Math.max(minimum, Math.ceil(rate / perInstance - HAIR)));
  // Backward: how far the work must have come so that the ceiling suffices for the rest.
  const must = new Float64Array(minutes + 1);
  must[minutes] = due[minutes]!;
  for (let end = minutes - 1; end >= 0; end--) {
    must[end] = Math.max(due[end]!, must[end + 1]! - ceiling[end]! * perInstance);
  }
  // Forward: stay with one instance less as long as the dates allow it.
  const instances = new Float64Array(minutes);
  let done = 0;
  for (let minute = 0; minute < minutes; minute++) {
    const required = must[minute + 1]! - done;
    const fewest = Math.ceil(required / perInstance - HAIR);
    const floor = Math.max(minimum, Math.floor(steady[minute]! / perInstance + HAIR));
    // Without enough work for the floor the rest would idle.
    const useful = Math.ceil((come[minute + 1]! - done) / perInstance - HAIR);
    const now = Math.max(minimum, fewest, Math.min(floor, useful));
    instances[minute] = now;
    done = Math.min(come[minute + 1]!, done + now * perInstance);
  }
  return instances;
}

/** An instance that is needed again before starting another would have paid off stays (level by level, in place). */
function keepThroughShortGaps(instances: Float64Array, initial: number, startUpMinutes: number): void {
  const highest = Math.max(initial, largest(instances));
  // Last minute in which each level was in use; before the range, the instances that are there.
  const usedAt = new Float64Array(highest + 1).fill(Number.NEGATIVE_INFINITY);
  for (let level = 1; level <= initial; level++) usedAt[level] = -1;
  let before = initial;
  for (let minute = 0; minute < instances.length; minute++) {
    const now = instances[minute]!;
    for (let level = before + 1; level <= now; level++) {
      const gap = minute - usedAt[level]! - 1;
      if (gap > startUpMinutes) continue;
      for (let idle = minute - gap; idle < minute; idle++) if (instances[idle]! < level) instances[idle] = level;
    }
    for (let level = now + 1; level <= before; level++) usedAt[level] = minute - 1;
    before = now;
  }
}

/** The exact least number of instance-minutes, launches left aside: as late and as little as each date allows. */
function leastInstanceMinutes({ due, come }: Corridor, perInstance: number, minimum: number): number {
  let done = 0;
  let total = 0;
  for (let end = 1; end < due.length; end++) {
    const now = Math.max(minimum, Math.ceil((due[end]! - done) / perInstance - HAIR));
    total += now;
    done = Math.min(come[end]!, done + now * perInstance);
  }
  return total;
}

function largest(column: ArrayLike<number>): number {
  let most = 0;
  for (let index = 0; index < column.length; index++) if (column[index]! > most) most = column[index]!;
  return most;
}
