/**
 * Birth-death chains: one arrives, one leaves. Their steady law and how they get there from anywhere (uniformisation).
 *
 * State n is the number in the system. `birthsPerSecond[n]` leads from n to n + 1, `deathsPerSecond[n]` from n to n - 1.
 */

export interface BirthDeath {
  /** One per state; the last one is not used: the chain ends there. */
  readonly birthsPerSecond: ArrayLike<number>;
  /** One per state; the first one is not used. */
  readonly deathsPerSecond: ArrayLike<number>;
}

/** Probabilities of 0, 1, 2 ... in the steady state; sum 1. States past one without birth have 0. */
export function steadyLaw({ birthsPerSecond, deathsPerSecond }: BirthDeath): Float64Array {
  const law = new Float64Array(birthsPerSecond.length);
  law[0] = 1;
  let sum = 1;
  for (let n = 1; n < law.length; n++) {
    law[n] = (law[n - 1]! * birthsPerSecond[n - 1]!) / deathsPerSecond[n]!;
    sum += law[n]!;
    // Products over many states leave the range of numbers; only their ratios matter.
    if (sum > 1e200) {
      for (let k = 0; k <= n; k++) law[k]! /= sum;
      sum = 1;
    }
  }
  let total = 0;
  for (const probability of law) total += probability;
  return law.map((probability) => probability / total);
}

/**
 * The law at later instants, by uniformisation: a Poisson number of steps of a chain whose every step is 1 / rate long.
 *
 * @param law   at instant 0; not changed
 * @param times seconds, ascending
 * @returns one law per instant; the truncated Poisson weight is below 1e-13. Throws nothing.
 */
export function transientLaws(chain: BirthDeath, law: Float64Array, times: readonly number[]): Float64Array[] {
  const states = law.length;
  let rate = 0;
  for (let n = 0; n < states; n++) rate = Math.max(rate, birth(chain, n, states) + death(chain, n));
  let current = Float64Array.from(law);
  let now = 0;
  return times.map((time) => {
    // In pieces of at most 50 expected steps: e^-50 is still a good number, and the weights stay exact.
    const pieces = Math.max(1, Math.ceil((rate * (time - now)) / 50));
    for (let piece = 0; piece < pieces; piece++) {
      current = evolve(chain, current, rate, (rate * (time - now)) / pieces);
    }
    now = time;
    return current;
  });
}

function evolve(chain: BirthDeath, law: Float64Array, rate: number, steps: number): Float64Array<ArrayBuffer> {
  const states = law.length;
  const result = new Float64Array(states);
  let weight = Math.exp(-steps);
  let covered = 0;
  let at = Float64Array.from(law);
  for (let k = 0; ; k++) {
    for (let n = 0; n < states; n++) result[n]! += weight * at[n]!;
    covered += weight;
    if (covered > 1 - 1e-15 || k > steps + 200) return result;
    const next = new Float64Array(states);
    for (let n = 0; n < states; n++) {
      const up = birth(chain, n, states) / rate;
      const down = death(chain, n) / rate;
      next[n]! += at[n]! * (1 - up - down);
      if (up > 0) next[n + 1]! += at[n]! * up;
      if (down > 0) next[n - 1]! += at[n]! * down;
    }
    at = next;
    weight *= steps / (k + 1);
  }
}

const birth = ({ birthsPerSecond }: BirthDeath, n: number, states: number) =>
  n + 1 < states ? birthsPerSecond[n]! : 0;
const death = ({ deathsPerSecond }: BirthDeath, n: number) => (n > 0 ? deathsPerSecond[n]! : 0);

/** Mean of a law over what each state is worth. */
export function expectation(law: Float64Array, worth: (n: number) => number): number {
  return law.reduce((sum, probability, n) => sum + probability * worth(n), 0);
}

/** The chain of M/M/c with room for `states - 1` in the system. */
export function mmcChain(
  arrivalsPerSecond: number,
  servicePerSecond: number,
  servers: number,
  states: number,
): BirthDeath {
  return {
    birthsPerSecond: new Float64Array(states).fill(arrivalsPerSecond),
    deathsPerSecond: Float64Array.from({ length: states }, (_, n) => Math.min(n, servers) * servicePerSecond),
  };
}
