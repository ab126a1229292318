/**
 * Seeded chance. One root seed gives any number of named streams, so adding a consumer of chance in one place
 * does not disturb the numbers another place draws.
 *
 * Not cryptographic: secrets come from the host.
 */

export interface Random {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** An independent stream; the same name under the same seed always gives the same numbers. */
  stream(name: string): Random;
}

/** sfc32 started from a hash of seed and name; passes PractRand, four 32-bit words of state. */
export function seededRandom(seed: number, name = ''): Random {
  let h = 2166136261;
  for (const char of `${seed}/${name}`) h = Math.imul(h ^ char.codePointAt(0)!, 16777619);
  let a = h | 0;
  let b = Math.imul(h, 0x9e3779b1) | 0;
  let c = ~h | 0;
  let d = 1;
  const next = (): number => {
    // Read as whole numbers: what is kept from call to call may be any number to the engine, which would add them as such.
    const first = a | 0;
    const second = b | 0;
    const third = c | 0;
    const count = d | 0;
    const t = (((first + second) | 0) + count) | 0;
    d = (count + 1) | 0;
    a = second ^ (second >>> 9);
    b = (third + (third << 3)) | 0;
    c = (((third << 21) | (third >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return { next, stream: (child) => seededRandom(seed, name === '' ? child : `${name}/${child}`) };
}
