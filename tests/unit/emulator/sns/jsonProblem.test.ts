import { describe, expect, it } from 'vitest';
import { jsonProblem } from '../../../../src/emulator/sns/jsonProblem.ts';

const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const source = 'Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)';
const at = (line: number, column: number) => `[${source}; line: ${line}, column: ${column}]`;

describe('[SNS-112] what is wrong with a text that is no JSON', () => {
  it.each<[string, string, string]>([
    ['{a}', "Unexpected character ('a' (code 97)): was expecting double-quote to start field name", at(1, 2)],
    ['{"a":1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", at(1, 8)],
    ['nope', `Unrecognized token 'nope': was expecting ${values}`, at(1, 5)],
    ['{"a": [tru, 1]}', `Unrecognized token 'tru': was expecting ${values}`, at(1, 11)],
    [
      '{"a"\n 1}',
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
      at(2, 2),
    ],
    ['{"a":1 "b"}', "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", at(1, 8)],
    ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", at(1, 4)],
    ['{"a":}', `Unexpected character ('}' (code 125)): expected a valid value ${values}`, at(1, 6)],
    ['', 'No content to map due to end-of-input', at(1, 1)],
    ['{"a', 'Unexpected end-of-input in field name', at(1, 4)],
    ['{"a":"b', 'Unexpected end-of-input: was expecting closing quote for a string value', at(1, 8)],
    ['{"a":[1', `Unexpected end-of-input: expected close marker for Array (start marker at ${at(1, 6)})`, at(1, 8)],
  ])('%s', (text, words, where) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonProblem(text)).toBe(` ${words}\n at ${where}`);
  });

  it.each(['[01]', '["\\x"]', '{"a":1} {'])('%s: it cannot tell', (text) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonProblem(text)).toBe('');
  });

  it('comes to an end with every text, however short or broken', () => {
    const pieces = ['{', '}', '[', ']', '"', ':', ',', ' ', '\\', 'a', '1', '-', 'null', '한'];
    const texts = (length: number): string[] =>
      length === 0 ? [''] : texts(length - 1).flatMap((text) => pieces.map((piece) => text + piece));
    for (const text of texts(4)) expect(typeof jsonProblem(text)).toBe('string');
  });

  it('is found behind much that is right', () => {
    const many = '[],'.repeat(80_000);
    expect(jsonProblem(`[${many}!]`)).toContain(`column: ${many.length + 2}]`);
    expect(jsonProblem('['.repeat(200_000))).toContain('expected close marker for Array');
  });
});
