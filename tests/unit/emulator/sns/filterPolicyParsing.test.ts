import { describe, expect, test } from 'vitest';
import {
  FilterPolicyError,
  type FilterPolicyScope,
  parseFilterPolicy,
} from '../../../../src/emulator/sns/filterPolicy/index.ts';

const refusalOf = (policy: unknown, scope: FilterPolicyScope = 'MessageAttributes'): string => {
  try {
    parseFilterPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy), scope);
  } catch (error) {
    expect(error).toBeInstanceOf(FilterPolicyError);
    return (error as Error).message;
  }
  return 'accepted';
};

const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `v${index}`);

describe('structure', () => {
  test.each<[string, string]>([
    ['', 'FilterPolicy: failed to parse JSON.'],
    ['{"key": ', 'FilterPolicy: failed to parse JSON.'],
    ["{'key': ['v']}", 'FilterPolicy: failed to parse JSON.'],
    ['[]', 'FilterPolicy: Filter is not an object'],
    ['null', 'FilterPolicy: Filter is not an object'],
    ['"key"', 'FilterPolicy: Filter is not an object'],
    ['{"key": "v"}', 'FilterPolicy: "key" must be an object or an array'],
    ['{"key": null}', 'FilterPolicy: "key" must be an object or an array'],
    ['{"key": {"suffix": "v"}}', 'FilterPolicy: "suffix" must be an object or an array'],
    ['{"key": []}', 'FilterPolicy: Empty arrays are not allowed'],
    ['{"key": {}}', 'FilterPolicy: Empty objects are not allowed'],
    ['{"key": [["v"]]}', 'FilterPolicy: Match value must be String, number, true, false, or null'],
    ['{}', 'accepted'],
    ['{"key": ["v", 1, true, false, null]}', 'accepted'],
  ])('%s: %s', (text, message) => {
    expect(refusalOf(text)).toBe(message);
  });

  test('nesting is for bodies only', () => {
    const nested = { object: { key: [{ prefix: 'auto-' }] } };
    const message = 'Filter policy scope MessageAttributes does not support nested filter policy';
    expect(refusalOf(nested)).toBe(message);
    expect(refusalOf({ $or: [{ a: ['v'] }, nested] })).toBe(message);
    expect(refusalOf(nested, 'MessageBody')).toBe('accepted');
  });

  test('a path may have conditions once in each alternative', () => {
    const message = 'FilterPolicy: Path `a` cannot be allowed multiple times';
    expect(refusalOf({ a: ['v'], $or: [{ a: ['w'] }, { b: ['v'] }] })).toBe(message);
    expect(refusalOf({ $or: [{ a: ['v'] }, { a: ['w'], b: ['v'] }] })).toBe('accepted');
    expect(refusalOf({ 'a.b': ['v'], a: { b: ['w'] } }, 'MessageBody')).toBe(
      'FilterPolicy: Path `a.b` cannot be allowed multiple times',
    );
  });
});

describe('$or', () => {
  test.each<[string, unknown]>([
    ['fewer than two alternatives', [{ a: ['v'] }]],
    ['an alternative that is no object', [{ a: ['v'] }, 'v', { b: ['v'] }]],
  ])('with %s is a key, and its objects are expressions', (_, alternatives) => {
    expect(refusalOf({ $or: alternatives })).toBe('FilterPolicy: Unrecognized match type a');
  });

  test('with a reserved name in an alternative is a key', () => {
    expect(refusalOf({ $or: [{ prefix: 'abc' }, { suffix: 'abc' }] })).toBe('accepted');
    expect(refusalOf({ $or: [{ numeric: 123 }, { prefix: 'abc' }] })).toBe(
      'FilterPolicy: Value of numeric must be an array.',
    );
  });

  test('needs something in each alternative', () => {
    expect(refusalOf({ $or: [{ a: ['v'] }, {}] })).toBe('FilterPolicy: Empty objects are not allowed');
  });
});

