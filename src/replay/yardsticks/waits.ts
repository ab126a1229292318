/**
 * How long messages waited, and how long the queue's head was older than the goal, from two cumulative curves.
 *
 * Exact for piecewise-constant rates: between knots waits change in a straight line, so shares and percentiles are those of
 * stretches, weighted by message (YARD-20 to YARD-25). Not here: the curves (flow.ts).
 */
import type { Curve } from './flow.ts';

export interface Waits {
  /** Messages that arrived, those of the start included. */
  readonly messages: number;
  /** Of them still waiting at the end; they count with the wait they have by then, which is less than theirs will be. */
  readonly unfinished: number;
  /** Null without messages, like every figure below that is one of messages. */
  readonly meanSeconds: number | null;
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
  readonly p99Seconds: number | null;
  readonly maxSeconds: number | null;
  /** Messages that waited longer than the goal (YARD-22), and their share of all, 0 to 1. */
  readonly lateMessages: number;
  readonly lateShare: number | null;
  /** Time during which the head of the queue was older than the goal, minutes (YARD-23). */
  readonly minutesOverGoal: number;
  /** Sum of all waits, message-seconds: the area under the backlog (Little, YARD-24). */
  readonly waitSecondsSum: number;
}

/**
 * @param endSeconds end of the range; both curves reach it
 * @param goalSeconds age goal; a wait that equals it is in time
 */
export function measureWaits(arrivals: Curve, departures: Curve, endSeconds: number, goalSeconds: number): Waits {
  const stretches = collectStretches(arrivals, departures, endSeconds, goalSeconds);
  const { mass, low, high, count } = stretches;
  let messages = 0;
  let sum = 0;
  let late = 0;
  let max = 0;
  for (let index = 0; index < count; index++) {
    messages += mass[index]!;
    sum += (mass[index]! * (low[index]! + high[index]!)) / 2;
    late += mass[index]! * shareAbove(low[index]!, high[index]!, goalSeconds);
    if (high[index]! > max) max = high[index]!;
  }
  const some = messages > 0;
  const quantile = (share: number) => (some ? waitQuantile(stretches, messages * share, max) : null);
  return {
    messages,
    unfinished: stretches.unfinished,
    meanSeconds: some ? sum / messages : null,
    p50Seconds: quantile(0.5),
    p95Seconds: quantile(0.95),
    p99Seconds: quantile(0.99),
    maxSeconds: some ? max : null,
    lateMessages: late,
    lateShare: some ? late / messages : null,
    minutesOverGoal: stretches.overGoalSeconds / 60,
    waitSecondsSum: sum,
  };
}

/** Messages whose waits are spread evenly from `low` to `high`. */
interface Stretches {
  readonly mass: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly count: number;
  readonly unfinished: number;
  readonly overGoalSeconds: number;
}

/** Walk along the messages; a stretch ends where either curve has a knot. */
function collectStretches(arrivals: Curve, departures: Curve, endSeconds: number, goalSeconds: number): Stretches {
  const most = arrivals.seconds.length + departures.seconds.length;
  const mass = new Float64Array(most);
  const low = new Float64Array(most);
  const high = new Float64Array(most);
  const lastArrival = arrivals.messages.length - 1;
  const lastDeparture = departures.messages.length - 1;
  const arrived = arrivals.messages[lastArrival] ?? 0;
  // Rounding may let a drained queue's departures pass its arrivals by a hair.
  const departed = Math.min(departures.messages[lastDeparture] ?? 0, arrived);
  let count = 0;
  let overGoalSeconds = 0;
  const add = (size: number, first: number, last: number): void => {
    mass[count] = size;
    low[count] = Math.max(0, Math.min(first, last));
    high[count++] = Math.max(0, first, last);
  };
  let message = 0;
  let arrival = 0;
  let departure = 0;
  let leftAt = departures.seconds[0] ?? 0;
  while (message < departed) {
    while (arrivals.messages[arrival + 1]! <= message) arrival++;
    while (departures.messages[departure + 1]! <= message) departure++;
    const until = Math.min(arrivals.messages[arrival + 1]!, departures.messages[departure + 1]!, departed);
    const cameFirst = passes(arrivals, arrival, message);
    const leftFirst = passes(departures, departure, message);
    const leftLast = passes(departures, departure, until);
    // Nobody left in between: the head stood there and aged.
    overGoalSeconds += Math.max(0, leftFirst - Math.max(leftAt, cameFirst + goalSeconds));
    const first = leftFirst - cameFirst;
    const last = leftLast - passes(arrivals, arrival, until);
    overGoalSeconds += (leftLast - leftFirst) * shareAbove(Math.min(first, last), Math.max(first, last), goalSeconds);
    add(until - message, first, last);
    leftAt = leftLast;
    message = until;
  }
  // Fewer than a millionth of a message is rounding.
  const unfinished = arrived - departed > 1e-6 ? arrived - departed : 0;
  if (unfinished > 0) {
    while (arrivals.messages[arrival + 1]! <= message) arrival++;
    const headCame = passes(arrivals, arrival, message);
    overGoalSeconds += Math.max(0, endSeconds - Math.max(leftAt, headCame + goalSeconds));
    for (; arrival < lastArrival; arrival++) {
      const until = arrivals.messages[arrival + 1]!;
      if (until <= message) continue;
      add(
        until - message,
        endSeconds - passes(arrivals, arrival, message),
        endSeconds - arrivals.seconds[arrival + 1]!,
      );
      message = until;
    }
  }
  return { mass, low, high, count, unfinished, overGoalSeconds };
}

/** The instant at which a curve passes a count, inside the stretch that begins at `knot`. */
function passes({ seconds, messages }: Curve, knot: number, count: number): number {
  const from = messages[knot]!;
  const share = (count - from) / (messages[knot + 1]! - from);
  return seconds[knot]! + share * (seconds[knot + 1]! - seconds[knot]!);
}

/** Share of values spread evenly from `low` to `high` that are above a limit. */
function shareAbove(low: number, high: number, limit: number): number {
  if (high <= limit) return 0;
  return low >= limit ? (low === high && low === limit ? 0 : 1) : (high - limit) / (high - low);
}

/**
 * The smallest wait that `wanted` messages do not exceed.
 *
 * Halving; stretches that lie wholly on one side of the bracket are set aside, so the later rounds see only a few.
 */
function waitQuantile({ mass, low, high, count }: Stretches, wanted: number, max: number): number {
  const target = wanted * (1 - 1e-12);
  const open = new Uint32Array(count);
  let opened = 0;
  let below = 0;
  for (let index = 0; index < count; index++) {
    if (high[index]! > 0) open[opened++] = index;
    else below += mass[index]!;
  }
  if (below >= target) return 0;
  let least = 0;
  let most = max;
  for (let round = 0; round < 100; round++) {
    const middle = (least + most) / 2;
    if (middle <= least || middle >= most) break;
    let upTo = below;
    for (let place = 0; place < opened; place++) {
      const index = open[place]!;
      const from = low[index]!;
      const to = high[index]!;
      if (to <= middle) upTo += mass[index]!;
      else if (from < middle) upTo += (mass[index]! * (middle - from)) / (to - from);
    }
    if (upTo >= target) most = middle;
    else least = middle;
    let kept = 0;
    for (let place = 0; place < opened; place++) {
      const index = open[place]!;
      if (high[index]! <= least) below += mass[index]!;
      else if (low[index]! < most) open[kept++] = index;
    }
    opened = kept;
  }
  return most;
}
