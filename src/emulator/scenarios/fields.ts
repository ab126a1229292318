/**
 * Reading a YAML file field by field, collecting every fault with file, line, field and what was expected.
 *
 * A fault never stops the reading: a stand-in value is returned and the next field is read, so that one run names them all.
 * Expectations are written so that they need no translation: `integer 1..10`, `text`, `finish | abandon`.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { ErrorValue } from '../../core/errors.ts';
import type { MessageKey } from '../../core/messages/index.ts';

export interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
}

/** One mapping of the file. Every getter names the field it reads; `close` complains about those nobody read. */
export interface Fields {
  /** `queues[0].deadLetter`, empty for the whole file. */
  readonly path: string;
  text(name: string, fallback?: string): string;
  number(name: string, limits: NumberLimits, fallback?: number): number;
  flag(name: string, fallback?: boolean): boolean;
  choice<T extends string>(name: string, choices: readonly T[], fallback?: T): T;
  /** Named numbers and texts as texts, e.g. dimensions. */
  texts(name: string): Record<string, string>;
  object<T>(name: string, read: (fields: Fields) => T): T | null;
  /** @param required without the field a fault, not null */
  requiredObject<T>(name: string, read: (fields: Fields) => T): T | null;
  list<T>(name: string, read: (fields: Fields) => T): T[];
  textList(name: string): string[];
  has(name: string): boolean;
  /** A fault of the value of a field, found by the caller. */
  invalid(name: string, expected: string): void;
  /** A fault of a field in somebody else's words (core's policy and alarm checks). */
  refuse(name: string, problem: string): void;
}

export type ReadFile<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly ErrorValue[] };

export function readYaml<T>(text: string, file: string, read: (fields: Fields) => T): ReadFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    const errors = document.errors.map((error) =>
      value('FILE_SYNTAX', { file, line: lines.linePos(error.pos[0]).line, detail: oneLine(error.message) }),
    );
    return { ok: false, errors };
  }
  const faults: ErrorValue[] = [];
  const root = document.contents;
  if (!isMap(root)) {
    const found = root === null ? 'empty' : 'something else';
    return {
      ok: false,
      errors: [value('FILE_FIELD_INVALID', { file, line: 1, field: file, found, expected: '{ name: value, … }' })],
    };
  }
  const result = readMap({ file, lines, faults }, root as YAMLMap<Node, Node | null>, '', read);
  return faults.length > 0 ? { ok: false, errors: faults.sort(byLine) } : { ok: true, value: result };
}

interface Reading {
  readonly file: string;
  readonly lines: LineCounter;
  readonly faults: ErrorValue[];
}

