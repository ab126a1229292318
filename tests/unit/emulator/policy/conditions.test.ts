import { describe, expect, test } from 'vitest';
import { conditionHolds, policyText, verdict } from './policies.ts';

const key = 'aws:Key';
/** One operator, the policy's value or values, the request's value or values. */
const check = (operator: string, policy: unknown, given: string | readonly string[]): boolean =>
  conditionHolds({ [operator]: { [key]: policy } }, { [key]: given });

const topic = 'arn:aws:sns:us-east-1:111111111111:news';

describe('each operator, its opposite and its IfExists', () => {
  test.each<[string, string | null, unknown, string, boolean]>([
    ['StringEquals', 'StringNotEquals', 'a', 'a', true],
    ['StringEquals', 'StringNotEquals', 'a', 'A', false],
    ['StringEquals', 'StringNotEquals', 'a*', 'ab', false],
    ['StringEquals', 'StringNotEquals', 'a*', 'a*', true],
    ['StringEquals', 'StringNotEquals', ['a', 'b'], 'b', true],
    ['StringEquals', 'StringNotEquals', ['a', 'b'], 'c', false],
    ['StringEquals', 'StringNotEquals', 7, '7', true],
    ['StringEquals', 'StringNotEquals', true, 'true', true],
    ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'MiXed', 'mIxED', true],
    ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'a?', 'ab', false],
    ['StringLike', 'StringNotLike', 'a*c?', 'abbbcd', true],
    ['StringLike', 'StringNotLike', 'a*c?', 'abbbc', false],
    ['StringLike', 'StringNotLike', 'a', 'A', false],
    ['StringLike', 'StringNotLike', '*:111111111111:*', topic, true],
    ['ArnLike', 'ArnNotLike', 'arn:aws:sns:*:111111111111:*', topic, true],
    ['ArnLike', 'ArnNotLike', 'arn:aws:sns:us-*-?:111111111111:n?ws', topic, true],
    ['ArnEquals', 'ArnNotEquals', 'arn:aws:sns:*:111111111111:*', topic, true],
    ['ArnEquals', 'ArnNotEquals', topic, topic, true],
    ['ArnEquals', 'ArnNotEquals', topic, topic.toUpperCase(), false],
    ['ArnLike', 'ArnNotLike', 'arn:aws:sns:*:news', topic, false],
    ['ArnLike', 'ArnNotLike', 'arn:aws:x:*:111111111111:f/*', 'arn:aws:x:r:9:s:111111111111:f/d', false],
    ['ArnLike', 'ArnNotLike', 'arn:aws:sns:*', topic, true],
    ['ArnLike', 'ArnNotLike', 'arn:aws:sqs:*', topic, false],
    ['ArnLike', 'ArnNotLike', 'arn:aws:sns:*:*:*', `${topic}:8bb8e3ff`, true],
    ['ArnLike', 'ArnNotLike', '*', 'arn:aws:sns:us-east-1:111111111111', false],
    ['ArnLike', 'ArnNotLike', '*', 'news', false],
    ['Bool', null, 'true', 'true', true],
    ['Bool', null, true, 'True', true],
    ['Bool', null, 'false', 'true', false],
    ['Bool', null, 'yes', 'yes', false],
    ['NumericEquals', 'NumericNotEquals', '10', '10.0', true],
    ['NumericEquals', 'NumericNotEquals', 10, '11', false],
    ['NumericEquals', 'NumericNotEquals', 'ten', 'ten', false],
    ['NumericLessThan', 'NumericGreaterThanEquals', '10', '9.5', true],
    ['NumericLessThan', 'NumericGreaterThanEquals', '10', '10', false],
    ['NumericLessThanEquals', 'NumericGreaterThan', '-1', '-1', true],
    ['NumericLessThanEquals', 'NumericGreaterThan', '-1', '0', false],
    ['DateEquals', 'DateNotEquals', '2026-03-02T12:00:00Z', '2026-03-02T13:00:00+01:00', true],
    ['DateEquals', 'DateNotEquals', '1772452800', '2026-03-02T12:00:00Z', true],
    ['DateEquals', 'DateNotEquals', 'soon', 'soon', false],
    ['DateLessThan', 'DateGreaterThanEquals', '2026-03-02T12:00Z', '2026-03-02T11:59:59.999Z', true],
    ['DateLessThan', 'DateGreaterThanEquals', '2026-03-02', '2026-03-02T00:00:00Z', false],
    ['DateLessThanEquals', 'DateGreaterThan', '2026', '2026-01-01T00:00:00Z', true],
    ['DateLessThanEquals', 'DateGreaterThan', '2026', '2026-01-01T00:00:01Z', false],
    ['IpAddress', 'NotIpAddress', '203.0.113.0/24', '203.0.113.255', true],
    ['IpAddress', 'NotIpAddress', '203.0.113.0/24', '203.0.114.0', false],
    ['IpAddress', 'NotIpAddress', ['10.0.0.0/8', '2001:DB8:1234:5678::/64'], '2001:db8:1234:5678::9', true],
    ['IpAddress', 'NotIpAddress', 'everywhere', '203.0.113.1', false],
  ])('%s (opposite %s) of %j and %j: %s', (operator, opposite, policy, given, expected) => {
    expect(check(operator, policy, given)).toBe(expected);
    expect(check(`${operator}IfExists`, policy, given)).toBe(expected);
    if (opposite === null) return;
    expect(check(opposite, policy, given)).toBe(!expected);
    expect(check(`${opposite}IfExists`, policy, given)).toBe(!expected);
  });

  test.each(['NumericLessThan', 'NumericGreaterThanEquals', 'DateLessThan', 'DateGreaterThan'])(
    '%s holds for nothing that cannot be read',
    (operator) => {
      expect(check(operator, '10', 'x')).toBe(false);
      expect(check(operator, 'x', '10')).toBe(false);
    },
  );
});

