/**
 * Query output as JSON, for requests with `Accept: application/json`: the form that API Gateway and hand-written clients get.
 *
 * The same elements as in XML (xml.ts), but members in the order of the alphabet, and null for those that are not there. A flattened map
 * is a list of its keys and values. Not here: AWS JSON, which is a protocol of its own (document.ts).
 */
import { encodeBase64 } from './bytes.ts';
import type { Shape, StructureShape } from './shapes.ts';

export interface QueryJsonReply {
  readonly action: string;
  readonly requestId: string;
  /** null: the action has no output. */
  readonly shape: StructureShape | null;
  readonly value: unknown;
  /** How the service calls members here that have another name elsewhere. */
  readonly names: Readonly<Record<string, string>>;
}

export const queryJsonType = 'application/json';

export function encodeQueryJson({ action, requestId, shape, value, names }: QueryJsonReply): string {
  const result = shape === null ? {} : { [`${action}Result`]: structureOf(shape, value, names) };
  return JSON.stringify({ [`${action}Response`]: sorted({ ...result, ResponseMetadata: { RequestId: requestId } }) });
}

export interface QueryJsonError {
  readonly fault: string;
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

export function encodeQueryJsonError({ fault, code, message, requestId }: QueryJsonError): string {
  return JSON.stringify({ Error: { Code: code, Message: message, Type: fault }, RequestId: requestId });
}

type Names = QueryJsonReply['names'];

function structureOf(shape: StructureShape, value: unknown, names: Names): Record<string, unknown> {
  const source = (value ?? {}) as Record<string, unknown>;
  const members = shape.entries.map(([name, member]) => {
    const present = source[name];
    return [names[name] ?? name, isThere(present) ? written(member.shape, present, names) : null];
  });
  return sorted(Object.fromEntries(members));
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

function written(shape: Shape, value: unknown, names: Names): unknown {
  switch (shape.type) {
    case 'structure':
      return structureOf(shape, value, names);
    case 'list':
      return (value as readonly unknown[]).map((item) => written(shape.of, item, names));
    case 'map': {
      const entries = Object.entries(value as Record<string, unknown>).map(([key, item]): [string, unknown] => [
        key,
        written(shape.of, item, names),
      ]);
      if (!shape.flattened) return Object.fromEntries(entries);
      return entries.map(([key, item]) => ({ [shape.keyName]: key, [shape.valueName]: item }));
    }
    case 'timestamp':
      return (value as number) / 1_000;
    case 'blob':
      return encodeBase64(value as Uint8Array);
    default:
      return value;
  }
}

/** By code unit, as the recorded replies are: `NextToken` before `queueUrls`. */
const sorted = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
