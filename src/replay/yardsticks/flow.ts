/**
 * Cumulative flows: how many messages had arrived, and how many had left, by any instant.
 *
 * First in, first out, so message n arrived when the one curve passed n and left when the other did; every wait follows from
 * the two. Curves are straight between knots. Not here: what is read from them (waits.ts).
 */

/** Never falling. Two knots at one instant are a jump, two with equal counts a pause. */
export interface Curve {
  readonly seconds: Float64Array;
  readonly messages: Float64Array;
}

/**
 * Arrivals that come evenly within each minute.
 *
 * @param arrivals per minute; no NaN, none negative
 * @param initialBacklog          messages waiting at the start; they arrived evenly over the age of the oldest (REP-13)
 * @param initialOldestAgeSeconds 0: all at the start
 */
export function arrivalCurve(arrivals: ArrayLike<number>, initialBacklog = 0, initialOldestAgeSeconds = 0): Curve {
  const knots = knotsFor(arrivals.length + 2);
  if (initialBacklog > 0) knots.add(-initialOldestAgeSeconds, 0);
  let total = initialBacklog;
  knots.add(0, total);
  for (let minute = 0; minute < arrivals.length; minute++) {
    total += arrivals[minute]!;
    knots.add((minute + 1) * 60, total);
  }
  return knots.curve();
}

/**
 * What left, where the minutes' counts are known; it left evenly within each minute.
 *
 * @param served per minute; together never more than had arrived
 */
export function servedCurve(served: ArrayLike<number>): Curve {
  return arrivalCurve(served);
}

/**
 * What leaves a queue that is worked at a rate: exact, the instants at which it runs empty included.
 *
 * @param arrivals         per minute
 * @param servicePerMinute messages that could be processed in each minute
 */
export function departureCurve(
  arrivals: ArrayLike<number>,
  servicePerMinute: ArrayLike<number>,
  initialBacklog = 0,
): Curve {
  const knots = knotsFor(2 * arrivals.length + 1);
  let arrived = initialBacklog;
  let departed = 0;
  knots.add(0, 0);
  for (let minute = 0; minute < arrivals.length; minute++) {
    const service = servicePerMinute[minute]!;
    const backlog = arrived - departed;
    const shrinks = service - arrivals[minute]!;
    arrived += arrivals[minute]!;
    if (backlog + arrivals[minute]! > service) {
      departed += service;
    } else {
      const emptyAfter = backlog > 0 ? backlog / shrinks : 0;
      if (emptyAfter > 0 && emptyAfter < 1) knots.add((minute + emptyAfter) * 60, departed + service * emptyAfter);
      departed = arrived;
    }
    knots.add((minute + 1) * 60, departed);
  }
  return knots.curve();
}

function knotsFor(most: number) {
  const seconds = new Float64Array(most);
  const messages = new Float64Array(most);
  let count = 0;
  return {
    add(atSeconds: number, total: number): void {
      seconds[count] = atSeconds;
      messages[count++] = total;
    },
    curve: (): Curve => ({ seconds: seconds.subarray(0, count), messages: messages.subarray(0, count) }),
  };
}
