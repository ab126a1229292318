/**
 * Texts with wildcards (`*`, `?`) and policy variables (`${aws:SourceAccount}`), and whether they match a value.
 *
 * A text is taken apart once, into character codes, wildcards and variables, so that neither the value of a variable nor
 * `${*}` can be mistaken for a wildcard. Matching is two pointers and never a regular expression: no policy can make it
 * take more than pattern times value.
 */
import type { Context } from './request.ts';

const anyRun = -1;
const anyOne = -2;
const colon = ':'.charCodeAt(0);

interface Variable {
  /** In lower case. */
  readonly key: string;
  /** `${key, 'fallback'}` */
  readonly fallback: string | null;
}

export type Pattern = readonly number[];

export interface Template {
  readonly units: readonly (number | Variable)[];
  readonly hasVariables: boolean;
}

export interface TemplateOptions {
  readonly wildcards: boolean;
  /** Only policies of version 2012-10-17 have variables; before, they are text. */
  readonly variables: boolean;
}

export function compile(text: string, { wildcards, variables }: TemplateOptions): Template {
  const units: (number | Variable)[] = [];
  // Once there is no closing brace left there will be none later: a text of many `${` is still read in one go.
  let mayClose = variables;
  for (let at = 0; at < text.length; at += 1) {
    if (mayClose && text.startsWith('${', at)) {
      const end = text.indexOf('}', at);
      mayClose = end >= 0;
      const unit = mayClose ? readVariable(text.slice(at + 2, end)) : null;
      if (unit !== null) {
        units.push(unit);
        at = end;
        continue;
      }
    }
    const character = text[at];
    if (wildcards && character === '*') units.push(anyRun);
    else if (wildcards && character === '?') units.push(anyOne);
    else units.push(text.charCodeAt(at));
  }
  return templateOf(units);
}

function templateOf(units: Template['units']): Template {
  return { units, hasVariables: units.some((unit) => typeof unit === 'object') };
}

/** null: not the inside of a variable, so text like any other. */
function readVariable(inside: string): number | Variable | null {
  if (inside === '*' || inside === '?' || inside === '$') return inside.charCodeAt(0);
  const comma = inside.indexOf(',');
  const key = (comma < 0 ? inside : inside.slice(0, comma)).trim().toLowerCase();
  if (key === '') return null;
  if (comma < 0) return { key, fallback: null };
  const given = inside.slice(comma + 1).trim();
  const isQuoted = given.length >= 2 && given.startsWith("'") && given.endsWith("'");
  return isQuoted ? { key, fallback: given.slice(1, -1) } : null;
}

export const asWritten = (text: string): string => text;

/** With the variables filled in; null when one of them has no value, or several, and no fallback. */
export function bind({ units, hasVariables }: Template, context: Context, fold = asWritten): Pattern | null {
  if (!hasVariables) return units as Pattern;
  const pattern: number[] = [];
  for (const unit of units) {
    if (typeof unit === 'number') {
      pattern.push(unit);
      continue;
    }
    const values = context.get(unit.key) ?? [];
    const value = values.length === 1 ? fold(values[0]!) : unit.fallback;
    if (value === null) return null;
    for (let at = 0; at < value.length; at += 1) pattern.push(value.charCodeAt(at));
  }
  return pattern;
}

/** All of them with their variables filled in; null when one cannot be. */
export function bindAll(templates: readonly Template[], context: Context): readonly Pattern[] | null {
  const patterns = templates.map((template) => bind(template, context));
  return patterns.every((pattern) => pattern !== null) ? patterns : null;
}

export function matches(pattern: Pattern, text: string): boolean {
  let unitAt = 0;
  let textAt = 0;
  // Only the latest run ever has to give way: what came before it has matched as early as it could.
  let latestRun = -1;
  let runEnd = 0;
  while (textAt < text.length) {
    const unit = pattern[unitAt];
    if (unit === anyRun) {
      latestRun = unitAt;
      runEnd = textAt;
      unitAt += 1;
    } else if (unit === anyOne || unit === text.charCodeAt(textAt)) {
      unitAt += 1;
      textAt += 1;
    } else if (latestRun >= 0) {
      runEnd += 1;
      textAt = runEnd;
      unitAt = latestRun + 1;
    } else {
      return false;
    }
  }
  while (pattern[unitAt] === anyRun) unitAt += 1;
  return unitAt === pattern.length;
}

const arnFields = 6;
const everything: Template = templateOf([anyRun]);

/** The six fields of an ARN by themselves; those that are missing at the end are `*`. The last may hold colons. */
export function compileArn(text: string, options: TemplateOptions): readonly Template[] {
  const fields: (number | Variable)[][] = [[]];
  for (const unit of compile(text, options).units) {
    if (unit === colon && fields.length < arnFields) fields.push([]);
    else fields.at(-1)!.push(unit);
  }
  const missing = Array.from({ length: arnFields - fields.length }, () => everything);
  return [...fields.map(templateOf), ...missing];
}

/** A value that is not an ARN matches none. */
export function matchesArn(fields: readonly Pattern[], value: string): boolean {
  const parts = value.split(':', arnFields - 1);
  if (parts.length < arnFields - 1) return false;
  const rest = parts.join(':').length + 1;
  if (rest > value.length) return false;
  return [...parts, value.slice(rest)].every((part, index) => matches(fields[index]!, part));
}
