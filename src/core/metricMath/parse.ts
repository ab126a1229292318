/**
 * The parser of metric math: text to expression, by recursive descent. It knows form only; ids, functions and types are
 * check.ts.
 *
 * Loosest to tightest: OR, AND, comparison, + -, * /, unary -, ^ (to the right). So -m1 ^ 2 is -(m1 ^ 2).
 */
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from '../scaling/types.ts';
import type { MathExpression, MathOperator } from './types.ts';

export type ParsedMath =
  | { readonly ok: true; readonly expression: MathExpression }
  | { readonly ok: false; readonly fault: PolicyFault };

interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'sign';
  readonly text: string;
  /** 1-based position of its first character. */
  readonly position: number;
}

const tokenPattern =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(?:"([^"]*)"|'([^']*)')|(==|!=|<=|>=|&&|\|\||[^\s]))/gy;

const operand = 'a number, an id or "("';
const spelling: Readonly<Record<string, MathOperator>> = { '&&': 'AND', '||': 'OR' };

/** Unwinds the descent; never leaves `parseMath`. */
class Refusal extends Error {
  readonly fault: PolicyFault;
  constructor(of: PolicyFault) {
    super(of.problem);
    this.fault = of;
  }
}

/** @returns the expression, or the first fault of its form (field `expression`). Throws nothing. */
export function parseMath(source: string): ParsedMath {
  try {
    return { ok: true, expression: descend(source) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.fault };
    throw error;
  }
}

function descend(source: string): MathExpression {
  const tokens = tokenize(source);
  if (tokens.length === 0) throw new Refusal(fault('mathEmpty', 'expression'));
  let at = 0;

  const next = (): string | undefined => (tokens[at]?.kind === 'text' ? undefined : tokens[at]?.text);
  function refuse(expected: string): Refusal {
    const token = tokens[at];
    if (token === undefined) {
      return new Refusal(fault('mathEndsEarly', 'expression', { before: source.trim(), expected }));
    }
    const { text: found, position } = token;
    return new Refusal(fault('mathUnexpected', 'expression', { found, position, expected }));
  }
  function expect(sign: string): void {
    if (next() !== sign) throw refuse(`"${sign}"`);
    at++;
  }
  /** One level of operators that group to the left. */
  function leftToRight(operators: readonly string[], tighter: () => MathExpression): MathExpression {
    let left = tighter();
    for (let sign = next(); sign !== undefined && operators.includes(sign); sign = next()) {
      at++;
      const operator = spelling[sign] ?? (sign as MathOperator);
      left = { kind: 'operation', operator, left, right: tighter() };
    }
    return left;
  }
  const either = (): MathExpression => leftToRight(['OR', '||'], both);
  const both = (): MathExpression => leftToRight(['AND', '&&'], comparison);
  const comparison = (): MathExpression => leftToRight(['==', '!=', '<=', '>=', '<', '>'], sum);
  const sum = (): MathExpression => leftToRight(['+', '-'], product);
  const product = (): MathExpression => leftToRight(['*', '/'], unary);

  function unary(): MathExpression {
    if (next() !== '-') return power();
    at++;
    return { kind: 'negate', of: unary() };
  }
  function power(): MathExpression {
    const left = atom();
    if (next() !== '^') return left;
    at++;
    return { kind: 'operation', operator: '^', left, right: unary() };
  }
  function atom(): MathExpression {
    const token = tokens[at];
    if (token === undefined) throw refuse(operand);
    if (token.kind === 'number') {
      at++;
      return { kind: 'number', value: Number(token.text) };
    }
    if (token.kind === 'text') {
      at++;
      return { kind: 'text', text: token.text };
    }
    if (token.kind === 'name' && !isLogical(token.text)) return named(token.text);
    if (token.text === '(') {
      at++;
      const inner = either();
      expect(')');
      return inner;
    }
    if (token.text === '[') {
      at++;
      return { kind: 'list', items: series(']') };
    }
    throw refuse(operand);
  }
  function named(name: string): MathExpression {
    at++;
    if (next() === '(') {
      at++;
      return { kind: 'call', name, args: next() === ')' ? nothing() : series(')') };
    }
    return name === 'REPEAT' || name === 'LINEAR' ? { kind: 'word', word: name } : { kind: 'id', id: name };
  }
  function nothing(): MathExpression[] {
    at++;
    return [];
  }
  /** Expressions between commas, up to the closing sign, which is taken too. */
  function series(close: string): MathExpression[] {
    const items = [either()];
    while (next() === ',') {
      at++;
      items.push(either());
    }
    expect(close);
    return items;
  }

  const expression = either();
  if (at < tokens.length) throw refuse('an operator or the end');
  return expression;
}

const isLogical = (name: string): boolean => name === 'AND' || name === 'OR';

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = source.trimEnd();
  for (const match of trimmed.matchAll(tokenPattern)) {
    const [whole, number, name, doubleQuoted, singleQuoted, sign] = match;
    const text = number ?? name ?? doubleQuoted ?? singleQuoted ?? sign!;
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : sign !== undefined ? 'sign' : 'text';
    tokens.push({ kind, text, position: match.index + whole.search(/\S/) + 1 });
  }
  return tokens;
}
