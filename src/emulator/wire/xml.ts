/**
 * Query output: the XML that botocore before 2023 and every Auto Scaling, STS and SNS client reads.
 *
 * A Result element is there even when it is empty, because clients whose model has an output look for it by name; an action whose model has
 * none has no Result. Not here: the same replies as JSON (queryJson.ts).
 */
import { encodeBase64 } from './bytes.ts';
import type { Shape, StructureShape } from './shapes.ts';

/**
 * How a service lays out its XML. `oneLine` is SQS's: a declaration, no space between elements, an empty Detail in errors. `indented` is
 * every other service's: each element on a line of its own, two spaces deeper than its parent, without declaration and Detail.
 */
export type XmlForm = 'oneLine' | 'indented';

export interface XmlReply {
  readonly action: string;
  readonly xmlNamespace: string;
  readonly form: XmlForm;
  readonly requestId: string;
  /** null: the action has no output. */
  readonly shape: StructureShape | null;
  readonly value: unknown;
}

export function encodeXmlReply({ action, xmlNamespace, form, requestId, shape, value }: XmlReply): string {
  const root = rootOf[form];
  const at = root.inside;
  return (
    `${root.before}<${action}Response xmlns="${escapeXml(xmlNamespace)}">` +
    (shape === null ? '' : parent(`${action}Result`, at, members(shape, value, deeper(at)))) +
    parent('ResponseMetadata', at, `${deeper(at)}<RequestId>${requestId}</RequestId>`) +
    `${root.end}</${action}Response>${root.end}`
  );
}

export interface XmlError {
  readonly xmlNamespace: string;
  readonly form: XmlForm;
  readonly fault: string;
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

export function encodeXmlError({ xmlNamespace, form, fault, code, message, requestId }: XmlError): string {
  const root = rootOf[form];
  const at = root.inside;
  const inner = deeper(at);
  const error =
    `${inner}<Type>${fault}</Type>${inner}<Code>${escapeXml(code)}</Code>` +
    `${inner}<Message>${escapeXml(message)}</Message>${root.detail}`;
  return (
    `${root.before}<ErrorResponse xmlns="${escapeXml(xmlNamespace)}">${parent('Error', at, error)}` +
    `${at}<RequestId>${requestId}</RequestId>${root.end}</ErrorResponse>${root.end}`
  );
}

/** `inside` stands before each element directly inside of the root: a line's end and its indentation, or nothing. */
const rootOf: Readonly<Record<XmlForm, { before: string; inside: string; detail: string; end: string }>> = {
  oneLine: { before: '<?xml version="1.0"?>', inside: '', detail: '<Detail/>', end: '' },
  indented: { before: '', inside: '\n  ', detail: '', end: '\n' },
};

/** What stands before an element whose parent has `at` before it. */
const deeper = (at: string): string => (at === '' ? '' : `${at}  `);

/** An element that has elements inside. */
const parent = (name: string, at: string, inside: string): string =>
  inside === '' ? `${at}<${name}/>` : `${at}<${name}>${inside}${at}</${name}>`;

function members(shape: StructureShape, value: unknown, at: string): string {
  const source = (value ?? {}) as Record<string, unknown>;
  let xml = '';
  for (const [name, member] of shape.entries) {
    const present = source[name];
    if (present !== undefined && present !== null) xml += element(name, member.shape, present, at);
  }
  return xml;
}

function element(name: string, shape: Shape, value: unknown, at: string): string {
  switch (shape.type) {
    case 'structure':
      return parent(name, at, members(shape, value, deeper(at)));
    case 'list': {
      const itemName = shape.flattened ? (shape.queryName ?? name) : 'member';
      const itemAt = shape.flattened ? at : deeper(at);
      const items = (value as readonly unknown[]).map((item) => element(itemName, shape.of, item, itemAt)).join('');
      return shape.flattened ? items : parent(name, at, items);
    }
    case 'map': {
      const entryName = shape.flattened ? (shape.queryName ?? name) : 'entry';
      const entryAt = shape.flattened ? at : deeper(at);
      const inner = deeper(entryAt);
      const entries = Object.entries(value as Record<string, unknown>)
        .map(([key, item]) => {
          const keyed = `${inner}<${shape.keyName}>${escapeXml(key)}</${shape.keyName}>`;
          return parent(entryName, entryAt, keyed + element(shape.valueName, shape.of, item, inner));
        })
        .join('');
      return shape.flattened ? entries : parent(name, at, entries);
    }
    default:
      return `${at}<${name}>${leaf(shape, value)}</${name}>`;
  }
}

function leaf(shape: Shape, value: unknown): string {
  switch (shape.type) {
    case 'timestamp':
      return new Date(value as number).toISOString();
    case 'blob':
      return encodeBase64(value as Uint8Array);
    case 'text':
      return escapeXml(value as string);
    default:
      return String(value);
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A bare carriage return would be read as a line feed.
  '\r': '&#xD;',
};

/** A character that no XML 1.0 document may hold, in any spelling. SQS refuses it in messages; elsewhere it becomes U+FFFD. */
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const everyNotXml = new RegExp(notXml, 'gu');

/** The same, and surrogates with it, which may be halves of a pair: without them the look is short. */
const suspicious = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/;

export const isXmlText = (text: string): boolean => !suspicious.test(text) || !notXml.test(text);

export function escapeXml(text: string): string {
  return text.replace(everyNotXml, '\uFFFD').replace(/[&<>"'\r]/g, (char) => entities[char]!);
}
