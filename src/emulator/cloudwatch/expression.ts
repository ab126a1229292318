/**
 * Metric math, as far as arithmetic goes: + - * / ^, numbers, parentheses and the ids of other queries.
 *
 * MATH-01: between series a missing operand counts as 0. MATH-02: a point that divides by zero is dropped.
 * Functions (FILL, IF, RATE, SEARCH, ...) are refused with a ValidationError that says so.
 */
import { validationError } from './errors.ts';
import type { ReadPoints } from './metricStore.ts';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'negate'; readonly of: Expression }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Expression; readonly right: Expression };

const tokenPattern = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|(.))/gy;

interface Token {
  readonly kind: 'number' | 'name' | 'sign';
  readonly text: string;
}

/** @throws ValidationError naming the place of the fault */
export function parseExpression(source: string): Expression {
  const tokens = tokenize(source);
  let at = 0;
  const peek = (): string | undefined => tokens[at]?.text;
  const refuse = (problem: string): Error =>
    validationError(`Error in expression '${source}': ${problem}. This emulator knows + - * / ^, numbers and ids.`);

  function sum(): Expression {
    let left = product();
    while (peek() === '+' || peek() === '-') {
      const operator = tokens[at++]!.text;
      left = { kind: 'operation', operator, left, right: product() };
    }
    return left;
  }

  function product(): Expression {
    let left = unary();
    while (peek() === '*' || peek() === '/') {
      const operator = tokens[at++]!.text;
      left = { kind: 'operation', operator, left, right: unary() };
    }
    return left;
  }

  function unary(): Expression {
    if (peek() !== '-') return power();
    at++;
    return { kind: 'negate', of: unary() };
  }

  function power(): Expression {
    const left = atom();
    if (peek() !== '^') return left;
    at++;
    return { kind: 'operation', operator: '^', left, right: unary() };
  }

  function atom(): Expression {
    const token = tokens[at++];
    if (token === undefined) throw refuse('it ends too early');
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'name') {
      if (peek() === '(') throw refuse(`the function ${token.text} is not supported`);
      return { kind: 'id', id: token.text };
    }
    if (token.text !== '(') throw refuse(`unexpected '${token.text}'`);
    const inner = sum();
    if (tokens[at++]?.text !== ')') throw refuse("a ')' is missing");
    return inner;
  }

  const parsed = sum();
  if (at < tokens.length) throw refuse(`unexpected '${tokens[at]!.text}'`);
  return parsed;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = source.trim();
  for (const [, number, name, sign] of trimmed.matchAll(tokenPattern)) {
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

export function idsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'id':
      return [expression.id];
    case 'negate':
      return idsOf(expression.of);
    case 'operation':
      return [...idsOf(expression.left), ...idsOf(expression.right)];
  }
}

/** The expression over every instant at which any operand has a point, oldest first. */
export function evaluateExpression(expression: Expression, series: ReadonlyMap<string, ReadPoints>): ReadPoints {
  const columns = new Map<string, Map<number, number>>();
  const instants = new Set<number>();
  for (const id of idsOf(expression)) {
    const points = series.get(id);
    if (points === undefined) throw validationError(`The expression uses the id '${id}', which no query has.`);
    if (columns.has(id)) continue;
    columns.set(id, new Map(points.timesMs.map((time, i) => [time, points.values[i]!])));
    for (const time of points.timesMs) instants.add(time);
  }
  const timesMs: number[] = [];
  const values: number[] = [];
  for (const time of [...instants].sort((a, b) => a - b)) {
    const value = valueAt(expression, (id) => columns.get(id)!.get(time) ?? 0);
    if (!Number.isFinite(value)) continue;
    timesMs.push(time);
    values.push(value);
  }
  return { timesMs, values };
}

function valueAt(expression: Expression, read: (id: string) => number): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'id':
      return read(expression.id);
    case 'negate':
      return -valueAt(expression.of, read);
    case 'operation': {
      const left = valueAt(expression.left, read);
      const right = valueAt(expression.right, read);
      switch (expression.operator) {
        case '+':
          return left + right;
        case '-':
          return left - right;
        case '*':
          return left * right;
        case '/':
          return right === 0 ? Number.NaN : left / right;
        default:
          return left ** right;
      }
    }
  }
}
