import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bind, compile, compileArn, matches, matchesArn } from '../../../../src/emulator/policy/pattern.ts';

const noContext = new Map<string, readonly string[]>();
const glob = (pattern: string, text: string): boolean =>
  matches(bind(compile(pattern, { wildcards: true, variables: true }), noContext)!, text);

describe('wildcards', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['a', '', false],
    ['*', '', true],
    ['**', 'abc', true],
    ['?', '', false],
    ['?', 'a', true],
    ['??', 'a', false],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['*ab', 'aab', true],
    ['a*b*c', 'aXbXbXc', true],
    ['a*b*c', 'aXcXb', false],
    ['*?b', 'b', false],
    ['*?b', 'abb', true],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['a\nb*', 'a\nb\n', true],
  ])('%j and %j: %s', (pattern, text, expected) => {
    expect(glob(pattern, text)).toBe(expected);
  });

  test('matches what a plain recursive reading of the rule matches', () => {
    const slow = (pattern: string, text: string): boolean => {
      if (pattern === '') return text === '';
      const rest = pattern.slice(1);
      if (pattern[0] === '*') return slow(rest, text) || (text !== '' && slow(pattern, text.slice(1)));
      return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && slow(rest, text.slice(1));
    };
    const letters = (alphabet: readonly string[], maxLength: number) =>
      fc.array(fc.constantFrom(...alphabet), { maxLength }).map((list) => list.join(''));
    fc.assert(
      fc.property(letters(['a', 'b', '*', '?'], 8), letters(['a', 'b'], 10), (pattern, text) => {
        expect(glob(pattern, text)).toBe(slow(pattern, text));
      }),
      { numRuns: 1_000 },
    );
  });

  test('a pattern made to be slow is answered', () => {
    // Tried every way there is, this would outlast the sun.
    expect(glob(`${'a*'.repeat(1_000)}b`, 'a'.repeat(5_000))).toBe(false);
    expect(glob(`${'*?'.repeat(1_000)}b`, 'a'.repeat(5_000))).toBe(false);
  });

  test('a text of many openings is still read', () => {
    const openings = '${'.repeat(15_000);
    expect(glob(openings, openings)).toBe(true);
    const unreadable = '${a,'.repeat(7_000);
    expect(glob(`${unreadable}}`, `${unreadable}}`)).toBe(true);
  });
});

describe('ARNs field by field', () => {
  const arn = (pattern: string, value: string): boolean =>
    matchesArn(
      compileArn(pattern, { wildcards: true, variables: true }).map((field) => bind(field, noContext)!),
      value,
    );

  test.each([
    ['arn:aws:s3:::b', 'arn:aws:s3:::b', true],
    ['arn:aws:s3:::b', 'arn:aws:s3:::b:c', false],
    ['arn:aws:s3:::b:*', 'arn:aws:s3:::b:c:d', true],
    ['arn:*:s3:?:?:b', 'arn:aws:s3:r:1:b', true],
    ['arn:*:s3:?:?:b', 'arn:aws:s3::1:b', false],
    ['arn:*', 'arn:aws:s3:r:1:b', true],
    ['arn:aws:s3', 'arn:aws:s3:r:1:b', true],
    ['arn:aws:s3:r:1:', 'arn:aws:s3:r:1:', true],
    ['arn:aws:s3:r:1:', 'arn:aws:s3:r:1:b', false],
    ['*', '', false],
    ['*', ':::::', true],
    ['*', '::::', false],
    [`arn:\${a:b, 'x:y'}:s3:r:1:b`, 'arn:x:y:s3:r:1:b', false],
  ])('%j and %j: %s', (pattern, value, expected) => {
    expect(arn(pattern, value)).toBe(expected);
  });
});
