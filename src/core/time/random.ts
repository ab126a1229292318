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
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return { next, stream: (child) => seededRandom(seed, name === '' ? child : `${name}/${child}`) };
}
