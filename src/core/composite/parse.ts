/**
 * The parser of composite alarm rules: text to tree, by recursive descent (COMP-01).
 *
 * NOT binds tighter than AND, AND tighter than OR. Keywords are read in any case, because the service's own advice writes
 * `False` and `false`. Names may stand in double quotes; without them a name ends at the closing parenthesis.
 */
import type { AlarmState } from '../alarms/types.ts';
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from '../scaling/types.ts';
import type { CompositeRule, ParsedRule } from './types.ts';

export type ParsedComposite =
  | ({ readonly ok: true } & ParsedRule)
  | { readonly ok: false; readonly fault: PolicyFault };

interface Token {
  readonly kind: 'word' | 'state' | '(' | ')' | 'odd';
  readonly text: string;
  readonly position: number;
  /** Of a state function: the alarm it names. */
  readonly alarm?: string;
}

const operand = 'ALARM(name), OK(name), INSUFFICIENT_DATA(name), TRUE, FALSE, NOT or "("';
const tokenPattern =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|([^")]*[^")\s]))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()])|(\S+?(?=[\s()]|$)))/giy;

class Refusal extends Error {
  readonly fault: PolicyFault;
  constructor(of: PolicyFault) {
    super(of.problem);
    this.fault = of;
  }
}

/** @returns the tree, or the first fault of its form (field `alarmRule`). Throws nothing. */
export function parseCompositeRule(source: string): ParsedComposite {
  try {
    return { ok: true, ...descend(source) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.fault };
    throw error;
  }
}

function descend(source: string): ParsedRule {
  const tokens = tokenize(source);
  if (tokens.length === 0) throw new Refusal(fault('compositeEmpty', 'alarmRule'));
  let at = 0;
  let elements = 0;

  const next = (): string | undefined => tokens[at]?.text;
  function refuse(expected: string): Refusal {
    const token = tokens[at];
    if (token === undefined) return new Refusal(fault('compositeEndsEarly', 'alarmRule', { expected }));
    const { text: found, position } = token;
    return new Refusal(fault('compositeUnexpected', 'alarmRule', { found, position, expected }));
  }
  function either(): CompositeRule {
    let left = both();
    while (next() === 'OR') {
      at++;
      left = { kind: 'either', left, right: both() };
    }
    return left;
  }
  function both(): CompositeRule {
    let left = not();
    while (next() === 'AND') {
      at++;
      left = { kind: 'both', left, right: not() };
    }
    return left;
  }
  function not(): CompositeRule {
    if (next() !== 'NOT') return atom();
    at++;
    return { kind: 'not', of: not() };
  }
  function atom(): CompositeRule {
    const token = tokens[at];
    if (token?.kind === 'state') {
      at++;
      elements++;
      return { kind: 'state', state: token.text as AlarmState, alarm: token.alarm! };
    }
    if (token?.text === 'TRUE' || token?.text === 'FALSE') {
      at++;
      elements++;
      return { kind: 'constant', holds: token.text === 'TRUE' };
    }
    if (token?.kind !== '(') throw refuse(operand);
    at++;
    elements++;
    const inner = either();
    if (next() !== ')') throw refuse('")"');
    at++;
    return inner;
  }

  const rule = either();
  if (at < tokens.length) throw refuse('AND, OR or the end');
  return { rule, elements };
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  for (const match of source.trimEnd().matchAll(tokenPattern)) {
    const [whole, state, quoted, bare, word, bracket, odd] = match;
    const position = match.index + whole.search(/\S/) + 1;
    if (state !== undefined) {
      const alarm = quoted === undefined ? bare! : quoted.replace(/\\(.)/g, '$1');
      tokens.push({ kind: 'state', text: state.toUpperCase(), position, alarm });
    } else if (word !== undefined) tokens.push({ kind: 'word', text: word.toUpperCase(), position });
    else if (bracket !== undefined) tokens.push({ kind: bracket as '(' | ')', text: bracket, position });
    else tokens.push({ kind: 'odd', text: odd!, position });
  }
  return tokens;
}
