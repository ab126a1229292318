/**
 * Query output: the XML that botocore before 2023 and every Auto Scaling, STS and SNS client reads.
 *
 * Each reply has a Result element even when empty: clients whose model has an output look for it by name.
 */
import { encodeBase64 } from './bytes.ts';
import type { Shape, StructureShape } from './shapes.ts';

export interface XmlReply {
  readonly action: string;
  readonly xmlNamespace: string;
  readonly requestId: string;
  readonly shape: StructureShape;
  readonly value: unknown;
}

export function encodeXmlReply({ action, xmlNamespace, requestId, shape, value }: XmlReply): string {
  const result = members(shape, value);
  return (
    `<?xml version="1.0"?><${action}Response xmlns="${escapeXml(xmlNamespace)}">` +
    `<${action}Result>${result}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
  );
}

export interface XmlError {
  readonly xmlNamespace: string;
  readonly fault: string;
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

export function encodeXmlError({ xmlNamespace, fault, code, message, requestId }: XmlError): string {
  return (
    `<?xml version="1.0"?><ErrorResponse xmlns="${escapeXml(xmlNamespace)}"><Error><Type>${fault}</Type>` +
    `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message><Detail/></Error>` +
    `<RequestId>${requestId}</RequestId></ErrorResponse>`
  );
}

function members(shape: StructureShape, value: unknown): string {
  const source = (value ?? {}) as Record<string, unknown>;
  let xml = '';
  for (const [name, member] of shape.entries) {
    const present = source[name];
    if (present !== undefined && present !== null) xml += element(name, member.shape, present);
  }
  return xml;
}

function element(name: string, shape: Shape, value: unknown): string {
  switch (shape.type) {
    case 'structure':
      return `<${name}>${members(shape, value)}</${name}>`;
    case 'list': {
      const itemName = shape.flattened ? (shape.queryName ?? name) : 'member';
      const items = (value as readonly unknown[]).map((item) => element(itemName, shape.of, item)).join('');
      return shape.flattened ? items : `<${name}>${items}</${name}>`;
    }
    case 'map': {
      const entryName = shape.flattened ? (shape.queryName ?? name) : 'entry';
      const entries = Object.entries(value as Record<string, unknown>)
        .map(
          ([key, item]) =>
            `<${entryName}><${shape.keyName}>${escapeXml(key)}</${shape.keyName}>` +
            `${element(shape.valueName, shape.of, item)}</${entryName}>`,
        )
        .join('');
      return shape.flattened ? entries : `<${name}>${entries}</${name}>`;
    }
    default:
      return `<${name}>${leaf(shape, value)}</${name}>`;
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
