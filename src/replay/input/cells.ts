/**
 * Cells of one line of CSV: separators, quotation marks, numbers.
 */
import { brokenFile } from './faults.ts';

/** @throws SpillwayError FILE_SYNTAX for a quotation mark that is not closed on the line */
export function splitCells(file: string, text: string, line: number, separator: string): string[] {
  const cells: string[] = [];
  let at = 0;
  if (!text.includes('"')) {
    for (let end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, at)) {
      cells.push(trimmed(text, at, end));
      at = end + 1;
    }
    cells.push(trimmed(text, at, text.length));
    return cells;
  }
  for (;;) {
    while (text[at] === ' ') at++;
    if (text[at] !== '"') {
      const end = text.indexOf(separator, at);
      cells.push((end < 0 ? text.slice(at) : text.slice(at, end)).trim());
      if (end < 0) return cells;
      at = end + 1;
      continue;
    }
    let cell = '';
    let from = at + 1;
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote < 0) throw brokenFile(file, line, 'trace-quote-open');
      cell += text.slice(from, quote);
      from = quote + 1;
      if (text[from] !== '"') break;
      cell += '"';
      from++;
    }
    cells.push(cell.trim());
    const end = text.indexOf(separator, from);
    if (end < 0) return cells;
    at = end + 1;
  }
}

/** A part of a text, trimmed only where there is something to trim. */
function trimmed(text: string, from: number, to: number): string {
  const cell = text.slice(from, to);
  return to > from && (text.charCodeAt(from) <= SPACE || text.charCodeAt(to - 1) <= SPACE) ? cell.trim() : cell;
}

/** The separator a head line uses: the most frequent of comma, semicolon, tab outside quotation marks. */
export function separatorOf(text: string): string {
  const bare = text.replace(/"[^"]*"/g, '');
  const [best] = [',', ';', '\t']
    .map((separator) => ({ separator, count: bare.split(separator).length }))
    .toSorted((a, b) => b.count - a.count);
  return best!.separator;
}

const SPACE = 32;
const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const nothing = new Set([
  '',
  'nan',
  'null',
  'none',
  'n/a',
  'na',
  '-',
  '--',
  'undefined',
  'inf',
  '+inf',
  '-inf',
  'infinity',
  '-infinity',
]);

/** Digits alone, few enough to be exact: what most cells are. -1 for anything else. */
function readWhole(cell: string): number {
  const { length } = cell;
  if (length === 0 || length > 15) return -1;
  let value = 0;
  for (let at = 0; at < length; at++) {
    const digit = cell.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** @returns NaN for no datapoint; null for what is neither a number nor a word for none */
export function readNumber(cell: string): number | null {
  const whole = readWhole(cell);
  if (whole >= 0) return whole;
  if (numberPattern.test(cell)) {
    const value = Number(cell);
    return Number.isFinite(value) ? value : Number.NaN;
  }
  return nothing.has(cell.toLowerCase()) ? Number.NaN : null;
}
