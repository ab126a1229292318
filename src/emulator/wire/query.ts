/**
 * Query input: form fields such as `Attribute.1.Name=DelaySeconds`, read by shape.
 *
 * Names are split at their dots into a tree first; lists take their numbers in rising order and do not mind gaps.
 * Everything is text here, so a number that is none is an `InputError` the service words itself. What no service sees, AWS's front end
 * refuses in words of its own (MalformedInput): a list in place of a text, say, or a list without its `member`.
 */
import { AwsError } from '../service.ts';
import { decodeBase64 } from './bytes.ts';
import { InputError, serializationError } from './inputError.ts';
import type { ListShape, MapShape, Shape, StructureShape } from './shapes.ts';
import { readIso8601 } from './timestamps.ts';

interface Field {
  value: string | undefined;
  readonly children: Map<string, Field>;
}

/** Deeper than any AWS input; keeps a hostile name from building a long chain. */
const maxDepth = 12;
const maxFields = 20_000;

export type FormFields = ReadonlyMap<string, string>;

/** @throws AwsError MalformedQueryString when there are too many fields or a percent sequence is broken */
export function parseForm(text: string): FormFields {
  const fields = new Map<string, string>();
  const pairs = text.split('&', maxFields + 1);
  if (pairs.length > maxFields) throw malformed(`more than ${maxFields} parameters, which is a limit of this emulator`);
  for (const pair of pairs) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = unescapeForm(equals < 0 ? pair : pair.slice(0, equals));
    fields.set(name, equals < 0 ? '' : unescapeForm(pair.slice(equals + 1)));
  }
  return fields;
}

function unescapeForm(escaped: string): string {
  try {
    return decodeURIComponent(escaped.replaceAll('+', ' '));
  } catch {
    throw malformed('a percent sequence is not UTF-8');
  }
}

const malformed = (detail: string): AwsError =>
  new AwsError('MalformedQueryString', `The query string is malformed: ${detail}.`);

/** @throws AwsError MalformedInput; InputError for what the service words itself */
export function decodeQuery(shape: StructureShape, fields: FormFields): Record<string, unknown> {
  const root = tree(fields);
  for (const [name, member] of shape.entries) checkTop(name, member.shape, root);
  return readStructure(shape, root, '');
}

/** What the front end tells of members of the request itself, by the way their names go on. */
function checkTop(name: string, shape: Shape, root: Field): void {
  if (shape.type !== 'list' && shape.type !== 'map') return;
  if (!shape.flattened) {
    if (isNumbered(root.children.get(name))) throw topLevelList();
    return;
  }
  const named = root.children.get(queryName(name, shape));
  if (named !== undefined && hasOnlyNames(named)) throw startOfList();
  // Flattened lists go by another name than in the model, under which they are none.
  const modelled = shape.queryName === undefined || shape.queryName === name ? undefined : root.children.get(name);
  if (modelled === undefined) return;
  if (hasOnlyNames(modelled)) throw startOfList();
  if (shape.type === 'list' && shape.of.type === 'structure' && isNumbered(modelled)) throw topLevelList();
}

const isNumbered = (field: Field | undefined): boolean => field !== undefined && numbered(field).length > 0;
const hasOnlyNames = (field: Field): boolean => field.children.size > 0 && !isNumbered(field);

const topLevelList = (): AwsError => serializationError('Top level element may not be treated as a list');
const startOfList = (): AwsError => serializationError('Start of list found where not expected');
const endOfList = (): AwsError => serializationError('End of list found where not expected');

function tree(fields: FormFields): Field {
  const root: Field = { value: undefined, children: new Map() };
  for (const [name, value] of fields) {
    const parts = name.split('.', maxDepth + 1);
    if (parts.length > maxDepth) continue;
    let at = root;
    for (const part of parts) {
      if (part === '0') throw serializationError('0 is not a valid index');
      let child = at.children.get(part);
      if (child === undefined) {
        child = { value: undefined, children: new Map() };
        at.children.set(part, child);
      }
      at = child;
    }
    at.value = value;
  }
  return root;
}

