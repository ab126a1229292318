import { describe, expect, test } from 'vitest';
import { matchesBody, parseFilterPolicy } from '../../../../src/emulator/sns/filterPolicy/index.ts';

const passes = (policy: unknown, body: unknown): boolean =>
  matchesBody(parseFilterPolicy(JSON.stringify(policy), 'MessageBody'), body);

describe('values', () => {
  test.each<[unknown, unknown, boolean]>([
    ['v', 'v', true],
    ['v', ['u', 'v'], true],
    ['v', [['u'], [['v']]], true],
    ['v', { v: 'v' }, false],
    ['1', 1, false],
    [1, '1', false],
    [301.5, 3.015e2, true],
    [true, true, true],
    [true, 'true', false],
    [false, 0, false],
    [null, null, true],
    [null, '', false],
    [{ prefix: '1' }, 100, false],
    [{ 'anything-but': ['v'] }, 'w', true],
    [{ 'anything-but': ['v'] }, ['v', 'w'], true],
    [{ 'anything-but': ['v'] }, ['v', 'v'], false],
    [{ 'anything-but': ['v'] }, 1, true],
    [{ 'anything-but': ['v'] }, null, true],
    [{ 'anything-but': { prefix: 'v' } }, 1, true],
    [{ 'anything-but': { wildcard: 'v*' } }, false, true],
    [{ 'anything-but': ['v'] }, {}, false],
    [{ 'anything-but': ['v'] }, [], false],
    [{ cidr: '10.0.0.0/8' }, '10.1.2.3', true],
    [{ exists: true }, 0, true],
    [{ exists: true }, false, true],
    [{ exists: true }, null, false],
    [{ exists: true }, '', false],
    [{ exists: true }, ['', 'v'], true],
    [{ exists: false }, null, false],
    [{ exists: false }, '', false],
    // Only what has no keys and elements of its own can exist.
    [{ exists: true }, { v: 'v' }, false],
    [{ exists: true }, [], false],
    [{ exists: false }, { v: 'v' }, true],
    [{ exists: false }, [{ v: 'v' }], true],
  ])('%j holds for %j: %s', (condition, value, expected) => {
    expect(passes({ key: [condition] }, { key: value })).toBe(expected);
  });
});

describe('nested keys', () => {
  const policy = {
    object: { key: [{ prefix: 'auto-' }, 'fixed'], nested: [{ exists: false }] },
    test: [{ exists: false }],
  };

  test.each<[unknown, boolean]>([
    [{ object: { key: 'auto-test' } }, true],
    [{ object: { key: 'fixed', more: 1 }, more: 1 }, true],
    [{ object: { key: 'test-auto' } }, false],
    [{ object: { key: 'fixed' }, test: 'v' }, false],
    [{ object: { key: 'fixed', nested: 'v' } }, false],
    [{ object: { test: 'auto-test' } }, false],
    [{ object: 'fixed' }, false],
    [{ key: 'fixed' }, false],
  ])('%j: %s', (body, expected) => {
    expect(passes(policy, body)).toBe(expected);
  });

  test('what must not exist does not exist in what is not there', () => {
    const absent = { a: { b: [{ exists: false }] } };
    expect(passes(absent, { other: 1 })).toBe(true);
    expect(passes(absent, { a: 'v' })).toBe(true);
    expect(passes(absent, { a: { c: 1 } })).toBe(true);
    expect(passes(absent, { a: { b: 1 } })).toBe(false);
    expect(passes(absent, {})).toBe(false);
  });
});

describe('arrays of objects', () => {
  const policy = { Records: { s3: { object: { key: [{ prefix: 'auto-' }] } }, eventName: [{ prefix: 'Created:' }] } };
  const record = (eventName: string, key: string): unknown => ({ eventName, s3: { object: { key } } });

  test.each<[unknown, boolean]>([
    [[record('Created:Put', 'auto-1')], true],
    [[record('Removed:Delete', 'home-1'), record('Created:Put', 'auto-1')], true],
    [[[record('Created:Put', 'auto-1')]], true],
    [record('Created:Put', 'auto-1'), true],
    [[{ eventName: 'Created:Put', s3: [{ object: [[{ key: 'home-1' }, { key: 'auto-1' }]] }] }], true],
    [[record('Created:Put', 'home-1')], false],
    // One record has the one, one the other.
    [[record('Created:Put', 'home-1'), record('Removed:Delete', 'auto-1')], false],
    [[], false],
  ])('%j: %s', (records, expected) => {
    expect(passes(policy, { Records: records })).toBe(expected);
  });

  test('one element meets all keys, also those of an $or', () => {
    const either = { list: { a: ['v'] }, $or: [{ list: { b: ['v'] } }, { c: ['v'] }] };
    expect(passes(either, { list: [{ a: 'v', b: 'v' }] })).toBe(true);
    expect(passes(either, { list: [{ a: 'v' }, { b: 'v' }] })).toBe(false);
    expect(passes(either, { list: [{ a: 'v' }, { b: 'v' }], c: 'v' })).toBe(true);
  });

  test('what must not exist may in other elements than the one that matches', () => {
    const without = { list: { a: ['v'], b: [{ exists: false }] } };
    expect(passes(without, { list: [{ a: 'v' }, { a: 'w', b: 1 }] })).toBe(true);
    expect(passes(without, { list: [{ a: 'v', b: 1 }, { a: 'w' }] })).toBe(false);
  });

  test('what alone must not exist may in no element', () => {
    const without = { list: { b: [{ exists: false }] } };
    expect(passes(without, { list: [{ a: 'v' }, { a: 'w' }] })).toBe(true);
    expect(passes(without, { list: [{ a: 'v' }, { b: 1 }] })).toBe(false);
    expect(passes(without, { list: [] })).toBe(true);
  });
});

