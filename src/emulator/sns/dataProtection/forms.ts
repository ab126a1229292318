/**
 * The parts that detectors are made of: a form that a text has, keywords that stand beside it, a check over its digits.
 *
 * Keywords count as with AWS: within 30 characters before or behind, in any case, their words apart by a space, an underscore, a hyphen,
 * nothing, or a capital letter. Every expression takes time in proportion to the text. Not here: which forms there are.
 */
import type { Detector, Finding } from './detectors.ts';

/** Whether a keyword stands beside what lies from `start` to `end`. */
export type Beside = (body: string, start: number, end: number) => boolean;

export interface Form {
  /** Global. */
  readonly expression: RegExp;
  /** Null when it needs none. */
  readonly beside?: Beside | null;
  /** Null when every form is valid. @param characters letters and digits alone: what stands between them is left out */
  readonly isValid?: ((characters: string, text: string) => boolean) | null;
}

export function detect({ expression, beside = null, isValid = null }: Form): Detector {
  return (body) => {
    const findings: Finding[] = [];
    for (const { 0: text, index } of body.matchAll(expression)) {
      const end = index + text.length;
      if (isValid !== null && !isValid(text.replaceAll(/[^\p{L}\p{Nd}]/gu, ''), text)) continue;
      if (beside === null || beside(body, index, end)) findings.push({ start: index, end });
    }
    return findings;
  };
}

/** A form that is no part of a longer word or number. `source` must not begin with what may repeat without a limit. */
export const whole = (source: string, flags = ''): RegExp =>
  new RegExp(`(?<![\\w-]|\\d\\.)(?:${source})(?!\\w|\\.\\d|-\\w)`, `g${flags}`);

/** Of several detectors, each finding once. */
export function anyOf(...detectors: readonly Detector[]): Detector {
  return (body) => {
    const findings = new Map<string, Finding>();
    for (const find of detectors) for (const one of find(body)) findings.set(`${one.start}-${one.end}`, one);
    return [...findings.values()];
  };
}

const nearCharacters = 30;

/** @param words divided by commas, as they are listed */
export function keywords(words: string): Beside {
  const all = words.split(/\s*,\s*/);
  const longest = Math.max(...all.map(({ length }) => length));
  const any = all
    .toSorted((a, b) => b.length - a.length)
    .map((word) =>
      word
        .toLowerCase()
        .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
        .replaceAll(/['’]/g, "['’]")
        .split(' ')
        .join('[ _-]?'),
    )
    .join('|');
  const before = new RegExp(String.raw`(?<!\p{L})(?:${any})(?!\p{L})(?=[^]{0,${nearCharacters}}$)`, 'u');
  const behind = new RegExp(String.raw`^[^]{0,${nearCharacters}}(?<!\p{L})(?:${any})(?!\p{L})`, 'u');
  // Twice as long: `cardNumber` grows when its words are taken apart, and a keyword at the edge needs its neighbours.
  const reach = 2 * (nearCharacters + longest) + 1;
  return (body, start, end) =>
    before.test(apart(body.slice(Math.max(0, start - reach), start))) ||
    behind.test(apart(body.slice(end, end + reach)));
}

/** `creditCardNo` -> `credit card no` */
const apart = (text: string): string => text.replaceAll(/([a-z])(?=[A-Z])/g, '$1 ').toLowerCase();