function readStructure(structure: StructureShape, field: Field, path: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, { shape }] of structure.entries) {
    const child =
      field.children.get(queryName(name, shape)) ??
      (shape.type === 'map' && shape.orOwnName ? field.children.get(name) : undefined);
    if (child !== undefined) result[name] = read(shape, child, path === '' ? name : `${path}.${name}`);
  }
  return result;
}

/** Flattened lists and maps may stand under a name of their own. */
function queryName(name: string, shape: Shape): string {
  return (shape.type === 'list' || shape.type === 'map') && shape.flattened ? (shape.queryName ?? name) : name;
}

function read(shape: Shape, field: Field, path: string): unknown {
  switch (shape.type) {
    case 'list':
      return readList(shape, field, path);
    case 'map':
      return readMap(shape, field, path);
    case 'structure':
      return readStructure(shape, field, path);
    default:
      if (field.value !== undefined) return readLeaf(shape, field.value, path);
      throw startOfList();
  }
}

function readLeaf(shape: Shape, value: string, path: string): unknown {
  const wrong = (expected: string): InputError => new InputError({ kind: 'type', path, value, expected });
  switch (shape.type) {
    case 'whole':
      // Beyond these no client reads back what it wrote.
      if (!/^[+-]?\d{1,18}$/.test(value) || !Number.isSafeInteger(Number(value))) throw wrong('an integer');
      return Number(value);
    case 'decimal': {
      const number = Number(value);
      if (value.trim() === '' || (Number.isNaN(number) && value !== 'NaN')) throw wrong('a number');
      return number;
    }
    case 'flag':
      if (value === 'true' || value === '1') return true;
      if (value === 'false' || value === '0') return false;
      if (value === '') throw serializationError('missing value for boolean type');
      throw serializationError('boolean must follow xsd1.1 definition');
    case 'timestamp': {
      const ms = readIso8601(value);
      if (ms === null) throw serializationError('timestamp must follow ISO8601');
      return ms;
    }
    case 'blob': {
      const bytes = decodeBase64(value);
      if (bytes === null) throw wrong('base64 text');
      return bytes;
    }
    default:
      return value;
  }
}

function numbered(field: Field): Field[] {
  return [...field.children]
    .filter(([name]) => /^\d{1,9}$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}

function readList(shape: ListShape, field: Field, path: string): unknown[] {
  const holder = shape.flattened ? field : (field.children.get('member') ?? field);
  return numbered(holder).map((child, index) => read(shape.of, child, `${path}.${index + 1}`));
}

function readMap(shape: MapShape, field: Field, path: string): Record<string, unknown> {
  const holder = shape.flattened ? field : (field.children.get('entry') ?? field);
  // Clients that have an empty map to send mean one entry that is empty.
  if (shape.flattened && field.value === '' && field.children.size === 0) return namelessEntry(shape);
  const entries = numbered(holder).map((entry, index): [string, unknown] => {
    const key = entry.children.get(shape.keyName)?.value;
    const value = entry.children.get(shape.valueName);
    const at = `${path}.${index + 1}`;
    if (key === undefined && shape.flattened) return Object.entries(namelessEntry(shape))[0]!;
    if (key === undefined) throw new InputError({ kind: 'missing', path: `${at}.${shape.keyName}` });
    if (value === undefined && shape.flattened && shape.of.type === 'text') return [key, ''];
    if (value === undefined) throw new InputError({ kind: 'missing', path: `${at}.${shape.valueName}` });
    return [key, read(shape.of, value, `${at}.${shape.valueName}`)];
  });
  return Object.fromEntries(entries);
}

/** A structure without a name is the service's to refuse. */
function namelessEntry({ of }: MapShape): Record<string, unknown> {
  if (of.type === 'structure') return { '': {} };
  throw endOfList();
}