function readMap<T>(reading: Reading, map: YAMLMap<Node, Node | null>, path: string, read: (fields: Fields) => T): T {
  const { file, lines, faults } = reading;
  const known = new Set<string>();
  const lineOf = (node: Node | null | undefined): number =>
    lines.linePos((node ?? map).range?.[0] ?? map.range?.[0] ?? 0).line;
  const pathOf = (name: string): string => (path === '' ? name : `${path}.${name}`);

  function pair(name: string): { key: Node; value: Node | null } | null {
    known.add(name);
    const found = map.items.find(({ key }) => isScalar(key) && key.value === name);
    return found === undefined ? null : { key: found.key, value: found.value };
  }

  function missing(name: string, expected: string): void {
    faults.push(value('FILE_FIELD_MISSING', { file, line: lineOf(map), field: pathOf(name), expected }));
  }

  function invalid(name: string, expected: string): void {
    // The stand-in of a field that was refused already says nothing of the file.
    if (faults.some(({ params }) => params.field === pathOf(name))) return;
    const found = pair(name);
    faults.push(
      value('FILE_FIELD_INVALID', {
        file,
        line: lineOf(found?.key),
        field: pathOf(name),
        found: shown(found?.value),
        expected,
      }),
    );
  }

  /** The scalar of a field; undefined when it is missing and may be. */
  function scalar<T>(
    name: string,
    fallback: T | undefined,
    expected: string,
    accept: (raw: unknown) => T | undefined,
    standIn: T,
  ): T {
    const found = pair(name);
    if (found === null) {
      if (fallback === undefined) missing(name, expected);
      return fallback ?? standIn;
    }
    const accepted = isScalar(found.value) ? accept(found.value.value) : undefined;
    if (accepted === undefined) invalid(name, expected);
    return accepted ?? standIn;
  }

  function child<T>(name: string, node: Node | null, childPath: string, readChild: (fields: Fields) => T): T | null {
    if (isMap(node)) return readMap(reading, node as YAMLMap<Node, Node | null>, childPath, readChild);
    invalid(name, '{ name: value, … }');
    return null;
  }

  function items(name: string, expected: string): Node[] {
    const found = pair(name);
    if (found === null) return [];
    if (isSeq(found.value)) return found.value.items as Node[];
    invalid(name, expected);
    return [];
  }

  const fields: Fields = {
    path,
    has: (name) => pair(name) !== null,
    text: (name, fallback) =>
      scalar(name, fallback, 'text', (raw) => (typeof raw === 'string' && raw !== '' ? raw : undefined), ''),
    number: (name, limits, fallback) =>
      scalar(name, fallback, range(limits), (raw) => (fits(raw, limits) ? raw : undefined), limits.min ?? 0),
    flag: (name, fallback) =>
      scalar(name, fallback, 'true | false', (raw) => (typeof raw === 'boolean' ? raw : undefined), false),
    choice: (name, choices, fallback) =>
      scalar(name, fallback, choices.join(' | '), (raw) => choices.find((choice) => choice === raw), choices[0]!),
    texts(name) {
      return (
        fields.object(name, (inner) => {
          const named: Record<string, string> = {};
          for (const key of keysOf(inner)) named[key] = inner.text(key);
          return named;
        }) ?? {}
      );
    },
    object(name, readChild) {
      const found = pair(name);
      return found === null ? null : child(name, found.value, pathOf(name), readChild);
    },
    requiredObject(name, readChild) {
      const found = pair(name);
      if (found === null) missing(name, '{ name: value, … }');
      return found === null ? null : child(name, found.value, pathOf(name), readChild);
    },
    list(name, readChild) {
      const read: ReturnType<typeof readChild>[] = [];
      items(name, '[ { name: value, … }, … ]').forEach((node, index) => {
        const at = `${pathOf(name)}[${index}]`;
        if (isMap(node)) read.push(readMap(reading, node as YAMLMap<Node, Node | null>, at, readChild));
        else {
          const params = { file, line: lineOf(node), field: at, found: shown(node), expected: '{ name: value, … }' };
          faults.push(value('FILE_FIELD_INVALID', params));
        }
      });
      return read;
    },
    textList(name) {
      const texts: string[] = [];
      items(name, '[ text, … ]').forEach((node, index) => {
        if (isScalar(node) && typeof node.value === 'string') texts.push(node.value);
        else {
          const field = `${pathOf(name)}[${index}]`;
          faults.push(
            value('FILE_FIELD_INVALID', { file, line: lineOf(node), field, found: shown(node), expected: 'text' }),
          );
        }
      });
      return texts;
    },
    invalid,
    refuse(name, problem) {
      known.add(name.split(/[.[]/)[0]!);
      const field = name === '' ? path : pathOf(name);
      faults.push(value('FILE_FIELD_REFUSED', { file, line: lineOf(nodeAt(map, name)), field, problem }));
    },
  };
  allKeys.set(
    fields,
    map.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')),
  );
  const result = read(fields);
  for (const { key } of map.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    if (known.has(name)) continue;
    faults.push(
      value('FILE_FIELD_UNKNOWN', { file, line: lineOf(key), field: pathOf(name), expected: [...known].join(', ') }),
    );
  }
  return result;
}

// Only `texts` reads fields whose names the file chooses; it learns them here.
const allKeys = new WeakMap<Fields, readonly string[]>();
const keysOf = (fields: Fields): readonly string[] => allKeys.get(fields) ?? [];

/** The deepest node a path like `queues[0].deadLetter.queue` leads to: the key of a field, or an item of a list. */
function nodeAt(map: YAMLMap<Node, Node | null>, path: string): Node {
  let deepest: Node = map;
  let inside: Node | null = map;
  for (const segment of path.match(/[^.[\]]+/g) ?? []) {
    if (isMap(inside)) {
      const found: { readonly key: Node; readonly value: Node | null } | undefined = (
        inside as YAMLMap<Node, Node | null>
      ).items.find(({ key }) => isScalar(key) && key.value === segment);
      if (found === undefined) return deepest;
      deepest = found.key;
      inside = found.value;
    } else if (isSeq(inside)) {
      const item = inside.items[Number(segment)] as Node | undefined;
      if (item === undefined) return deepest;
      deepest = item;
      inside = item;
    } else return deepest;
  }
  return deepest;
}

function fits(raw: unknown, { min, max, whole }: NumberLimits): raw is number {
  if (typeof raw !== 'number' || !Number.isFinite(raw)) return false;
  if (whole === true && !Number.isSafeInteger(raw)) return false;
  return (min === undefined || raw >= min) && (max === undefined || raw <= max);
}

function range({ min, max, whole }: NumberLimits): string {
  const kind = whole === true ? 'integer' : 'number';
  if (min !== undefined && max !== undefined) return `${kind} ${min}..${max}`;
  if (min !== undefined) return `${kind} >= ${min}`;
  return max === undefined ? kind : `${kind} <= ${max}`;
}

function shown(node: Node | null | undefined): string {
  if (node === undefined || node === null) return 'empty';
  if (isMap(node)) return '{ … }';
  if (isSeq(node)) return '[ … ]';
  if (!isScalar(node)) return oneLine(String(node));
  if (node.value === null) return 'empty';
  return oneLine(typeof node.value === 'string' ? `"${node.value}"` : String(node.value));
}

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > 80 ? `${flat.slice(0, 79)}…` : flat;
}

const value = (code: MessageKey, params: ErrorValue['params']): ErrorValue => ({ code, params, retryable: false });
const byLine = (a: ErrorValue, b: ErrorValue): number => Number(a.params.line) - Number(b.params.line);