describe('$or', () => {
  const policy = {
    $or: [{ metricName: ['CPU', 'Latency'] }, { namespace: ['EC2'] }],
    detail: { scope: ['Service'], $or: [{ source: ['cloudwatch'] }, { type: ['Alarm'] }] },
  };

  test.each<[unknown, boolean]>([
    [{ metricName: 'CPU', detail: { scope: 'Service', source: 'cloudwatch' } }, true],
    [{ namespace: 'EC2', detail: { scope: 'Service', type: 'Alarm' } }, true],
    [{ metricName: 'EC2', detail: { scope: 'Service', type: 'Alarm' } }, false],
    [{ metricName: 'CPU', detail: { scope: 'Service', type: 'CPU' } }, false],
    [{ metricName: 'CPU', detail: { type: 'Alarm' } }, false],
    [{ metricName: 'CPU', detail: { scope: 'Service' } }, false],
    [{ metricName: 'CPU', scope: 'Service', source: 'cloudwatch' }, false],
  ])('%j: %s', (body, expected) => {
    expect(passes(policy, body)).toBe(expected);
  });

  test('that is an object is a key', () => {
    expect(passes({ $or: { a: ['v'] } }, { $or: { a: 'v' } })).toBe(true);
    expect(passes({ $or: { a: ['v'] } }, { a: 'v' })).toBe(false);
  });
});

describe('dots', () => {
  const bodies = [{ a: { b: { c: 'v' } } }, { 'a.b.c': 'v' }, { 'a.b': { c: 'v' } }, { a: { 'b.c': 'v' } }];
  const policies = [{ a: { b: { c: ['v'] } } }, { 'a.b.c': ['v'] }, { 'a.b': { c: ['v'] } }, { a: { 'b.c': ['v'] } }];

  test.each(policies)('%j matches every spelling', (policy) => {
    for (const body of bodies) expect(passes(policy, body)).toBe(true);
    for (const body of [
      { 'a.b': 'v' },
      { 'a.b.c.d': 'v' },
      { 'a.b.cc': 'v' },
      { 'axb.c': 'v' },
      { 'a.': { c: 'v' } },
    ]) {
      expect(passes(policy, body)).toBe(false);
    }
  });

  test('empty steps are steps', () => {
    expect(passes({ 'a..b': ['v'] }, { a: { '': { b: 'v' } } })).toBe(true);
    expect(passes({ '.a': ['v'] }, { '.a': 'v' })).toBe(true);
    expect(passes({ '': ['v'] }, { '': 'v' })).toBe(true);
  });

  test('a key may have conditions and keys below it', () => {
    const both = { a: ['v'], 'a.b': ['w'] };
    expect(passes(both, { a: ['v', { b: 'w' }] })).toBe(true);
    expect(passes(both, { a: 'v', 'a.b': 'w' })).toBe(true);
    expect(passes(both, { a: 'v' })).toBe(false);
    expect(passes(both, { a: { b: 'w' } })).toBe(false);
  });
});

describe('bodies', () => {
  test.each([null, 'v', 1, true, ['v'], [{ key: 'v' }], undefined])('%j is no JSON object', (body) => {
    expect(passes({ key: [{ exists: true }] }, body)).toBe(false);
    expect(passes({ key: [{ exists: false }] }, body)).toBe(false);
    expect(passes({}, body)).toBe(true);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'])(
    '%s is a key like any other',
    (name) => {
      const policyOf = (text: string) => parseFilterPolicy(text, 'MessageBody');
      const bodyOf = (text: string): unknown => JSON.parse(text);
      expect(matchesBody(policyOf(`{"${name}": ["v"]}`), bodyOf(`{"${name}": "v"}`))).toBe(true);
      expect(matchesBody(policyOf(`{"a": {"${name}": ["v"]}}`), bodyOf(`{"a.${name}": "v"}`))).toBe(true);
      expect(matchesBody(policyOf(`{"${name}": [{"exists": true}]}`), bodyOf('{"a": [1]}'))).toBe(false);
      expect(matchesBody(policyOf(`{"${name}": {"name": [{"exists": true}]}}`), bodyOf('{"a": 1}'))).toBe(false);
      expect(matchesBody(policyOf(`{"a": {"${name}": [{"exists": false}]}}`), bodyOf('{"a": [1]}'))).toBe(true);
    },
  );

  test('what an object inherits is not in it', () => {
    // The prototype of the prototype is null, and null is a value.
    const policy = parseFilterPolicy('{"__proto__": {"__proto__": [null]}}', 'MessageBody');
    expect(matchesBody(policy, { a: 1 })).toBe(false);
    expect(matchesBody(policy, JSON.parse('{"__proto__": {"__proto__": null}}'))).toBe(true);
  });
});
