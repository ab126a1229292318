/**
 * What is wrong with a text that is no JSON, in the words of the parser that SNS has: what it met, what it expected, and where.
 *
 * Only called for a text that JSON.parse refuses. It looks for the first thing out of place between the values; of numbers and of escapes
 * inside strings it knows nothing and then says nothing.
 */

/** A parser told not to show what it reads names its source like this. */
const source = 'Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)';
const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

type Expected = 'value' | 'name' | 'colon' | 'next';

interface Open {
  readonly close: '}' | ']';
  readonly at: number;
}

/** @returns in front of it a space, to stand behind `failed to parse JSON.`; an empty text when it cannot tell */
export function jsonProblem(text: string): string {
  const open: Open[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const problem = (words: string, where: number): string => ` ${words}\n at [${source}; ${placeOf(text, where)}]`;
  const unexpected = (words: string): string => {
    const character = text[at]!;
    return problem(`Unexpected character ('${character}' (code ${character.charCodeAt(0)})): ${words}`, at);
  };
  for (;;) {
    at += /^[ \t\r\n]*/.exec(text.slice(at))![0].length;
    const character = text[at];
    const inside = open.at(-1);
    if (character === undefined) return expected === 'next' && inside === undefined ? '' : endOf(text, open, problem);
    switch (expected) {
      case 'next':
        if (inside === undefined) return '';
        if (character === inside.close) open.pop();
        else if (character === ',') expected = inside.close === '}' ? 'name' : 'value';
        else return unexpected(`was expecting comma to separate ${inside.close === '}' ? 'Object' : 'Array'} entries`);
        at++;
        break;
      case 'colon':
        if (character !== ':') return unexpected('was expecting a colon to separate field name and value');
        expected = 'value';
        at++;
        break;
      case 'name':
        // An object that has only just begun may end as well.
        if (character === '}' && inside !== undefined && text.slice(inside.at + 1, at).trim() === '') {
          open.pop();
          expected = 'next';
          at++;
          break;
        }
        if (character !== '"') return unexpected('was expecting double-quote to start field name');
        at = endOfString(text, at);
        if (at < 0) return problem('Unexpected end-of-input in field name', text.length);
        expected = 'colon';
        break;
      case 'value': {
        if (character === '{' || character === '[') {
          open.push({ close: character === '{' ? '}' : ']', at });
          expected = character === '{' ? 'name' : 'value';
          at++;
          break;
        }
        if (character === ']' && inside?.close === ']' && text.slice(inside.at + 1, at).trim() === '') {
          open.pop();
          expected = 'next';
          at++;
          break;
        }
        if (character === '"') {
          at = endOfString(text, at);
          if (at < 0) {
            return problem('Unexpected end-of-input: was expecting closing quote for a string value', text.length);
          }
        } else if (/[-\d]/.test(character)) {
          at += /^[-+\d.eE]+/.exec(text.slice(at))![0].length;
        } else {
          const token = /^[\p{L}\p{N}_$]*/u.exec(text.slice(at))![0];
          if (token === '') return unexpected(`expected a valid value ${values}`);
          at += token.length;
          if (token !== 'true' && token !== 'false' && token !== 'null') {
            return problem(`Unrecognized token '${token.slice(0, 80)}': was expecting ${values}`, at);
          }
        }
        expected = 'next';
      }
    }
  }
}

function endOf(text: string, open: readonly Open[], problem: (words: string, where: number) => string): string {
  const inside = open.at(-1);
  if (inside === undefined) return problem('No content to map due to end-of-input', text.length);
  const kind = inside.close === '}' ? 'Object' : 'Array';
  const start = `start marker at [${source}; ${placeOf(text, inside.at)}]`;
  return problem(`Unexpected end-of-input: expected close marker for ${kind} (${start})`, text.length);
}

/** @returns what comes after the closing quote; -1 without one */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `line: ${line}, column: ${at - before.lastIndexOf('\n')}`;
}
