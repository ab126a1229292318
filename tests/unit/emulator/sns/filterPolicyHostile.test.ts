import { describe, expect, test } from 'vitest';
import {
  FilterPolicyError,
  matchesAttributes,
  matchesBody,
  parseFilterPolicy,
} from '../../../../src/emulator/sns/filterPolicy/index.ts';

const nest = (depth: number, open: string, inner: string, close: string): string =>
  open.repeat(depth) + inner + close.repeat(depth);

describe('policies', () => {
  test.each<[string, string]>([
    ['objects', nest(40_000, '{"a":', '["v"]', '}')],
    ['alternatives', nest(13_000, '{"$or":[{"a":[1]},', '{"a":[1]}', ']}')],
    ['arrays', `{"a":${nest(100_000, '[', '1', ']')}}`],
    ['arrays in an operator', `{"a":[{"numeric":${nest(100_000, '[', '1', ']')}}]}`],
    ['objects in an operator', `{"a":[{"anything-but":${nest(10_000, '{"prefix":', '"v"', '}')}}]}`],
    ['dots', `{"${'.'.repeat(200_000)}":["v"]}`],
    ['alternatives below a long name', `{"${'n'.repeat(100_000)}":{"$or":[${'{"a":[1]},'.repeat(10_000)}{"a":[1]}]}}`],
  ])('with deep or endless %s are refused', (_, text) => {
    expect(text.length).toBeLessThan(262_144);
    expect(() => parseFilterPolicy(text, 'MessageBody')).toThrow(FilterPolicyError);
  });

  test('may be as deep as their combinations allow', () => {
    const text = (depth: number): string => nest(depth - 1, '{"a":', '{"a":["v"]}', '}');
    const policy = parseFilterPolicy(text(150), 'MessageBody');
    expect(matchesBody(policy, JSON.parse(text(150)))).toBe(true);
    expect(matchesBody(policy, JSON.parse(text(149)))).toBe(false);
    expect(() => parseFilterPolicy(text(151), 'MessageBody')).toThrow('Filter policy is too complex');
  });

  test('of many alternatives are written out no further than the limit', () => {
    const either = '[{"a":["v"]},{"b":["v"]}]';
    const nested = Array.from({ length: 16 }, (_, at) => `"k${at}":{"$or":${either}}`).join();
    expect(() => parseFilterPolicy(`{${nested}}`, 'MessageBody')).toThrow('Filter policy is too complex');
  });
});

describe('messages', () => {
  test('that nest arrays deeper than calls can are taken apart', () => {
    const policy = parseFilterPolicy('{"a":{"b":["v"]}}', 'MessageBody');
    const body = (value: string): unknown => JSON.parse(`{"a":${nest(200_000, '[', `{"b":${value}}`, ']')}}`);
    expect(matchesBody(policy, body('"v"'))).toBe(true);
    expect(matchesBody(policy, body(nest(200_000, '[', '"v"', ']')))).toBe(true);
    expect(matchesBody(policy, body('"w"'))).toBe(false);
  });

  test('that nest objects are followed as deep as the policy', () => {
    const policy = parseFilterPolicy('{"a":{"a":["v"]},"b":[{"exists":false}]}', 'MessageBody');
    expect(matchesBody(policy, JSON.parse(nest(200_000, '{"a":', '"v"', '}')))).toBe(false);
  });

  test('with large arrays are searched', () => {
    const policy = parseFilterPolicy('{"list":{"a":["v"],"b":["v"]}}', 'MessageBody');
    const list = Array.from({ length: 200_000 }, (_, at) => ({ a: at % 2 ? 'v' : 'w', b: at % 2 ? 'w' : 'v' }));
    expect(matchesBody(policy, { list })).toBe(false);
    expect(matchesBody(policy, { list: [...list, { a: 'v', b: 'v' }] })).toBe(true);
  });

  test('with arrays in an attribute that nest too deep to be values meet nothing', () => {
    const policy = parseFilterPolicy('{"a":[{"anything-but":"v"}]}', 'MessageAttributes');
    const attribute = { dataType: 'String.Array', value: nest(100_000, '[', '1', ']') };
    expect(matchesAttributes(policy, new Map([['a', attribute]]))).toBe(false);
  });
});

describe('wildcards', () => {
  // Trying the pattern anew from every place would take some 10^11 comparisons.
  const half = 'a'.repeat(100_000);
  const text = 'a'.repeat(2_000_000);

  test.each<[string, string, string, boolean]>([
    ['that is not there', `*${half}b*`, text, false],
    ['at the end', `*${half}b*`, `${text}b`, true],
    ['before the end', `*${half}b*c`, `${text}bc`, true],
    ['after another', '*a*ab*', text, false],
    ['everywhere', '*a*a*', text, true],
  ])('a piece %s is looked for in one pass', (_, wildcard, value, expected) => {
    const policy = parseFilterPolicy(JSON.stringify({ key: [{ wildcard }] }), 'MessageAttributes');
    expect(matchesAttributes(policy, new Map([['key', { dataType: 'String', value }]]))).toBe(expected);
  });
});
