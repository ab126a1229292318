/**
 * The timeline as JSON: versioned, lossless, keys in a fixed order, so that equal timelines are equal files.
 *
 * Columns become plain arrays; a missing cell (NaN) becomes null, and infinities become words, as JSON has neither.
 */
import type { Timeline } from '../types.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The order in which a reader wants to see them; inside, keys are alphabetical. */
const topLevel = [
  'schema',
  'version',
  'title',
  'range',
  'timeZone',
  'spillwayVersion',
  'resources',
  'milestones',
  'entries',
  'keyFigures',
  'alarms',
  'replay',
  'bands',
  'series',
  'heatmaps',
] as const satisfies readonly (keyof Timeline)[];

const inlineLength = 120;

export function toJson(timeline: Timeline): string {
  const members = topLevel
    .filter((key) => timeline[key] !== undefined)
    .map((key) => `  ${JSON.stringify(key)}: ${print(toPlain(timeline[key]), '  ')}`);
  return `{\n${members.join(',\n')}\n}\n`;
}

function toPlain(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return cell(value);
  if (value instanceof Float64Array) return Array.from(value, cell);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value === 'object') {
    const plain: Record<string, Json> = {};
    for (const key of Object.keys(value).sort()) {
      const member = (value as Record<string, unknown>)[key];
      if (member !== undefined) plain[key] = toPlain(member);
    }
    return plain;
  }
  throw new Error(`a timeline cannot hold a ${typeof value}`);
}

function cell(value: number): Json {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : value > 0 ? 'Infinity' : '-Infinity';
}

/** One line for what is short or a column of numbers, else one line per member. */
function print(value: Json, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((each) => each === null || typeof each === 'number')) return JSON.stringify(value);
    const parts = value.map((each) => print(each, inner));
    return fitted(parts, indent, '[', ']');
  }
  const parts = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${print(each, inner)}`);
  return fitted(parts, indent, '{', '}');
}

function fitted(parts: readonly string[], indent: string, open: string, close: string): string {
  if (parts.length === 0) return open + close;
  const line = `${open === '{' ? '{ ' : '['}${parts.join(', ')}${close === '}' ? ' }' : ']'}`;
  if (line.length + indent.length <= inlineLength && !line.includes('\n')) return line;
  const inner = `${indent}  `;
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
