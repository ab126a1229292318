/**
 * Whether a parsed expression makes sense: its ids are known, its functions exist and get what they take, and its result
 * is one series. Every fault at once. Rules: docs/rules/metric-math.md.
 */
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from '../scaling/types.ts';
import { type MathFunction, mathFunctions } from './functions.ts';
import type { MathExpression, MathType } from './types.ts';

export interface KnownIds {
  /** Every id an expression may name, with what it stands for. */
  readonly types: ReadonlyMap<string, 'series' | 'array'>;
  /** Those that are metrics: PERIOD() takes only them. */
  readonly metrics: ReadonlySet<string>;
}

const idPattern = /^[a-z][a-zA-Z0-9_]*$/;
const typeNames: Readonly<Record<MathType, string>> = {
  scalar: 'a number',
  series: 'a series',
  array: 'a list of series',
  text: 'a text',
  word: 'REPEAT or LINEAR',
};

export const isMathId = (id: string): boolean => idPattern.test(id);

/** The function of this name; own properties only, so that `constructor` is none. */
export const mathFunction = (name: string): MathFunction | undefined =>
  Object.hasOwn(mathFunctions, name) ? mathFunctions[name] : undefined;

/**
 * The type of an expression and what is wrong with it.
 *
 * @returns type null where a fault makes it unknowable. Throws nothing.
 */
export function checkMath(
  expression: MathExpression,
  known: KnownIds,
): { readonly type: MathType | null; readonly faults: readonly PolicyFault[] } {
  const faults: PolicyFault[] = [];
  const type = typeOf(expression, known, faults);
  return { type, faults };
}

/** `checkMath` of an expression whose result is to be watched or drawn: it must be one series. */
export function checkMathSeries(expression: MathExpression, known: KnownIds): readonly PolicyFault[] {
  const { type, faults } = checkMath(expression, known);
  if (faults.length > 0 || type === 'series') return faults;
  return [fault('mathNotOneSeries', 'expression', { given: typeNames[type!] })];
}

/** Every id an expression names, once each, in the order of their first use. */
export function mathIds(expression: MathExpression): readonly string[] {
  const ids = new Set<string>();
  visit(expression, (part) => {
    if (part.kind === 'id') ids.add(part.id);
  });
  return [...ids];
}

/** Calls back for an expression and everything inside it, outermost first. */
export function visit(expression: MathExpression, each: (part: MathExpression) => void): void {
  each(expression);
  for (const part of partsOf(expression)) visit(part, each);
}

function partsOf(expression: MathExpression): readonly MathExpression[] {
  switch (expression.kind) {
    case 'negate':
      return [expression.of];
    case 'operation':
      return [expression.left, expression.right];
    case 'list':
      return expression.items;
    case 'call':
      return expression.args;
    default:
      return [];
  }
}

function typeOf(expression: MathExpression, known: KnownIds, faults: PolicyFault[]): MathType | null {
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'text':
      return 'text';
    case 'word':
      return 'word';
    case 'id':
      return typeOfId(expression.id, known, faults);
    case 'negate':
      return operandType('-', typeOf(expression.of, known, faults), faults);
    case 'operation':
      return typeOfOperation(expression, known, faults);
    case 'list':
      for (const item of expression.items) operandType('[ ]', typeOf(item, known, faults), faults);
      return 'array';
    case 'call':
      return typeOfCall(expression, known, faults);
  }
}

function typeOfId(id: string, known: KnownIds, faults: PolicyFault[]): MathType | null {
  const type = known.types.get(id);
  if (type !== undefined) return type;
  faults.push(
    isMathId(id)
      ? fault('mathUnknownId', 'expression', { id, known: listed(known.types) })
      : fault('mathIdInvalid', 'expression', { id }),
  );
  return null;
}

/** An expression can name hundreds of unknown ids, each of which is told beside the known ones. */
const mostListed = 20;

function listed(ids: KnownIds['types']): string {
  const first = [...ids.keys()].slice(0, mostListed).join(', ');
  return ids.size > mostListed ? `${first}, …` : first;
}

function operandType(operator: string, type: MathType | null, faults: PolicyFault[]): MathType | null {
  if (type !== 'text' && type !== 'word') return type;
  faults.push(fault('mathOperandType', 'expression', { operator, given: typeNames[type] }));
  return null;
}

function typeOfOperation(
  { operator, left, right }: MathExpression & { kind: 'operation' },
  known: KnownIds,
  faults: PolicyFault[],
): MathType | null {
  const types = [left, right].map((side) => operandType(operator, typeOf(side, known, faults), faults));
  if (types.includes(null)) return null;
  if (types[0] === 'array' && types[1] === 'array') {
    faults.push(fault('mathTwoArrays', 'expression', { operator }));
    return null;
  }
  if (types.includes('array')) return 'array';
  return types.includes('series') ? 'series' : 'scalar';
}

function typeOfCall(
  { name, args }: MathExpression & { kind: 'call' },
  known: KnownIds,
  faults: PolicyFault[],
): MathType | null {
  const types = args.map((argument) => typeOf(argument, known, faults));
  const found = mathFunction(name);
  if (found === undefined) {
    faults.push(fault('mathUnknownFunction', 'expression', { name, known: Object.keys(mathFunctions).join(', ') }));
    return null;
  }
  const { takes, needed, gives } = found;
  if (args.length < needed || args.length > takes.length) {
    const expected = needed === takes.length ? `${needed}` : `${needed} to ${takes.length}`;
    faults.push(fault('mathArguments', 'expression', { name, expected, given: args.length }));
    return null;
  }
  const before = faults.length;
  types.forEach((type, index) => {
    if (type === null || takes[index]!.includes(type)) return;
    const expected = takes[index]!.map((allowed) => typeNames[allowed]).join(' or ');
    faults.push(
      fault('mathArgumentType', 'expression', { name, expected, position: index + 1, given: typeNames[type] }),
    );
  });
  if (name === 'PERIOD') refuseDerived(args[0]!, known, faults);
  if (faults.length > before || types.some((type) => type === null)) return null;
  return gives(types as MathType[]);
}

/** PERIOD() takes a metric, not the result of an expression. */
function refuseDerived(argument: MathExpression, known: KnownIds, faults: PolicyFault[]): void {
  if (argument.kind === 'id' && (known.metrics.has(argument.id) || !known.types.has(argument.id))) return;
  const params = { name: 'PERIOD', expected: 'the id of a metric', position: 1, given: 'the result of an expression' };
  faults.push(fault('mathArgumentType', 'expression', params));
}
