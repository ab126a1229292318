import { describe, expect, test } from 'vitest';
import {
  type FilterableAttribute,
  hasMalformedAttribute,
  matchesAttributes,
  parseFilterPolicy,
} from '../../../../src/emulator/sns/filterPolicy/index.ts';

type Attributes = Readonly<Record<string, FilterableAttribute>>;

const string = (value: string): FilterableAttribute => ({ dataType: 'String', value });
const number = (value: string): FilterableAttribute => ({ dataType: 'Number', value });
const array = (...values: unknown[]): FilterableAttribute => ({
  dataType: 'String.Array',
  value: JSON.stringify(values),
});
const binary: FilterableAttribute = { dataType: 'Binary', value: Buffer.from('v') };

const parse = (policy: unknown) => parseFilterPolicy(JSON.stringify(policy), 'MessageAttributes');
const passes = (policy: unknown, attributes: Attributes): boolean =>
  matchesAttributes(parse(policy), new Map(Object.entries(attributes)));

/** A policy of one key with one condition, and the attribute of that name. */
const meets = (condition: unknown, attribute: FilterableAttribute): boolean =>
  passes({ key: [condition] }, { key: attribute, other: string('x') });

describe('strings', () => {
  test.each<[unknown, string, boolean]>([
    ['rugby', 'rugby', true],
    ['rugby', 'Rugby', false],
    ['rugby', 'rugby ', false],
    ['', '', true],
    ['100', '100', true],
    [100, '100', false],
    [true, 'true', false],
    [null, 'null', false],

    [{ prefix: 'bas' }, 'baseball', true],
    [{ prefix: 'bas' }, 'rugby bas', false],
    [{ prefix: 'Bas' }, 'baseball', false],
    [{ prefix: '' }, 'anything', true],
    [{ suffix: 'ball' }, 'baseball', true],
    [{ suffix: 'ball' }, 'balls', false],
    [{ 'equals-ignore-case': 'TENNIS' }, 'Tennis', true],
    [{ 'equals-ignore-case': 'É' }, 'é', true],
    [{ 'equals-ignore-case': 'tennis' }, 'tenni', false],

    [{ 'anything-but': ['rugby', 'tennis'] }, 'baseball', true],
    [{ 'anything-but': ['rugby', 'tennis'] }, 'tennis', false],
    [{ 'anything-but': 'rugby' }, 'rugby', false],
    [{ 'anything-but': 'rugby' }, 'Rugby', true],
    [{ 'anything-but': [100] }, '100', true],
    [{ 'anything-but': { prefix: 'order-' } }, 'data-entry', true],
    [{ 'anything-but': { prefix: 'order-' } }, 'order-cancelled', false],
    [{ 'anything-but': { wildcard: '*ball' } }, 'hockey', true],
    [{ 'anything-but': { wildcard: '*ball' } }, 'baseball', false],

    [{ exists: true }, 'v', true],
    [{ exists: true }, '', false],
    [{ exists: false }, 'v', false],
    [{ exists: false }, '', false],
    [{ numeric: ['=', 100] }, '100', false],
  ])('%j holds for %j: %s', (condition, value, expected) => {
    expect(meets(condition, string(value))).toBe(expected);
  });
});

