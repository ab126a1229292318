import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FilterPolicyError,
  type FilterPolicyScope,
  matchesAttributes,
  matchesBody,
  parseFilterPolicy,
} from '../../../../src/emulator/sns/filterPolicy/index.ts';

type Json = Readonly<Record<string, unknown>>;
type Key = readonly [path: string, conditions: readonly unknown[]];

/**
 * The oracle sees a message as a list of fields: a path, a scalar, and the array elements it came through. A policy is
 * met when each key takes a field, or none where none may be, and no two came through different elements of one array.
 * It tries every choice; the library never makes such a list.
 */
interface Field {
  readonly path: string;
  readonly value: unknown;
  readonly through: ReadonlyMap<unknown, number>;
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsOf(value: unknown, path: string, through: Field['through']): readonly Field[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, at) => {
      const isScalar = typeof element !== 'object' || element === null;
      return fieldsOf(element, path, isScalar ? through : new Map([...through, [value, at]]));
    });
  }
  if (!isJson(value)) return [{ path, value, through }];
  return Object.entries(value).flatMap(([name, below]) => fieldsOf(below, `${path}/${name}`, through));
}

/** The keys that must be met, for every way to take the `$or`s. */
function keyLists(policy: Json, path: string): readonly (readonly Key[])[] {
  let lists: readonly (readonly Key[])[] = [[]];
  for (const [name, value] of Object.entries(policy)) {
    const more: readonly (readonly Key[])[] = isJson(value)
      ? keyLists(value, `${path}/${name}`)
      : name === '$or'
        ? (value as readonly Json[]).flatMap((alternative) => keyLists(alternative, path))
        : [[[`${path}/${name}`, value as readonly unknown[]]]];
    lists = lists.flatMap((list) => more.map((keys) => [...list, ...keys]));
  }
  return lists;
}

function isMet(
  keys: readonly Key[],
  fields: readonly Field[],
  taken: readonly Field[] = [],
  absent: readonly string[] = [],
): boolean {
  const [key, ...others] = keys;
  if (key === undefined) {
    return (
      (taken.length > 0 || fields.length > 0) &&
      !fields.some((field) => absent.includes(field.path) && agrees(field, taken))
    );
  }
  const [path, conditions] = key;
  const mayBeAbsent = conditions.some((condition) => isJson(condition) && condition.exists === false);
  return (
    (mayBeAbsent && isMet(others, fields, taken, [...absent, path])) ||
    fields.some(
      (field) =>
        field.path === path &&
        agrees(field, taken) &&
        conditions.some((condition) => holds(condition, field.value)) &&
        isMet(others, fields, [...taken, field], absent),
    )
  );
}

const agrees = (field: Field, taken: readonly Field[]): boolean =>
  taken.every((other) => [...field.through].every(([array, at]) => (other.through.get(array) ?? at) === at));

function holds(condition: unknown, value: unknown): boolean {
  if (!isJson(condition)) return value === condition;
  const text = typeof value === 'string' ? value : null;
  if (condition.exists !== undefined) return condition.exists === true && value !== null && value !== '';
  if (condition.prefix !== undefined) return text?.indexOf(String(condition.prefix)) === 0;
  if (condition.wildcard !== undefined) {
    return text !== null && new RegExp(`^${String(condition.wildcard).replaceAll('*', '.*')}$`).test(text);
  }
  if (condition.numeric !== undefined) {
    const [operator, bound] = condition.numeric as readonly [string, number];
    return typeof value === 'number' && (operator === '>' ? value > bound : value <= bound);
  }
  return !(condition['anything-but'] as readonly unknown[]).includes(value);
}

const scalars = fc.constantFrom<unknown>('v', 'vw', 'w', '', 1, 2, true, null);
const names = fc.constantFrom('a', 'b', 'c');
const conditions = fc.array(
  fc.oneof(
    scalars,
    fc.constantFrom<unknown>(
      ...[{ exists: true }, { exists: false }, { exists: false }, { prefix: 'v' }, { wildcard: '*w' }],
      ...[{ 'anything-but': ['v', ''] }, { 'anything-but': [1] }, { numeric: ['>', 1] }, { numeric: ['<=', 1] }],
    ),
  ),
  { minLength: 1, maxLength: 3 },
);

