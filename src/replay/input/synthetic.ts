/**
 * Synthetic traffic: arrivals per minute out of a description such as "daily:mean=600,amplitude=400 + crowd:at=1140,height=1800".
 *
 * Parts add up; chance, where asked for, comes last and by seed. Rules: docs/rules/import.md (IMP-50 to IMP-53). Not here: traffic that
 * was recorded (import.ts).
 */
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { Random } from '../../core/time/random.ts';
import { seededRandom } from '../../core/time/random.ts';
import type { Trace } from './types.ts';

interface Parameter {
  readonly min: number;
  readonly max: number;
  /** Absent: it must be given. */
  readonly fallback?: number;
}

const rate: Parameter = { min: 0, max: 1e9 };
const minute: Parameter = { min: 0, max: 1e7 };

/** What each part takes; times in minutes from the start, heights in messages a minute. */
const parts = {
  constant: { rate },
  step: { from: rate, to: rate, at: minute },
  ramp: { from: rate, to: rate, at: { ...minute, fallback: 0 }, over: { min: 1, max: 1e7 } },
  /** Highest at `peak` o'clock of each day; `weekend` times as much on days 6 and 7. */
  daily: {
    mean: rate,
    amplitude: rate,
    peak: { min: 0, max: 24, fallback: 14 },
    weekend: { min: 0, max: 100, fallback: 1 },
  },
  sine: { mean: rate, amplitude: rate, period: { min: 1, max: 1e7 } },
  /** Rises in a straight line, stays, then decays by half every `half` minutes. */
  crowd: {
    at: minute,
    height: rate,
    rise: { ...minute, fallback: 5 },
    hold: { ...minute, fallback: 30 },
    half: { min: 0.01, max: 1e6, fallback: 10 },
  },
  spikes: {
    every: { min: 1, max: 1e7 },
    height: rate,
    minutes: { min: 1, max: 1e7, fallback: 1 },
    at: { ...minute, fallback: 0 },
  },
  /** Every minute becomes a Poisson number of that mean. */
  chance: { seed: { min: 0, max: 2 ** 31, fallback: 1 } },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Parameter>>>>;

export type ShapePart = keyof typeof parts;
export const shapeParts = Object.keys(parts) as ShapePart[];

interface Part {
  readonly kind: ShapePart;
  readonly values: Readonly<Record<string, number>>;
}

/** @throws SpillwayError SHAPE_INVALID saying which part is wrong and what was expected */
export function readShape(text: string): Part[] {
  const pieces = text.split('+').map((piece) => piece.trim());
  return pieces.map((piece) => {
    const [name = '', rest = ''] = splitOnce(piece, ':');
    if (!Object.hasOwn(parts, name)) refuse(piece, 'shapePartUnknown', { expected: shapeParts.join(', ') });
    const kind = name as ShapePart;
    const known: Readonly<Record<string, Parameter>> = parts[kind];
    const values: Record<string, number> = {};
    for (const pair of rest.split(',').filter((one) => one.trim() !== '')) {
      const [field = '', given = ''] = splitOnce(pair, '=').map((one) => one.trim());
      if (!Object.hasOwn(known, field))
        refuse(piece, 'shapeFieldUnknown', { field, expected: Object.keys(known).join(', ') });
      const { min, max } = known[field]!;
      const value = Number(given);
      if (given === '' || !(value >= min && value <= max))
        refuse(piece, 'shapeFieldInvalid', { field, found: given, min, max });
      values[field] = value;
    }
    for (const [field, { fallback }] of Object.entries(known)) {
      if (values[field] !== undefined) continue;
      if (fallback === undefined) refuse(piece, 'shapeFieldMissing', { field });
      else values[field] = fallback;
    }
    return { kind, values };
  });
}

/**
 * @param minutes      whole, above 0
 * @param startSeconds epoch seconds, a whole minute; hours of the day are UTC's
 * @returns counts, whole ones when chance is a part
 * @throws SpillwayError SHAPE_INVALID
 */
export function shapeTrace(text: string, minutes: number, startSeconds: number): Trace {
  const described = readShape(text);
  const values = Float64Array.from({ length: minutes }, (_, at) =>
    described.reduce((sum, part) => sum + heightOf(part, at, startSeconds), 0),
  );
  const chance = described.find(({ kind }) => kind === 'chance');
  if (chance !== undefined) {
    const random = seededRandom(chance.values.seed!, 'shape');
    for (let at = 0; at < minutes; at++) values[at] = poisson(values[at]!, random);
  }
  return { startSeconds, periodSeconds: 60, values, quantity: 'count' };
}

/** Mean of the minute that begins `at` minutes after the start; below 0 counts as 0 in the end, so waves may dip. */
function heightOf({ kind, values: v }: Part, at: number, startSeconds: number): number {
  switch (kind) {
    case 'constant':
      return v.rate!;
    case 'step':
      return at < v.at! ? v.from! : v.to!;
    case 'ramp':
      return v.from! + (v.to! - v.from!) * Math.min(1, Math.max(0, (at - v.at!) / v.over!));
    case 'daily': {
      const hours = startSeconds / 3600 + at / 60;
      const day = (Math.floor(hours / 24) + 3) % 7; // 1970-01-01 was a Thursday; 0 is Monday
      const wave = v.mean! + v.amplitude! * Math.cos((2 * Math.PI * ((hours % 24) - v.peak!)) / 24);
      return Math.max(0, wave) * (day >= 5 ? v.weekend! : 1);
    }
    case 'sine':
      return Math.max(0, v.mean! + v.amplitude! * Math.sin((2 * Math.PI * at) / v.period!));
    case 'crowd': {
      const since = at - v.at!;
      if (since < 0) return 0;
      if (since < v.rise!) return (v.height! * since) / v.rise!;
      const after = since - v.rise! - v.hold!;
      return after < 0 ? v.height! : v.height! * 2 ** (-after / v.half!);
    }
    case 'spikes':
      return at >= v.at! && (at - v.at!) % v.every! < v.minutes! ? v.height! : 0;
    case 'chance':
      return 0;
  }
}

/** A Poisson number: by its own law up to some hundred, as a rounded normal above, where the two cannot be told apart. */
function poisson(mean: number, random: Random): number {
  if (mean <= 0) return 0;
  if (mean > 400) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * radius * Math.cos(2 * Math.PI * random.next())));
  }
  // Products of uniform numbers in logarithms, so that no mean is too large for a number.
  let left = mean;
  let count = -1;
  while (left >= 0) {
    left += Math.log(1 - random.next());
    count++;
  }
  return count;
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text.trim()] : [text.slice(0, at).trim(), text.slice(at + mark.length)];
}

function refuse(
  part: string,
  term: 'shapePartUnknown' | 'shapeFieldUnknown' | 'shapeFieldInvalid' | 'shapeFieldMissing',
  params: Readonly<Record<string, string | number>>,
): never {
  throw new SpillwayError('SHAPE_INVALID', { part, problem: phrases([{ term, params }]) });
}