const positive = ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike', 'Bool', 'IpAddress'];
const comparing = ['Numeric', 'Date'].flatMap((type) =>
  ['Equals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((name) => type + name),
);
const negative = [
  ...['StringNotEquals', 'StringNotEqualsIgnoreCase', 'StringNotLike', 'ArnNotEquals', 'ArnNotLike'],
  ...['NumericNotEquals', 'DateNotEquals', 'NotIpAddress'],
];

describe('a key the request does not have', () => {
  const absent = (operator: string, context = {}): boolean => conditionHolds({ [operator]: { [key]: '1' } }, context);

  test.each([...positive, ...comparing])('%s does not match it', (operator) => {
    expect(absent(operator)).toBe(false);
    expect(absent(operator, { [key]: [] })).toBe(false);
    expect(absent(`${operator}IfExists`)).toBe(true);
    expect(absent(`ForAllValues:${operator}`)).toBe(true);
    expect(absent(`ForAnyValue:${operator}`)).toBe(false);
    expect(absent(`ForAllValues:${operator}IfExists`)).toBe(true);
    expect(absent(`ForAnyValue:${operator}IfExists`)).toBe(false);
  });

  test.each(negative)('%s does', (operator) => {
    expect(absent(operator)).toBe(true);
    expect(absent(`${operator}IfExists`)).toBe(true);
    expect(absent(`ForAllValues:${operator}`)).toBe(true);
    expect(absent(`ForAnyValue:${operator}`)).toBe(false);
  });

  test.each([
    ['true', {}, true],
    ['true', { [key]: 'x' }, false],
    ['false', {}, false],
    ['false', { [key]: 'x' }, true],
    [false, { [key]: ['x', 'y'] }, true],
    [['true', 'false'], {}, true],
    ['true', { [key]: [] }, true],
    ['true', { [key]: '' }, true],
    ['maybe', {}, false],
  ])('Null %j with %j: %s', (value, context, expected) => {
    expect(conditionHolds({ Null: { [key]: value } }, context)).toBe(expected);
    expect(conditionHolds({ 'ForAllValues:Null': { [key]: value } }, context)).toBe(expected);
  });

  test('an empty text is a value, except to the set operators', () => {
    expect(check('StringEquals', '', '')).toBe(true);
    expect(check('StringNotEquals', '', '')).toBe(false);
    expect(check('ForAllValues:StringEquals', 'a', '')).toBe(true);
    expect(check('ForAnyValue:StringEquals', '', '')).toBe(false);
  });
});

describe('several values in the request', () => {
  test.each<[string, unknown, string[], boolean]>([
    ['ForAllValues:StringEquals', ['a', 'b', 'c'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'x'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['x', 'b'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['x', 'y'], false],
    ['ForAllValues:StringNotLike', 'key1*', ['key2', 'key3'], true],
    ['ForAllValues:StringNotLike', 'key1*', ['key1', 'key2'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'x'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
    ['ForAllValues:NumericLessThan', '10', ['1', '9'], true],
    ['ForAllValues:NumericLessThan', '10', ['1', '10'], false],
    ['StringEquals', 'b', ['a', 'b'], true],
    ['StringNotEquals', 'b', ['a', 'b'], false],
    ['StringNotEquals', 'c', ['a', 'b'], true],
  ])('%s of %j and %j: %s', (operator, policy, given, expected) => {
    expect(check(operator, policy, given)).toBe(expected);
  });
});

describe('the Condition as a whole', () => {
  test('operators and keys are all to hold, values any of them', () => {
    const condition = { StringEquals: { a: ['1', '2'], b: '3' }, NumericLessThan: { c: '10' } };
    expect(conditionHolds(condition, { a: '2', b: '3', c: '9' })).toBe(true);
    expect(conditionHolds(condition, { a: '2', b: '3', c: '10' })).toBe(false);
    expect(conditionHolds(condition, { a: '2', b: '4', c: '9' })).toBe(false);
    expect(conditionHolds(condition, { a: '3', b: '3', c: '9' })).toBe(false);
  });

  test('keys have no case', () => {
    expect(conditionHolds({ StringEquals: { 'AWS:sourcearn': topic } }, { 'aws:SourceArn': topic })).toBe(true);
    expect(conditionHolds({ StringEquals: { 'aws:SourceArn': topic } }, { 'AWS:SOURCEARN': topic })).toBe(true);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a key like another', (name) => {
    const condition = JSON.parse(`{"StringLike":{"${name}":"*"}}`);
    expect(conditionHolds(condition, {})).toBe(false);
    expect(conditionHolds(condition, JSON.parse(`{"${name}":"x"}`))).toBe(true);
    expect(conditionHolds({ StringLike: { [key]: `\${${name}}` } }, { [key]: 'x' })).toBe(false);
    expect(conditionHolds({ StringEqualsIfExists: { [name]: 'x' } }, {})).toBe(true);
  });
});

describe('policy variables', () => {
  const context = { 'aws:PrincipalAccount': '222222222222', 'aws:Name': 'a*b', 'aws:Both': ['x', 'y'] };
  const like = (operator: string, policy: unknown, given: string, version?: string): boolean =>
    conditionHolds({ [operator]: { 'aws:Given': policy } }, { ...context, 'aws:Given': given }, version);

  test.each<[string, string, string, boolean]>([
    ['StringEquals', `\${aws:PrincipalAccount}`, '222222222222', true],
    ['StringEquals', `a-\${AWS:principalaccount}-b`, 'a-222222222222-b', true],
    ['StringNotEquals', `\${aws:PrincipalAccount}`, '222222222222', false],
    ['StringEqualsIgnoreCase', `X\${aws:Name}`, 'xA*B', true],
    ['StringLike', `\${aws:Name}*`, 'a*bc', true],
    ['StringLike', `\${aws:Name}*`, 'axbc', false],
    ['StringLike', `a\${*}b`, 'a*b', true],
    ['StringLike', `a\${*}b`, 'axb', false],
    ['StringLike', `\${?}\${$}`, '?$', true],
    ['ArnLike', `arn:aws:sns:*:\${aws:PrincipalAccount}:*`, 'arn:aws:sns:r:222222222222:t', true],
    ['ArnLike', `arn:aws:sns:*:\${aws:PrincipalAccount}:*`, 'arn:aws:sns:r:333333333333:t', false],
    ['StringEquals', `\${aws:userid, 'nobody'}`, 'nobody', true],
    ['StringEquals', `\${aws:PrincipalAccount, 'nobody'}`, 'nobody', false],
    ['StringEquals', `\${aws:userid}`, `\${aws:userid}`, false],
    ['StringNotEquals', `\${aws:userid}`, 'x', false],
    ['StringNotEquals', `\${aws:Both}`, 'z', false],
    ['StringEquals', `\${}`, `\${}`, true],
    ['StringEquals', '${aws:userid', '${aws:userid', true],
    ['StringEquals', `\${aws:userid, nobody}`, `\${aws:userid, nobody}`, true],
  ])('%s %s and %s: %s', (operator, policy, given, expected) => {
    expect(like(operator, policy, given)).toBe(expected);
  });

  test('a value without a variable does not save a statement whose other value has none', () => {
    expect(like('StringEquals', ['x', `\${aws:userid}`], 'x')).toBe(false);
    expect(conditionHolds({ StringEqualsIfExists: { [key]: `\${aws:userid}` } }, {})).toBe(true);
  });

  test('are text before version 2012-10-17', () => {
    expect(like('StringEquals', `\${aws:PrincipalAccount}`, '222222222222', '2008-10-17')).toBe(false);
    expect(like('StringEquals', `\${aws:PrincipalAccount}`, `\${aws:PrincipalAccount}`, '2008-10-17')).toBe(true);
    expect(like('StringLike', `\${*}`, `\${anything}`, '2008-10-17')).toBe(true);
  });

  test('stand in resources as well', () => {
    const text = (element: string): string =>
      policyText({ Resource: undefined, [element]: `arn:aws:sqs:*:*:\${aws:Queue}-*` });
    const resource = 'arn:aws:sqs:us-east-1:111111111111:mary-in';
    expect(verdict(text('Resource'), { resource, context: { 'aws:Queue': 'mary' } })).toBe('allow');
    expect(verdict(text('Resource'), { resource, context: { 'aws:Queue': '*' } })).toBe('neutral');
    expect(verdict(text('NotResource'), { resource, context: { 'aws:Queue': 'bob' } })).toBe('allow');
    expect(verdict(text('NotResource'), { resource })).toBe('neutral');
  });
});
