/**
 * JSON read as it comes: text in chunks, scalar values out, with path and line. Nothing is built up, so size does not matter.
 *
 * Reserved names are refused, depth is limited. Several values one after another (JSON lines) are read as such.
 */
import { brokenFile, refuseReserved, shown } from './faults.ts';

export type Path = readonly (string | number)[];
export type Scalar = string | number | boolean | null;

export interface JsonHandler {
  /** The path is only valid during the call. */
  scalar(path: Path, value: Scalar, line: number): void;
  /** An object or array begins or has ended. */
  open(path: Path, line: number): void;
  close(path: Path, line: number): void;
}

export interface JsonReader {
  readonly line: number;
  push(chunk: string): void;
  end(): void;
}

const MOST_DEPTH = 32;
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  '\\': '\\',
  '/': '/',
};
const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What may come next. */
type Expecting = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'commaOrEnd';

export function jsonReader(file: string, handler: JsonHandler): JsonReader {
  const path: (string | number)[] = [];
  const inArray: boolean[] = [];
  let expecting: Expecting = 'value';
  let mode: 'structure' | 'string' | 'escape' | 'unicode' | 'bare' = 'structure';
  let token = '';
  let hex = '';
  const reader = { line: 1, push, end };

  const fault = (found: string) => brokenFile(file, reader.line, 'trace-json', { found: shown(found).slice(1, -1) });

  function push(chunk: string): void {
    for (let at = 0; at < chunk.length; at++) {
      const char = chunk[at]!;
      if (mode === 'string') {
        if (char === '"') finishString();
        else if (char === '\\') mode = 'escape';
        else if (char < ' ') throw fault(token);
        else token += char;
      } else if (mode === 'escape') {
        if (char === 'u') {
          mode = 'unicode';
          hex = '';
        } else {
          const plain = Object.hasOwn(escapes, char) ? escapes[char] : undefined;
          if (plain === undefined) throw fault(`\\${char}`);
          token += plain;
          mode = 'string';
        }
      } else if (mode === 'unicode') {
        if (!/[0-9a-f]/i.test(char)) throw fault(`\\u${hex}${char}`);
        hex += char;
        if (hex.length < 4) continue;
        token += String.fromCharCode(Number.parseInt(hex, 16));
        mode = 'string';
      } else if (mode === 'bare' && /[-+.\w]/.test(char)) {
        token += char;
        if (token.length > 400) throw fault(token);
      } else {
        if (mode === 'bare') finishBare();
        structure(char);
      }
    }
  }

  function structure(char: string): void {
    if (char === '\n') reader.line++;
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t') return;
    const wantsValue = expecting === 'value' || expecting === 'valueOrEnd';
    if (char === '"' && (wantsValue || expecting === 'name' || expecting === 'nameOrEnd')) {
      token = '';
      mode = 'string';
    } else if (char === '{' && wantsValue) open(false);
    else if (char === '[' && wantsValue) open(true);
    else if (char === '}' && (expecting === 'nameOrEnd' || expecting === 'commaOrEnd') && inArray.at(-1) === false)
      close();
    else if (char === ']' && (expecting === 'valueOrEnd' || expecting === 'commaOrEnd') && inArray.at(-1) === true)
      close();
    else if (char === ':' && expecting === 'colon') expecting = 'value';
    else if (char === ',' && expecting === 'commaOrEnd' && inArray.length > 0)
      expecting = inArray.at(-1) ? 'value' : 'name';
    else if (/[-\w]/.test(char) && wantsValue) {
      token = char;
      mode = 'bare';
    } else throw fault(char);
  }

  function open(array: boolean): void {
    if (inArray.length >= MOST_DEPTH) throw brokenFile(file, reader.line, 'trace-json-deep', { limit: MOST_DEPTH });
    handler.open(path, reader.line);
    inArray.push(array);
    path.push(array ? 0 : '');
    expecting = array ? 'valueOrEnd' : 'nameOrEnd';
  }

  function close(): void {
    inArray.pop();
    path.pop();
    handler.close(path, reader.line);
    valueDone();
  }

  function finishString(): void {
    mode = 'structure';
    if (expecting === 'value' || expecting === 'valueOrEnd') {
      handler.scalar(path, token, reader.line);
      valueDone();
      return;
    }
    refuseReserved(file, reader.line, token);
    path[path.length - 1] = token;
    expecting = 'colon';
  }

  function finishBare(): void {
    mode = 'structure';
    const words: Readonly<Record<string, Scalar>> = { true: true, false: false, null: null };
    const value = Object.hasOwn(words, token) ? words[token]! : numberPattern.test(token) ? Number(token) : undefined;
    if (value === undefined) throw fault(token);
    handler.scalar(path, value, reader.line);
    valueDone();
  }

  function valueDone(): void {
    const index = path.at(-1);
    if (typeof index === 'number') path[path.length - 1] = index + 1;
    // At the top another value may follow: JSON lines.
    expecting = inArray.length === 0 ? 'value' : 'commaOrEnd';
  }

  function end(): void {
    if (mode === 'bare') finishBare();
    if (mode !== 'structure' || inArray.length > 0) throw brokenFile(file, reader.line, 'trace-json-end');
  }
  return reader;
}
