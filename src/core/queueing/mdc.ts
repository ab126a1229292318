/**
 * M/D/c: Poisson arrivals, every service takes the same time, c servers. M/D/1 is the case c = 1.
 *
 * Over one service time the number in the system turns from N into max(0, N - c) + what arrives (Crommelin 1932), at any
 * instant, because whoever is in service now has left then. Mean from the roots of z^c = e^(a(z - 1)); the law of N by
 * repeating that step; the wait's distribution from the law, in sums of positive terms (Franx 2001), which do not cancel.
 */
import { type SteadyQueue, steadyFromWait } from './types.ts';

/**
 * The steady state.
 *
 * Lq = (a^2 - c(c - 1)) / (2 (c - a)) + sum over the roots inside the unit circle of 1 / (1 - z)
 *
 * @param serviceSeconds what every message takes
 */
export function mdc(arrivalsPerSecond: number, serviceSeconds: number, servers: number): SteadyQueue {
  const load = arrivalsPerSecond * serviceSeconds;
  if (load >= servers) return steadyFromWait(arrivalsPerSecond, serviceSeconds, servers, Number.POSITIVE_INFINITY);
  let waiting = (load ** 2 - servers * (servers - 1)) / (2 * (servers - load));
  for (let k = 1; k < servers; k++) waiting += rootTerm(load, servers, k);
  // Without arrivals nobody waits; 0/0 otherwise.
  const meanWait = arrivalsPerSecond === 0 ? 0 : Math.max(0, waiting) / arrivalsPerSecond;
  return steadyFromWait(arrivalsPerSecond, serviceSeconds, servers, meanWait);
}

/** Re 1/(1 - z_k), z_k the fixed point of z = w e^((a/c)(z - 1)), w the k-th c-th root of unity; a contraction for a < c. */
function rootTerm(load: number, servers: number, k: number): number {
  const share = load / servers;
  const turn = (2 * Math.PI * k) / servers;
  let re = 0;
  let im = 0;
  for (let round = 0; round < 10_000; round++) {
    const size = Math.exp(share * (re - 1));
    const angle = turn + share * im;
    const nextRe = size * Math.cos(angle);
    const nextIm = size * Math.sin(angle);
    const moved = Math.abs(nextRe - re) + Math.abs(nextIm - im);
    re = nextRe;
    im = nextIm;
    if (moved < 1e-16) break;
  }
  return (1 - re) / ((1 - re) ** 2 + im ** 2);
}

/**
 * Law of the number in the system: probability of 0, 1, 2 ...
 *
 * @returns up to where the rest is below 1e-13. Takes about (servers / spare)^2 steps, so it is slow close to saturation.
 * @throws RangeError when the load is not below the servers
 */
export function mdcLaw(arrivalsPerSecond: number, serviceSeconds: number, servers: number): Float64Array {
  const load = arrivalsPerSecond * serviceSeconds;
  if (load >= servers) throw new RangeError(`a load of ${load} on ${servers} servers has no steady state`);
  const arrivals = poissonLaw(load);
  // The tail of M/M/c falls as utilization^n, that of M/D/c about twice as fast: here to e^-40.
  const size = Math.ceil(servers + arrivals.length + 20 / -Math.log(load / servers) + 20);
  let law = new Float64Array(size);
  law[0] = 1;
  for (let step = 0; step < 1_000_000; step++) {
    const next = mdcStep(law, arrivals, servers);
    let change = 0;
    for (let n = 0; n < size; n++) change += Math.abs(next[n]! - law[n]!);
    law = next;
    if (change < 1e-14) break;
  }
  return law;
}

function mdcStep(law: Float64Array, arrivals: Float64Array, servers: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(law.length);
  let total = 0;
  for (let n = 0; n < law.length; n++) {
    const probability = law[n]!;
    if (probability < 1e-18) continue;
    const left = Math.max(0, n - servers);
    const most = Math.min(arrivals.length, law.length - left);
    for (let arrived = 0; arrived < most; arrived++) next[left + arrived]! += probability * arrivals[arrived]!;
  }
  for (const probability of next) total += probability;
  for (let n = 0; n < next.length; n++) next[n]! /= total;
  return next;
}

/** P(0), P(1) ... of a Poisson number, until the rest is negligible. */
function poissonLaw(mean: number): Float64Array {
  const law: number[] = [];
  for (let n = 0; n <= mean || (law.at(-1) ?? 1) > 1e-18; n++) law.push(poisson(mean, n));
  return Float64Array.from(law);
}

/** Logarithms, so that a mean of hundreds does not underflow at 0. */
function poisson(mean: number, n: number): number {
  if (mean === 0) return n === 0 ? 1 : 0;
  let log = -mean + n * Math.log(mean);
  for (let k = 2; k <= n; k++) log -= Math.log(k);
  return Math.exp(log);
}

/**
 * P(wait <= seconds) of an arrival.
 *
 * With (k - 1) D <= t < k D: e^-u sum over j < kc of Q(kc - 1 - j) u^j / j!, u = lambda (k D - t), Q(j) = P(N <= c + j).
 *
 * @param law of `mdcLaw` for the same parameters
 */
export function mdcWaitWithin(
  arrivalsPerSecond: number,
  serviceSeconds: number,
  servers: number,
  seconds: number,
  law: Float64Array = mdcLaw(arrivalsPerSecond, serviceSeconds, servers),
): number {
  if (seconds < 0) return 0;
  const rounds = Math.floor(seconds / serviceSeconds) + 1;
  const mean = arrivalsPerSecond * (rounds * serviceSeconds - seconds);
  const atMost = cumulative(law);
  let within = 0;
  for (let j = 0; j < rounds * servers; j++) {
    within += poisson(mean, j) * atMost[Math.min(atMost.length - 1, rounds * servers - 1 - j + servers)]!;
  }
  return Math.min(1, within);
}

function cumulative(law: Float64Array): Float64Array {
  let sum = 0;
  return law.map((probability) => (sum += probability));
}