describe('operators', () => {
  test.each<[string, string]>([
    ['{"foo": true}', 'Unrecognized match type foo'],
    ['{"constructor": "v"}', 'Unrecognized match type constructor'],
    ['{"__proto__": "v"}', 'Unrecognized match type __proto__'],
    ['{}', 'Match expression name not found'],
    ['{"suffix": "v", "prefix": "w"}', 'Only one key allowed in match expression'],

    ['{"prefix": 1}', 'prefix match pattern must be a string'],
    ['{"suffix": null}', 'suffix match pattern must be a string'],
    ['{"suffix": ["v"]}', 'suffix match pattern must be a string'],
    ['{"equals-ignore-case": true}', 'equals-ignore-case match pattern must be a string'],
    ['{"exists": null}', 'exists match pattern must be either true or false.'],
    ['{"exists": "no"}', 'exists match pattern must be either true or false.'],

    ['{"wildcard": 1}', 'wildcard match pattern must be a string'],
    ['{"wildcard": "a**"}', 'Consecutive wildcard characters at pos 2'],
    ['{"wildcard": "é**"}', 'Consecutive wildcard characters at pos 3'],
    ['{"wildcard": "\\\\a"}', 'Invalid escape character at pos 1'],
    ['{"wildcard": "ab\\\\"}', 'Invalid escape character at pos 3'],
    ['{"wildcard": "*\\\\**"}', 'accepted'],

    ['{"numeric": ">"}', 'Value of numeric must be an array.'],
    ['{"numeric": []}', 'Invalid member in numeric match: ]'],
    ['{"numeric": [1, "<="]}', 'Invalid member in numeric match: 1'],
    ['{"numeric": [["<"]]}', 'Invalid member in numeric match: ['],
    ['{"numeric": [null]}', 'Invalid member in numeric match: null'],
    ['{"numeric": [{}]}', 'Invalid member in numeric match: {'],
    ['{"numeric": ["operator"]}', 'Unrecognized numeric range operator: operator'],
    ['{"numeric": ["=<", 1]}', 'Unrecognized numeric range operator: =<'],
    ['{"numeric": ["=", "000"]}', 'Value of equals must be numeric'],
    ['{"numeric": [">="]}', 'Value of >= must be numeric'],
    ['{"numeric": ["<", 100, ">", 10]}', 'Too many elements in numeric expression'],
    ['{"numeric": ["=", 1, "<", 10]}', 'Too many elements in numeric expression'],
    ['{"numeric": [">", 20, 30]}', 'Bad value in numeric range: 30'],
    ['{"numeric": [">=", 1, ">", 2]}', 'Bad numeric range operator: >'],
    ['{"numeric": [">", 20, "<="]}', 'Value of <= must be numeric'],
    ['{"numeric": [">", 20, "<", "30"]}', 'Value of < must be numeric'],
    ['{"numeric": [">", 20, "<", 30, "<", 50]}', 'Too many terms in numeric range expression'],
    ['{"numeric": [">", 3, "<", 1]}', 'Bottom must be less than top'],
    ['{"numeric": [">=", 3, "<=", 3]}', 'Bottom must be less than top'],

    ['{"anything-but": null}', 'Value of anything-but must be an array or single string/number value.'],
    ['{"anything-but": true}', 'Value of anything-but must be an array or single string/number value.'],
    ['{"anything-but": ["a", null]}', 'Inside anything but list, start|null|boolean is not supported.'],
    ['{"anything-but": [["a"]]}', 'Inside anything but list, start|null|boolean is not supported.'],
    ['{"anything-but": {}}', 'Anything-But expression name not found'],
    ['{"anything-but": {"suffix": "a"}}', 'Unsupported anything-but pattern: suffix'],
    ['{"anything-but": {"exists": false}}', 'Unsupported anything-but pattern: exists'],
    ['{"anything-but": {"prefix": false}}', 'prefix match pattern must be a string'],
    ['{"anything-but": {"prefix": ""}}', 'Null prefix/suffix not allowed'],
    ['{"anything-but": {"wildcard": 1}}', 'wildcard match pattern must be a string'],
    ['{"anything-but": {"prefix": "a", "wildcard": "b"}}', 'Only one key allowed in match expression'],

    ['{"cidr": 1}', 'prefix match pattern must be a string'],
    ['{"cidr": "10.0.0.0"}', "Malformed CIDR, one '/' required"],
    ['{"cidr": "10.0.0.0/"}', "Malformed CIDR, one '/' required"],
    ['{"cidr": "10.0.0.0/8/8"}', "Malformed CIDR, one '/' required"],
    ['{"cidr": "10.0.0.0/x"}', 'Malformed CIDR, mask bits must be an integer'],
    ['{"cidr": "10.0.0.0/-1"}', 'Malformed CIDR, mask bits must not be negative'],
    ['{"cidr": "10.0.0/8"}', 'Nonstandard IP address: 10.0.0'],
    ['{"cidr": "fe80::1%eth0/64"}', 'Nonstandard IP address: fe80::1%eth0'],
    ['{"cidr": "10.0.0.0/32"}', 'IPv4 mask bits must be < 32'],
    ['{"cidr": "::/128"}', 'IPv6 mask bits must be < 128'],
    ['{"cidr": "::/0"}', 'accepted'],
  ])('%s: %s', (expression, message) => {
    expect(refusalOf(`{"key": [${expression}]}`)).toBe(message === 'accepted' ? message : `FilterPolicy: ${message}`);
  });

  test.each(['["a", 1]', '[]'])('{"anything-but": %s} is neither strings nor numbers', (list) => {
    expect(refusalOf(`{"key": [{"anything-but": ${list}}]}`)).toBe(
      'FilterPolicy: Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  });

  test.each<[string, boolean]>([
    ['1e9', true],
    ['-1e9', true],
    ['1000000000.5', false],
    ['-1e10', false],
    ['1e999', false],
  ])('the number %s is allowed: %s', (number, allowed) => {
    const message = 'FilterPolicy: Value must be between -1.0E9 and 1.0E9, inclusive';
    for (const condition of [number, `{"numeric": ["<", ${number}]}`, `{"anything-but": [${number}]}`]) {
      expect(refusalOf(`{"key": [${condition}]}`)).toBe(allowed ? 'accepted' : message);
    }
  });
});

describe('limits', () => {
  const tooComplex = 'FilterPolicy: Filter policy is too complex';
  const tooManyKeys = 'FilterPolicy: Filter policy can not have more than 5 keys';
  const keys = (count: number): unknown => Object.fromEntries(many(count).map((name) => [name, ['v']]));

  test('five keys, of a body only those with conditions', () => {
    expect(refusalOf(keys(5))).toBe('accepted');
    expect(refusalOf(keys(6))).toBe(tooManyKeys);
    expect(refusalOf({ a: keys(3), b: keys(2) }, 'MessageBody')).toBe('accepted');
    expect(refusalOf({ a: keys(5), b: ['v'] }, 'MessageBody')).toBe(tooManyKeys);
  });

  test('a key in several alternatives counts once', () => {
    const alternative = (value: string): unknown => ({ a: [value], b: [value] });
    expect(refusalOf({ $or: ['u', 'v', 'w'].map(alternative), c: ['v'], d: ['v'], e: ['v'] })).toBe('accepted');
    expect(refusalOf({ $or: [alternative('u'), keys(4)] })).toBe(tooManyKeys);
  });

  test.each<[string, FilterPolicyScope, unknown, string]>([
    ['150', 'MessageAttributes', { a: many(150) }, 'accepted'],
    ['151', 'MessageAttributes', { a: many(151) }, tooComplex],
    ['10 x 15', 'MessageAttributes', { a: many(10), b: many(15) }, 'accepted'],
    ['100 x 51', 'MessageAttributes', { a: many(100), b: many(51) }, tooComplex],
    ['3 x 4 x 2 x 3', 'MessageBody', { a: { b: { c: many(4) } }, d: { e: many(3) } }, 'accepted'],
    ['3 x 4 x 2 x 3 x 1 x 3', 'MessageBody', { a: { b: { c: many(4) } }, d: { e: many(3) }, f: many(3) }, tooComplex],
    [
      '3 x (6 + 4 x (4 + 7)) = 150',
      'MessageAttributes',
      { a: many(3), $or: [{ b: many(6) }, { c: many(4), $or: [{ d: many(4) }, { e: many(7) }] }] },
      'accepted',
    ],
    [
      '4 x (6 + 4 x (4 + 4)) = 152',
      'MessageAttributes',
      { a: many(4), $or: [{ b: many(6) }, { c: many(4), $or: [{ d: many(4) }, { e: many(4) }] }] },
      tooComplex,
    ],
    [
      '(2 + 2) x 2 x (2 + 2) = 32',
      'MessageBody',
      { $or: [{ a: many(2) }, { b: many(2) }], c: { d: many(1), $or: [{ e: many(1) }, { f: many(1) }] } },
      'accepted',
    ],
    [
      '(3 + 2) x 4 x (2 + 6) = 160',
      'MessageBody',
      { $or: [{ a: many(3) }, { b: many(2) }], c: { d: many(2), $or: [{ e: many(1) }, { f: many(3) }] } },
      tooComplex,
    ],
  ])('%s combinations in %s', (_, scope, policy, message) => {
    expect(refusalOf(policy, scope)).toBe(message);
  });

  test('a list of anything-but is one value', () => {
    expect(refusalOf({ a: [{ 'anything-but': many(1_000) }] })).toBe('accepted');
  });

  test('256 KB, in bytes', () => {
    const policy = (size: number, filler: string): string =>
      `{"a":["${filler.repeat((size - 10) / Buffer.byteLength(filler))}"]}`;
    expect(Buffer.byteLength(policy(262_146, 'é'))).toBe(262_146);
    expect(refusalOf(policy(262_144, 'v'))).toBe('accepted');
    expect(refusalOf(policy(262_144, 'é'))).toBe('accepted');
    expect(refusalOf(policy(262_146, 'é'))).toBe('FilterPolicy: Filter policy is larger than 262144 bytes');
  });

  test('three wildcards in a pattern, a hundred points in a policy', () => {
    const message = 'FilterPolicy: Rule is too complex - try using fewer wildcard characters';
    const patterns = (count: number, pattern: string): unknown =>
      many(count).map((value) => ({ wildcard: pattern.replace('v', value) }));
    expect(refusalOf({ a: [{ wildcard: '*a*b*' }] })).toBe('accepted');
    expect(refusalOf({ a: [{ wildcard: '*a*b*c*' }] })).toBe(message);
    expect(refusalOf({ a: [{ 'anything-but': { wildcard: '*a*b*c*' } }] })).toBe(message);
    expect(refusalOf({ a: [{ wildcard: '\\*a\\*b\\*c\\*' }] })).toBe('accepted');
    // One point each: 10 patterns have 10 x 10 points, 11 have 121.
    expect(refusalOf({ a: patterns(10, 'v*') })).toBe('accepted');
    expect(refusalOf({ a: patterns(11, 'v*') })).toBe(message);
    // Six points each: 4 patterns have 24 x 4 points, 5 have 150.
    expect(refusalOf({ a: patterns(4, '*v*') })).toBe('accepted');
    expect(refusalOf({ a: patterns(5, '*v*') })).toBe(message);
    expect(refusalOf({ a: patterns(4, '*v*'), b: patterns(2, 'v*') })).toBe('accepted');
    expect(refusalOf({ a: patterns(4, '*v*'), b: patterns(3, 'v*') })).toBe(message);
  });
});
