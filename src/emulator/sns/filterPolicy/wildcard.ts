/**
 * Patterns of the `wildcard` operator: `*` stands for any characters or none, `\*` and `\\` for themselves.
 *
 * Not a regular expression: policies come from anyone, and this matches in one pass over the value whatever the pattern.
 */
import { refusal } from './errors.ts';

export interface WildcardPattern {
  /** How many `*` it has. */
  readonly wildcards: number;
  /** What must stand before the first `*`; everything when there is none. */
  readonly head: string;
  /** What must follow in this order, between two `*` each. */
  readonly middle: readonly Piece[];
  /** What must stand after the last `*`. */
  readonly tail: string;
}

interface Piece {
  readonly text: string;
  /** For each length matched so far, less one: the longest shorter start of the text that those characters end with. */
  readonly fallback: Uint32Array;
}

/** @throws FilterPolicyError for two `*` in a row, and for a backslash before anything else */
export function parseWildcard(text: string): WildcardPattern {
  const literals: string[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    const next = text[at + 1];
    if (character === '*') {
      if (next === '*') throw refusal(`Consecutive wildcard characters at pos ${position(text, at)}`, 'end');
      literals.push(literal);
      literal = '';
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\') throw refusal(`Invalid escape character at pos ${position(text, at)}`, 'end');
      literal += next;
      at++;
    } else {
      literal += character;
    }
  }
  const wildcards = literals.length;
  if (wildcards === 0) return { wildcards, head: literal, middle: [], tail: '' };
  const [head = '', ...middle] = literals;
  return { wildcards, head, middle: middle.map(toPiece), tail: literal };
}

export function matchesWildcard(pattern: WildcardPattern, value: string): boolean {
  const { wildcards, head, middle, tail } = pattern;
  if (wildcards === 0) return value === head;
  const end = value.length - tail.length;
  if (end < head.length || !value.startsWith(head) || !value.endsWith(tail)) return false;
  // The first place a piece fits is the best: it leaves the most room for the others.
  let from = head.length;
  for (const piece of middle) {
    const after = endOfFirst(piece, value, from, end);
    if (after === null) return false;
    from = after;
  }
  return true;
}

/** @returns where the first occurrence of the piece within [from, end) stops, or null (Knuth, Morris, Pratt) */
function endOfFirst({ text, fallback }: Piece, value: string, from: number, end: number): number | null {
  let matched = 0;
  for (let at = from; at < end; at++) {
    const code = value.charCodeAt(at);
    while (matched > 0 && text.charCodeAt(matched) !== code) matched = fallback[matched - 1]!;
    if (text.charCodeAt(matched) === code) matched++;
    if (matched === text.length) return at + 1;
  }
  return null;
}

function toPiece(text: string): Piece {
  const fallback = new Uint32Array(text.length);
  let matched = 0;
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    while (matched > 0 && text.charCodeAt(matched) !== code) matched = fallback[matched - 1]!;
    if (text.charCodeAt(matched) === code) matched++;
    fallback[at] = matched;
  }
  return { text, fallback };
}

/** AWS counts bytes, and the pattern's opening quote as the first. */
function position(text: string, at: number): number {
  return Buffer.byteLength(text.slice(0, at), 'utf8') + 1;
}