describe('wildcards', () => {
  test.each<[string, string, boolean]>([
    ['rugby', 'rugby', true],
    ['rugby', 'rugby!', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['*ball', 'ball', true],
    ['*ball', 'balls', false],
    ['base*', 'base', true],
    ['base*', 'bas', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['ab*ba', 'aba', false],
    ['*/src/*.js', 'a/src/b.js', true],
    ['*/src/*.js', 'src/b.js', false],
    ['*/src/*.js', '/src/.js', true],
    ['*aab*', 'aaab', true],
    ['*abac*', 'ababac', true],
    ['*aabaaa*', 'aabaabaaa', true],
    ['*abab*', 'abaabab', true],
    ['*aba*b', 'ababb', true],
    ['*aba*ab', 'abaab', true],
    ['*aba*ab', 'abab', false],
    ['a.c', 'abc', false],
    ['a?c', 'abc', false],
    ['a\\*c', 'a*c', true],
    ['a\\*c', 'abc', false],
    ['a\\\\*', 'a\\bc', true],
    ['a\\\\*', 'abc', false],
    ['😀*é', '😀 café', true],
  ])('%j fits %j: %s', (wildcard, value, expected) => {
    expect(meets({ wildcard }, string(value))).toBe(expected);
  });
});

describe('numbers', () => {
  test.each<[unknown, string, boolean]>([
    [301.5, '301.5', true],
    [301.5, '3.015e2', true],
    [301.5, '301.500', true],
    [301.5, '301.50001', false],
    [301.5, '301.500001', true],
    [0, '-0', true],
    ['301.5', '301.5', false],
    [{ prefix: '3' }, '301.5', false],
    [{ 'anything-but': [100, 500] }, '101', true],
    [{ 'anything-but': [100, 500] }, '100.1', true],
    [{ 'anything-but': [100, 500] }, '1e2', false],
    [{ 'anything-but': 100 }, '100', false],
    [{ 'anything-but': ['100'] }, '100', true],
    [{ 'anything-but': 100 }, '2e9', true],
    [{ exists: true }, '0', true],
    [{ numeric: ['=', 301.5] }, '3.015e2', true],
    [{ numeric: ['<', 0] }, '-0.00001', true],
    [{ numeric: ['<', 0] }, '0', false],
    [{ numeric: ['<', 0] }, '-0.000001', false],
    [{ numeric: ['<=', 150] }, '150', true],
    [{ numeric: ['<=', 150] }, '150.00001', false],
    [{ numeric: ['>', 0] }, '0.00001', true],
    [{ numeric: ['>', 0] }, '0', false],
    [{ numeric: ['>=', 0] }, '0', true],
    [{ numeric: ['>=', 0] }, '-1', false],
    [{ numeric: ['>', 0, '<=', 150] }, '150', true],
    [{ numeric: ['>', 0, '<=', 150] }, '0', false],
    [{ numeric: ['>', 0, '<=', 150] }, '151', false],
    [{ numeric: ['>=', 0, '<', 150] }, '0', true],
    [{ numeric: ['>=', 0, '<', 150] }, '150', false],
    [{ numeric: ['>', 0] }, '1e9', true],
    [{ numeric: ['>', 0] }, '1000000001', false],
  ])('%j holds for %s: %s', (condition, value, expected) => {
    expect(meets(condition, number(value))).toBe(expected);
  });
});

describe('IP addresses', () => {
  test.each<[string, string, boolean]>([
    ['10.0.0.0/24', '10.0.0.0', true],
    ['10.0.0.0/24', '10.0.0.255', true],
    ['10.0.0.0/24', '10.0.1.0', false],
    ['10.0.0.7/24', '10.0.0.1', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['128.0.0.0/1', '127.255.255.255', false],
    ['192.168.1.2/31', '192.168.1.3', true],
    ['10.0.0.0/24', '10.0.0', false],
    ['10.0.0.0/24', '10.0.0.1 ', false],
    ['10.0.0.0/24', '::a00:0', false],
    ['2001:db8::/32', '2001:DB8:1::1', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['2001:db8:1:2:3:4:5:6/127', '2001:db8:1:2:3:4:5:7', true],
    ['::/1', '7fff::', true],
    ['::/1', '8000::', false],
    ['::/0', 'fe80::1%eth0', false],
    ['::/0', '::ffff:10.0.0.1', false],
    ['::/0', '1.2.3.4', false],
  ])('%s has %s: %s', (cidr, value, expected) => {
    expect(meets({ cidr }, string(value))).toBe(expected);
  });
});

describe('arrays', () => {
  test.each<[unknown, FilterableAttribute, boolean]>([
    ['tennis', array('rugby', 'tennis'), true],
    ['tennis', array('rugby'), false],
    [{ prefix: 'ten' }, array('rugby', 'tennis'), true],
    [5, array('5', 6), false],
    [5, array(6, 5), true],
    [{ numeric: ['>', 5] }, array(1, 6), true],
    [true, array(false, true), true],
    [true, array('true', 1), false],
    [false, array(false), true],
    [null, array(null), true],
    [null, array('null', 0, ''), false],
    // Whatever is in an array besides what is excluded makes it pass.
    [{ 'anything-but': ['rugby', 'tennis'] }, array('rugby', 'baseball'), true],
    [{ 'anything-but': ['rugby', 'tennis'] }, array('rugby', 'tennis'), false],
    [{ 'anything-but': ['rugby'] }, array(null), true],
    [{ 'anything-but': ['rugby'] }, array(), false],
    [{ 'anything-but': [100, 500] }, { dataType: 'Number.Array', value: '[100, 50]' }, true],
    [{ 'anything-but': [100, 500] }, { dataType: 'Number.Array', value: '[100, 500]' }, false],
    [{ exists: true }, array('v'), true],
    [{ exists: true }, array('', null), false],
    [{ exists: true }, array(), false],
    [{ exists: false }, array(), true],
    [{ exists: false }, array(null), false],
    // Only scalars are values.
    ['v', array(['v'], { key: 'v' }), false],
  ])('%j holds for %j: %s', (condition, attribute, expected) => {
    expect(meets(condition, attribute)).toBe(expected);
  });

  test('an array in a String attribute is a string', () => {
    expect(meets('v', string('["v"]'))).toBe(false);
    expect(meets('["v"]', string('["v"]'))).toBe(true);
  });
});

describe('keys', () => {
  const policy = { store: ['a', 'b'], price: [{ numeric: ['>', 100] }] };

  test.each<[string, Attributes, boolean]>([
    ['both keys', { store: string('a'), price: number('101') }, true],
    ['the other value of a key', { store: string('b'), price: number('101') }, true],
    ['more than the policy names', { store: string('b'), price: number('101'), more: binary }, true],
    ['a key that does not match', { store: string('a'), price: number('100') }, false],
    ['a key missing', { store: string('a') }, false],
    ['nothing', {}, false],
  ])('a message with %s', (_, attributes, expected) => {
    expect(passes(policy, attributes)).toBe(expected);
  });

  test.each<[string, Attributes, boolean]>([
    ['another attribute', { other: string('v') }, true],
    ['the attribute', { store: string('v'), other: string('v') }, false],
    ['no attributes', {}, false],
    ['only what is not seen', { other: binary }, false],
    ['the attribute, not seen', { store: binary, other: string('v') }, true],
  ])('{"exists": false} and a message with %s', (_, attributes, expected) => {
    expect(passes({ store: [{ exists: false }] }, attributes)).toBe(expected);
  });

  test('exists can be one of several conditions', () => {
    const optional = { store: [{ exists: false }, { 'anything-but': ['a'] }] };
    expect(passes(optional, { other: string('v') })).toBe(true);
    expect(passes(optional, { store: string('b') })).toBe(true);
    expect(passes(optional, { store: string('a') })).toBe(false);
  });

  test('an attribute that is not there is anything but nothing', () => {
    expect(passes({ store: [{ 'anything-but': 'a' }] }, { other: string('v') })).toBe(false);
    expect(passes({ store: [null, { 'anything-but': 'a' }] }, {})).toBe(false);
  });

  test('Binary is never seen', () => {
    for (const condition of ['v', { exists: true }, { prefix: '' }, { 'anything-but': 'w' }]) {
      expect(meets(condition, binary)).toBe(false);
      expect(meets(condition, { dataType: 'Binary.png', value: Buffer.from('v') })).toBe(false);
    }
  });

  test("a publisher's label changes nothing", () => {
    expect(meets('v', { dataType: 'String.sport', value: 'v' })).toBe(true);
    expect(meets(1, { dataType: 'Number.int', value: '1' })).toBe(true);
    expect(meets('v', { dataType: 'Stringy', value: 'v' })).toBe(false);
  });

  test('a dot in a name is only a dot', () => {
    expect(passes({ 'a.b': ['v'] }, { 'a.b': string('v') })).toBe(true);
    expect(passes({ 'a.b': ['v'] }, { a: string('v'), b: string('v') })).toBe(false);
  });

  test('an empty policy lets everything through', () => {
    expect(passes({}, {})).toBe(true);
    expect(passes({}, { store: binary })).toBe(true);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])('%j is a name like any other', (name) => {
    const policyOf = (condition: string) =>
      parseFilterPolicy(`{${JSON.stringify(name)}: [${condition}]}`, 'MessageAttributes');
    const other = new Map([['other', string('v')]]);
    expect(matchesAttributes(policyOf('"v"'), new Map([[name, string('v')]]))).toBe(true);
    expect(matchesAttributes(policyOf('{"exists": true}'), other)).toBe(false);
    expect(matchesAttributes(policyOf('{"exists": false}'), other)).toBe(true);
  });
});

describe('$or', () => {
  // source && (metricName || (metricType && (metricId || spaceId)))
  const policy = {
    source: ['aws.cloudwatch'],
    $or: [{ metricName: ['CPU'] }, { metricType: ['T'], $or: [{ metricId: [1234] }, { spaceId: [{ exists: true }] }] }],
  };
  const source = string('aws.cloudwatch');

  test.each<[Attributes, boolean]>([
    [{ source, metricName: string('CPU') }, true],
    [{ source, metricType: string('T'), metricId: number('1234') }, true],
    [{ source, metricType: string('T'), spaceId: string('v') }, true],
    [{ source, metricType: string('T'), metricId: number('4321') }, false],
    [{ source, metricType: string('T') }, false],
    [{ source, spaceId: string('v') }, false],
    [{ source }, false],
    [{ metricName: string('CPU') }, false],
  ])('%j: %s', (attributes, expected) => {
    expect(passes(policy, attributes)).toBe(expected);
  });

  test('that is none is a name', () => {
    const named = { $or: [{ prefix: 'a' }, { suffix: 'z' }] };
    expect(passes(named, { $or: string('abc') })).toBe(true);
    expect(passes(named, { $or: string('xyz') })).toBe(true);
    expect(passes(named, { $or: string('mno') })).toBe(false);
    expect(passes({ $or: ['v'] }, { $or: string('v') })).toBe(true);
  });
});

describe('malformed attributes', () => {
  test.each<FilterableAttribute>([
    { dataType: 'String.Array', value: 'rugby' },
    { dataType: 'String.Array', value: '"rugby"' },
    { dataType: 'String.Array', value: '{"0": "rugby"}' },
    number('rugby'),
    number(''),
    number('0x10'),
    number('1e999'),
    number(' 1'),
  ])('%j meets nothing and is told apart', (attribute) => {
    for (const condition of ['rugby', { exists: true }, { exists: false }, { 'anything-but': 'v' }]) {
      expect(meets(condition, attribute)).toBe(false);
    }
    const attributes = new Map([['key', attribute]]);
    expect(hasMalformedAttribute(parse({ key: ['v'] }), attributes)).toBe(true);
    expect(hasMalformedAttribute(parse({ $or: [{ other: ['v'] }, { key: ['v'] }] }), attributes)).toBe(true);
    expect(hasMalformedAttribute(parse({ other: ['v'] }), attributes)).toBe(false);
  });

  test('a readable attribute is none', () => {
    expect(hasMalformedAttribute(parse({ key: ['v'] }), new Map([['key', number('1e2')]]))).toBe(false);
    expect(hasMalformedAttribute(parse({ key: ['v'] }), new Map([['key', binary]]))).toBe(false);
    expect(hasMalformedAttribute(parse({ key: ['v'] }), new Map())).toBe(false);
  });
});