function policies(values: fc.Arbitrary<unknown>): fc.Arbitrary<Json> {
  const keys = fc.dictionary(names, values, { minKeys: 1, maxKeys: 2 });
  const alternatives = fc.array(keys, { minLength: 2, maxLength: 3 });
  const withOr = fc.tuple(fc.dictionary(names, values, { maxKeys: 2 }), alternatives);
  return fc.oneof(
    keys,
    withOr.map(([others, $or]) => ({ ...others, $or })),
  );
}

const flatPolicies = policies(conditions);
const nestedPolicies = policies(fc.oneof(conditions, policies(conditions), policies(conditions)));

const bodies = fc.letrec<{ object: Json; value: unknown }>((tie) => ({
  object: fc.dictionary(names, tie('value'), { maxKeys: 3 }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    tie('object'),
    fc.array(tie('object'), { maxLength: 3 }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
})).object;

/** Skips what the policy's own rules refuse: too many keys or combinations, or a path twice. */
function parse(policy: Json, scope: FilterPolicyScope) {
  try {
    return parseFilterPolicy(JSON.stringify(policy), scope);
  } catch (error) {
    expect(error).toBeInstanceOf(FilterPolicyError);
    return null;
  }
}

describe('a policy says what trying every choice says', () => {
  /** Neither answer may be rare, or the comparison would say little. */
  const expectBoth = (answers: readonly boolean[]): void => {
    const passed = answers.filter((answer) => answer).length;
    expect(passed).toBeGreaterThan(answers.length / 20);
    expect(passed).toBeLessThan((answers.length * 19) / 20);
  };

  test('of bodies', () => {
    const answers: boolean[] = [];
    fc.assert(
      fc.property(nestedPolicies, bodies, (policy, body) => {
        const parsed = parse(policy, 'MessageBody');
        fc.pre(parsed !== null);
        const lists = keyLists(policy, '');
        // A value and an object at one path may come from different elements: too rare to keep them together.
        fc.pre(!lists.some((keys) => keys.some(([one]) => keys.some(([other]) => other.startsWith(`${one}/`)))));
        // A body of empty objects has properties, and nothing that could be a field.
        fc.pre(Object.keys(body).length === 0 || fieldsOf(body, '', new Map()).length > 0);
        const fields = fieldsOf(body, '', new Map());
        const expected = lists.some((keys) => isMet(keys, fields));
        answers.push(expected);
        expect(matchesBody(parsed, body)).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
    expectBoth(answers);
  });

  test('of attributes', () => {
    const attributes = fc.dictionary(names, fc.oneof(scalars, fc.array(scalars, { minLength: 1, maxLength: 3 })));
    const answers: boolean[] = [];
    fc.assert(
      fc.property(flatPolicies, attributes, (policy, values) => {
        const parsed = parse(policy, 'MessageAttributes');
        fc.pre(parsed !== null);
        const fields = fieldsOf(values, '', new Map());
        const expected = keyLists(policy, '').some((keys) => isMet(keys, fields));
        answers.push(expected);
        const sent = Object.entries(values).map(([name, value]) => [name, attributeOf(value)] as const);
        expect(matchesAttributes(parsed, new Map(sent))).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
    expectBoth(answers);
  });

  function attributeOf(value: unknown): { dataType: string; value: string } {
    if (typeof value === 'string') return { dataType: 'String', value };
    if (typeof value === 'number') return { dataType: 'Number', value: String(value) };
    return { dataType: 'String.Array', value: JSON.stringify(Array.isArray(value) ? value : [value]) };
  }
});

test('a wildcard pattern fits what the regular expression fits', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'a', 'b', 'b', '*', '\\'), maxLength: 6 });
  const literals = fc.array(text, { minLength: 1, maxLength: 4 }).filter((all) => !all.slice(1, -1).includes(''));
  // Anything at all would hardly ever fit, so most values are made of the pattern's own pieces.
  const patternAndValue = literals.chain((pieces) =>
    fc.tuple(
      fc.constant(pieces),
      fc.array(fc.oneof(fc.constantFrom(...pieces), text), { maxLength: 7 }).map((parts) => parts.join('')),
    ),
  );
  fc.assert(
    fc.property(patternAndValue, ([pieces, value]) => {
      const escaped = pieces.map((piece) => piece.replaceAll(/[*\\]/g, '\\$&'));
      const parsed = parse({ key: [{ wildcard: escaped.join('*') }] }, 'MessageAttributes');
      const expected = new RegExp(`^${escaped.join('.*')}$`).test(value);
      expect(matchesAttributes(parsed!, new Map([['key', { dataType: 'String', value }]]))).toBe(expected);
    }),
    { numRuns: 3_000 },
  );
});
