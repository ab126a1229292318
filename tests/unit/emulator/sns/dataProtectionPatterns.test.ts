import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCustomPattern } from '../../../../src/emulator/sns/dataProtection/customPattern.ts';

/** What is found, as texts. */
const found = (regex: string, body: string): string[] =>
  compileCustomPattern(regex, 'here')(body).map(({ start, end }) => body.slice(start, end));

test.each<[string, string, string[]]>([
  ['EID-\\d{9}-US', 'x EID-123456789-US EID-12345678-US', ['EID-123456789-US']],
  ['[A-Z]{2,4}', 'ABCDEF A', ['ABCD', 'EF']],
  ['a+', 'aab aaa', ['aa', 'aaa']],
  ['ab*c?', 'a abb abcc', ['a', 'abb', 'abc']],
  ['cat|category', 'category', ['cat']],
  ['category|cat', 'category cat', ['category', 'cat']],
  ['^a|b$', 'ab ab', ['a', 'b']],
  ['^a', 'ba', []],
  ['[^0-9 ]+', 'a1 b2', ['a', 'b']],
  ['\\w+@\\w+\\.com', 'to ann@example.com', ['ann@example.com']],
  ['\\D\\S\\W', 'a1!', ['a1!']],
  ['a.c', 'abc a\nc a🙂c', ['abc', 'a🙂c']],
  ['#.*@', '#a@ #b@', ['#a@ #b@']],
  ['#.*?@', '#a@ #b@', ['#a@', '#b@']],
  ['a{2}', 'aaaaa', ['aa', 'aa']],
  ['a{2,}', 'aaaaa a', ['aaaaa']],
  ['a{0}b', 'ab', ['b']],
  ['a{2,3}?', 'aaaa', ['aa', 'aa']],
  ['x*', 'axxb', ['xx']],
  // From where the first one ended the same steps lead on.
  ['a*?', 'aaa', ['a', 'a', 'a']],
  ['\\\\', 'a\\b', ['\\']],
  ['[\\d-]+', '12-34', ['12-34']],
  ['[]x]', ']x]', []],
  ['a{,2}', 'a{,2}', ['a{,2}']],
  // The first alternative leads nowhere from where the second one ended.
  ['a*b|a', 'aaa', ['a', 'a', 'a']],
  ['aab|a', 'aaab', ['a', 'aab']],
])('%s in %j finds %j', (regex, body, texts) => {
  expect(found(regex, body)).toEqual(texts);
});

test.each<[string, string]>([
  ['', 'Regex must be 1 to 200 characters long'],
  ['a'.repeat(201), 'Regex must be 1 to 200 characters long'],
  ['(a)', 'Regex has a character that is not supported'],
  ['a"', 'Regex has a character that is not supported'],
  ['é', 'Regex has a character that is not supported'],
  ['\\bword', 'Regex has an escape that is not supported'],
  ['a\\x41', 'Regex has an escape that is not supported'],
  ['\\1', 'Regex has an escape that is not supported'],
  ['\\\\\\n', 'Regex has an escape that is not supported'],
  ['*a', 'Regex is no regular expression'],
  ['[a', 'Regex is no regular expression'],
  ['a{2,1}', 'Regex is no regular expression'],
  ['[z-a]', 'Regex is no regular expression'],
  ['a\\', 'Regex has an escape that is not supported'],
  ['a{300}', 'Regex is too complicated: more than 256 steps, which is a limit of this emulator'],
  ['a{999999999}', 'Regex is too complicated: more than 256 steps, which is a limit of this emulator'],
  ['a{0,999999999}', 'Regex is too complicated: more than 256 steps, which is a limit of this emulator'],
])('%j is refused', (regex, reason) => {
  expect(() => compileCustomPattern(regex, 'here')).toThrow(`here: ${reason}`);
});

test.each(['a'.repeat(200), 'a{255}', '\\\\n'])('%s is taken', (regex) => {
  expect(() => compileCustomPattern(regex, 'here')).not.toThrow();
});

describe("against the host's expressions", () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '-', 'ab');
  const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}');
  const item = fc.tuple(atom, quantifier).map(([one, many]) => one + many);
  // Something in it must be there: of no length, the host finds more than we do.
  const alternative = fc
    .tuple(fc.array(item, { maxLength: 3 }), atom, fc.array(item, { maxLength: 3 }))
    .map(([before, needed, behind]) => [...before, needed, ...behind].join(''));
  const edges = fc.constantFrom<[string, string]>(['', ''], ['', ''], ['^', ''], ['', '$']);
  const regex = fc
    .array(
      fc.tuple(edges, alternative).map(([[start, end], text]) => start + text + end),
      { minLength: 1, maxLength: 3 },
    )
    .map((alternatives) => alternatives.join('|'));
  const body = fc.string({ unit: fc.constantFrom('a', 'b', '-', '1', '\n'), maxLength: 24 });

  test('the same texts are found', () => {
    fc.assert(
      fc.property(regex, body, (pattern, text) => {
        const byHost = [...text.matchAll(new RegExp(pattern, 'g'))].map(([match]) => match);
        expect(found(pattern, text)).toEqual(byHost);
      }),
      { numRuns: 3_000 },
    );
  });
});

test('a hostile expression tries no step twice at one place', () => {
  const body = 'a'.repeat(1_000);
  let looks = 0;
  const counted = new Proxy(new String(body), {
    get(target, name) {
      if (name === 'length') return body.length;
      if (name === 'charCodeAt') {
        return (at: number) => {
          looks++;
          return body.charCodeAt(at);
        };
      }
      return Reflect.get(target, name);
    },
  }) as unknown as string;
  // Twenty stars and no end: the host's matcher would not come back.
  expect(compileCustomPattern(`${'a*'.repeat(20)}x`, 'here')(counted)).toEqual([]);
  const steps = 3 * 20 + 2;
  // Each step looks at its character at most twice, each search once more.
  expect(looks).toBeLessThanOrEqual((body.length + 1) * (2 * steps + 1));
});
