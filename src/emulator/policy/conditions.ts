/** The Condition element: reading it, and whether one of its conditions holds for a request. */
import { PolicyError } from './errors.ts';
import { type Comparand, type Operator, operators } from './operators.ts';
import { listOf, quoted, readObject } from './reading.ts';
import type { Context } from './request.ts';

/** One key below one operator. */
export interface Condition {
  readonly operator: Operator;
  /** ForAllValues and ForAnyValue. */
  readonly quantifier: 'all' | 'any' | null;
  readonly ifExists: boolean;
  /** In lower case. */
  readonly key: string;
  /** At least one; any of them may match. */
  readonly comparands: readonly Comparand[];
}

/**
 * @param variables whether the policy's version has policy variables
 * @throws PolicyError for an operator that does not exist, and for a value that is not a string, number or Boolean
 */
export function parseConditions(value: unknown, where: string, variables: boolean): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const [name, keys] of readObject(value, where)) {
    const operation = parseOperator(name, where);
    for (const [key, values] of readObject(keys, `${where}, ${quoted(name)}`)) {
      const texts = parseValues(values, `${where}, ${quoted(name)}, ${quoted(key)}`);
      const comparands = texts.map((text) => operation.operator.comparand(text, variables));
      conditions.push({ ...operation, key: key.toLowerCase(), comparands });
    }
  }
  return conditions;
}

function parseOperator(name: string, where: string): Pick<Condition, 'operator' | 'quantifier' | 'ifExists'> {
  const quantifier = name.startsWith('ForAllValues:') ? 'all' : name.startsWith('ForAnyValue:') ? 'any' : null;
  const unquantified = quantifier === null ? name : name.slice(name.indexOf(':') + 1);
  const ifExists = unquantified.endsWith('IfExists');
  const operator = operators.get(ifExists ? unquantified.slice(0, -'IfExists'.length) : unquantified);
  // A question whether the key exists, only if it exists, is none.
  if (operator === undefined || (operator.asksAbsence && ifExists)) {
    throw new PolicyError(where, `Invalid Condition type : ${quoted(name)}`);
  }
  return { operator, quantifier, ifExists };
}

function parseValues(value: unknown, where: string): readonly string[] {
  const values = listOf(value);
  if (values.length === 0) throw new PolicyError(where, 'A condition needs a value');
  return values.map((element) => {
    if (typeof element === 'string') return element;
    if (typeof element === 'number' || typeof element === 'boolean') return String(element);
    throw new PolicyError(where, 'A value must be a string, a number or a Boolean');
  });
}

export function holds(condition: Condition, context: Context): boolean {
  const { operator, quantifier, ifExists, key, comparands } = condition;
  const given = context.get(key) ?? [];
  // To the set operators and to Null, an empty text is no value.
  const values = quantifier === null && !operator.asksAbsence ? given : given.filter((value) => value !== '');
  const absent = values.length === 0;
  if (absent && ifExists && quantifier !== 'any') return true;

  const tests = comparands.map((comparand) => comparand(context));
  // A variable without a value takes the whole statement with it, negated operator or not.
  if (!tests.every((test) => test !== null)) return false;
  const matches = (value: string): boolean => tests.some((test) => test(value));
  if (operator.asksAbsence) return matches(String(absent));
  switch (quantifier) {
    case 'all':
      return values.every((value) => matches(value) !== operator.negated);
    case 'any':
      return values.some((value) => matches(value) !== operator.negated);
    case null:
      // One value is the rule. Of several, one that matches is enough, and enough to fail a negated operator.
      return values.some(matches) !== operator.negated;
  }
}
