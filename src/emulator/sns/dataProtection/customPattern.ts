/**
 * Custom data identifiers: regular expressions that anybody may write, without groups, as AWS allows them.
 *
 * They run on a matcher of our own, because a host's expression can take the square of a text's length and more for one search.
 * Here each step of the pattern is tried at each place of the text at most once: what led nowhere is remembered for all searches.
 */
import { PolicyError } from '../../policy/index.ts';
import type { Detector, Finding } from './detectors.ts';

const longestRegex = 200;
/** Of the compiled pattern: `\d{9}` is nine. Each is one bit for each character of a message. */
const mostSteps = 256;
const allowed = /^[A-Za-z0-9_#=@/;, ^$?[\]{}|\\*+.-]+$/;
/** Classes and symbols. The others (word boundaries, code points, references) are not told of by AWS. */
const otherEscape = /\\(?![dDsSwW#=@/;, ^$?[\]{}|\\*+.-])/;

type Step =
  | { readonly kind: 'character'; readonly one: OneCharacter }
  /** Goes on at `to`, and when that leads nowhere at `otherwise`. */
  | { readonly kind: 'fork'; readonly to: number; readonly otherwise: number }
  | { readonly kind: 'edge'; readonly of: 'start' | 'end' }
  | { readonly kind: 'found' };

/** Which characters match. */
interface OneCharacter {
  readonly ofAscii: readonly boolean[];
  readonly others: RegExp;
}

interface Item {
  readonly step: Step;
  readonly least: number;
  /** Infinity without a limit. */
  readonly most: number;
  /** `?` behind the count: as few as will do. */
  readonly lazy: boolean;
}

/** @throws PolicyError for what is no such expression, and for one that is too long or too complicated */
export function compileCustomPattern(regex: string, where: string): Detector {
  if (regex === '' || regex.length > longestRegex) {
    throw new PolicyError(where, `Regex must be 1 to ${longestRegex} characters long`);
  }
  if (!allowed.test(regex)) throw new PolicyError(where, 'Regex has a character that is not supported');
  if (otherEscape.test(regex.replaceAll('\\\\', '\\.'))) {
    throw new PolicyError(where, 'Regex has an escape that is not supported');
  }
  checkByHost(regex, where);
  const steps = compile(alternativesIn(regex), where);
  return (body) => search(steps, body);
}

/** The host knows whether the text is an expression at all; it never runs it on a message. */
function checkByHost(regex: string, where: string): void {
  try {
    new RegExp(regex);
  } catch {
    throw new PolicyError(where, 'Regex is no regular expression');
  }
}

/** Pieces of an expression: a class in brackets, an escape, or a character; then how often. */
const piece = /(\[(?:\\.|[^\]\\])*\]|\\.|[^\\])(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})?(\??)/y;

function alternativesIn(regex: string): Item[][] {
  const alternatives: Item[][] = [[]];
  piece.lastIndex = 0;
  while (piece.lastIndex < regex.length) {
    const [, atom = '', mark, least, comma, most, lazy] = piece.exec(regex)!;
    if (atom === '|') alternatives.push([]);
    else alternatives.at(-1)!.push({ step: stepOf(atom), ...rangeOf(mark, least, comma, most), lazy: lazy === '?' });
  }
  return alternatives;
}

function rangeOf(mark?: string, least?: string, comma?: string, most?: string): Pick<Item, 'least' | 'most'> {
  if (mark === '*') return { least: 0, most: Number.POSITIVE_INFINITY };
  if (mark === '+') return { least: 1, most: Number.POSITIVE_INFINITY };
  if (mark === '?') return { least: 0, most: 1 };
  if (least === undefined) return { least: 1, most: 1 };
  if (comma === undefined) return { least: Number(least), most: Number(least) };
  return { least: Number(least), most: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
}

/** One character of the text is not too much for the host's expression. */
function stepOf(atom: string): Step {
  if (atom === '^') return { kind: 'edge', of: 'start' };
  if (atom === '$') return { kind: 'edge', of: 'end' };
  const others = new RegExp(`^${atom}$`);
  const ofAscii = Array.from({ length: 128 }, (_, code) => others.test(String.fromCharCode(code)));
  return { kind: 'character', one: { ofAscii, others } };
}

function compile(alternatives: readonly (readonly Item[])[], where: string): Step[] {
  const steps: Step[] = [];
  const push = (step: Step): void => {
    if (steps.length >= mostSteps)
      throw new PolicyError(
        where,
        `Regex is too complicated: more than ${mostSteps} steps, which is a limit of this emulator`,
      );
    steps.push(step);
  };
  alternatives.forEach((items, index) => {
    const fork = steps.length;
    const isLast = index === alternatives.length - 1;
    if (!isLast) push({ kind: 'fork', to: fork + 1, otherwise: fork });
    for (const item of items) pushItem(item, steps, push);
    push({ kind: 'found' });
    if (!isLast) steps[fork] = { kind: 'fork', to: fork + 1, otherwise: steps.length };
  });
  return steps;
}

function pushItem({ step, least, most, lazy }: Item, steps: Step[], push: (step: Step) => void): void {
  const fork = (on: number, past: number): Step =>
    lazy ? { kind: 'fork', to: past, otherwise: on } : { kind: 'fork', to: on, otherwise: past };
  for (let count = 0; count < least; count++) push(step);
  if (most === Number.POSITIVE_INFINITY) {
    const loop = steps.length;
    push(fork(loop + 1, loop + 3));
    push(step);
    push({ kind: 'fork', to: loop, otherwise: loop });
    return;
  }
  const past = steps.length + 2 * (most - least);
  for (let count = least; count < most; count++) {
    push(fork(steps.length + 1, past));
    push(step);
  }
}

/** From left to right, each from where the last one ended; nothing of no length. */
function search(steps: readonly Step[], body: string): Finding[] {
  const findings: Finding[] = [];
  const tried = new Uint8Array(Math.ceil(((body.length + 1) * steps.length) / 8));
  let start = 0;
  while (start < body.length) {
    const end = endFrom(start, steps, body, tried);
    if (end === null) {
      start += unitsAt(body, start);
      continue;
    }
    findings.push({ start, end });
    // Behind the end everything tried led nowhere; at the end some of it led here, and may be tried again.
    for (let step = 0; step < steps.length; step++) forget(tried, end * steps.length + step);
    start = end;
  }
  return findings;
}

/** Where what starts here ends; null when nothing does. A step at a place of the text is one number: the bit in `tried`. */
function endFrom(start: number, steps: readonly Step[], body: string, tried: Uint8Array): number | null {
  const count = steps.length;
  const waiting = [start * count];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!remember(tried, next)) continue;
    const index = next % count;
    const at = (next - index) / count;
    const step = steps[index]!;
    switch (step.kind) {
      case 'found':
        if (at > start) return at;
        break;
      case 'character':
        if (at < body.length && matches(step.one, body, at)) waiting.push((at + unitsAt(body, at)) * count + index + 1);
        break;
      case 'edge':
        if (at === (step.of === 'start' ? 0 : body.length)) waiting.push(next + 1);
        break;
      case 'fork':
        waiting.push(at * count + step.otherwise, at * count + step.to);
    }
  }
  return null;
}

function matches({ ofAscii, others }: OneCharacter, body: string, at: number): boolean {
  const unit = body.charCodeAt(at);
  if (unit < 128) return ofAscii[unit]!;
  // Patterns are ASCII, so one character of two units is like any other beyond it.
  return others.test(unitsAt(body, at) === 1 ? body[at]! : '\ue000');
}

/** Of a character: two for a pair, one for everything else. */
function unitsAt(body: string, at: number): number {
  const unit = body.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff && body.codePointAt(at)! > 0xffff ? 2 : 1;
}

/** @returns whether it is new */
function remember(tried: Uint8Array, bit: number): boolean {
  const byte = tried[bit >> 3]!;
  const flag = 1 << (bit & 7);
  tried[bit >> 3] = byte | flag;
  return (byte & flag) === 0;
}

function forget(tried: Uint8Array, bit: number): void {
  tried[bit >> 3] = tried[bit >> 3]! & ~(1 << (bit & 7));
}
