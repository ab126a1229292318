/**
 * A small language for the shapes of AWS requests and replies, enough to read and write them in every protocol.
 *
 * One declaration serves Query XML, AWS JSON and CBOR: it tells what JSON leaves open (timestamps, blobs) and what Query
 * cannot know at all (numbers, lists, maps). Codecs live beside this file; this one only describes.
 *
 * Values in memory: text -> string, whole/decimal -> number, flag -> boolean, timestamp -> epoch milliseconds,
 * blob -> Uint8Array, list -> array, map -> Record, structure -> object (absent members are undefined).
 */
export type Shape =
  | { readonly type: 'text' }
  | { readonly type: 'whole'; readonly min?: number; readonly max?: number }
  | { readonly type: 'decimal' }
  | { readonly type: 'flag' }
  | { readonly type: 'timestamp' }
  | { readonly type: 'blob' }
  | ListShape
  | MapShape
  | StructureShape;

export interface ListShape {
  readonly type: 'list';
  readonly of: Shape;
  /** Query: flattened lists are `Name.N`, others `Name.member.N`. */
  readonly flattened: boolean;
  /** Query: element name when flattened and different from the member's name (SQS `AttributeName.N`). */
  readonly queryName?: string;
}

export interface MapShape {
  readonly type: 'map';
  readonly of: Shape;
  readonly flattened: boolean;
  /** Query: `Attribute.N.Name`/`.Value` in SQS, `entry.N.key`/`.value` elsewhere. */
  readonly keyName: string;
  readonly valueName: string;
  readonly queryName?: string;
  /** Query: without entries under `queryName`, those under the member's own name are taken. */
  readonly orOwnName: boolean;
}

export interface StructureShape {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, Member>>;
  /** The same, to look one up: a document holds few of many members, and may hold names that are none. */
  readonly byName: ReadonlyMap<string, Member>;
  /** The same as a list, for codecs that go through all of them. */
  readonly entries: readonly (readonly [name: string, member: Member])[];
  /** Those of them that ask something of a request: to be there, or to be within limits. */
  readonly demanding: readonly (readonly [name: string, member: Member])[];
}

export interface Member {
  readonly shape: Shape;
  readonly required: boolean;
}

export const text: Shape = { type: 'text' };
export const whole = (limits: { min?: number; max?: number } = {}): Shape => ({ type: 'whole', ...limits });
export const decimal: Shape = { type: 'decimal' };
export const flag: Shape = { type: 'flag' };
export const timestamp: Shape = { type: 'timestamp' };
export const blob: Shape = { type: 'blob' };

export function list(of: Shape, query: { flattened?: boolean; queryName?: string } = {}): ListShape {
  return {
    type: 'list',
    of,
    flattened: query.flattened ?? false,
    ...(query.queryName ? { queryName: query.queryName } : {}),
  };
}

export function map(
  of: Shape,
  query: {
    flattened?: boolean;
    keyName?: string;
    valueName?: string;
    queryName?: string;
    orOwnName?: boolean;
  } = {},
): MapShape {
  return {
    type: 'map',
    of,
    flattened: query.flattened ?? false,
    keyName: query.keyName ?? 'key',
    valueName: query.valueName ?? 'value',
    orOwnName: query.orOwnName ?? false,
    ...(query.queryName ? { queryName: query.queryName } : {}),
  };
}

export function structure(members: Readonly<Record<string, Shape | Member>>): StructureShape {
  const full: Record<string, Member> = {};
  for (const [name, member] of Object.entries(members)) {
    // Codecs read members without asking whose they are.
    if (name in full) throw new Error(`no member may be called ${name}: every object inherits it`);
    full[name] = 'shape' in member ? member : { shape: member, required: false };
  }
  const entries = Object.entries(full);
  const demanding = entries.filter(([, { shape, required }]) => required || hasDemands(shape));
  return { type: 'structure', members: full, byName: new Map(entries), entries, demanding };
}

function hasDemands(shape: Shape): boolean {
  switch (shape.type) {
    case 'whole':
      return shape.min !== undefined || shape.max !== undefined;
    case 'list':
    case 'map':
      return hasDemands(shape.of);
    case 'structure':
      return shape.demanding.length > 0;
    default:
      return false;
  }
}

/** A member the service refuses to go without. */
export const required = (shape: Shape): Member => ({ shape, required: true });
