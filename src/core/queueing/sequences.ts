/**
 * Exact sequences: the wait of each message, given when each arrives and how long each takes. First come, first served.
 *
 * One server: Lindley's recursion. Several: Kiefer and Wolfowitz, each message takes the server that is free first.
 */

export interface Sequence {
  /** From arrival to the begin of service. */
  readonly waitSeconds: Float64Array;
  readonly finishSeconds: Float64Array;
}

/**
 * Lindley: W(n+1) = max(0, W(n) + S(n) - T(n)), T(n) the time to the next arrival.
 *
 * @param arrivalSeconds ascending, as long as `serviceSeconds`
 */
export function lindley(arrivalSeconds: ArrayLike<number>, serviceSeconds: ArrayLike<number>): Sequence {
  const { length } = arrivalSeconds;
  const waitSeconds = new Float64Array(length);
  const finishSeconds = new Float64Array(length);
  for (let n = 0; n < length; n++) {
    if (n > 0) {
      const between = arrivalSeconds[n]! - arrivalSeconds[n - 1]!;
      waitSeconds[n] = Math.max(0, waitSeconds[n - 1]! + serviceSeconds[n - 1]! - between);
    }
    finishSeconds[n] = arrivalSeconds[n]! + waitSeconds[n]! + serviceSeconds[n]!;
  }
  return { waitSeconds, finishSeconds };
}

/**
 * Kiefer and Wolfowitz with a heap of the instants at which each server is free.
 *
 * @param arrivalSeconds ascending, as long as `serviceSeconds`
 * @param servers        at least 1
 */
export function kieferWolfowitz(
  arrivalSeconds: ArrayLike<number>,
  serviceSeconds: ArrayLike<number>,
  servers: number,
): Sequence {
  const { length } = arrivalSeconds;
  const waitSeconds = new Float64Array(length);
  const finishSeconds = new Float64Array(length);
  const free = new Float64Array(servers).fill(Number.NEGATIVE_INFINITY);
  for (let n = 0; n < length; n++) {
    const begin = Math.max(free[0]!, arrivalSeconds[n]!);
    const finish = begin + serviceSeconds[n]!;
    waitSeconds[n] = begin - arrivalSeconds[n]!;
    finishSeconds[n] = finish;
    replaceEarliest(free, finish);
  }
  return { waitSeconds, finishSeconds };
}

/** The earliest of a heap becomes `value`; the heap is put in order again. */
function replaceEarliest(heap: Float64Array, value: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= value) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = value;
}
