/** Whether a reply is one that AWS's clients could read: status, headers, and a body in the dialect of the request. */
import { Buffer } from 'node:buffer';
import { decode, Tagged } from 'cborg';
import type { WireReply } from '../../../../../src/emulator/wire/message.ts';
import type { Dialect } from '../../../../../src/emulator/wire/router.ts';
import { elementText, xmlFault } from './xml.ts';

export const contentTypeOf: Readonly<Record<Dialect, string>> = {
  query: 'text/xml',
  'json-1.0': 'application/x-amz-json-1.0',
  'json-1.1': 'application/x-amz-json-1.1',
  'cbor-1.1': 'application/x-amz-cbor-1.1',
  'rpc-cbor': 'application/cbor',
};

/** @returns what is wrong with the reply, or null */
export function replyFault(reply: WireReply, dialect: Dialect, requestId: string): string | null {
  const { status, headers } = reply;
  if (status !== 200 && !(status >= 400 && status < 500)) return `status ${status}: ${textOf(reply).slice(0, 300)}`;
  const mayBeUnclaimed = dialect === 'query' || dialect === 'json-1.0';
  if (mayBeUnclaimed && status === 404 && reply.body === '<UnknownOperationException/>\n') {
    return headers['content-type'] === undefined ? null : 'a content type of what no protocol claims';
  }
  if (headers['content-type'] !== contentTypeOf[dialect]) {
    return `content type ${headers['content-type']} where the request is ${dialect}`;
  }
  if (headers['x-amzn-requestid'] !== requestId) return `request id ${headers['x-amzn-requestid']}`;
  const odd = Object.entries(headers).find(([name, value]) => !/^[a-z-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value));
  if (odd !== undefined) return `a header that HTTP does not carry: ${JSON.stringify(odd)}`;
  if (dialect === 'rpc-cbor' && headers['smithy-protocol'] !== 'rpc-v2-cbor') return 'no smithy-protocol';
  return dialect === 'query' ? xmlReplyFault(reply, requestId) : documentFault(reply, dialect);
}

const textOf = ({ body }: WireReply): string => (typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));

function xmlReplyFault(reply: WireReply, requestId: string): string | null {
  const text = textOf(reply);
  const fault = xmlFault(text);
  if (fault !== null) return `XML: ${fault}: ${text.slice(0, 300)}`;
  if (!text.includes(`<RequestId>${requestId}</RequestId>`)) return 'no RequestId in the XML';
  const root = /^(?:<\?xml[^>]*>)?<(\w+) xmlns="[^"]+">/.exec(text)?.[1];
  if (reply.status === 200)
    return root?.endsWith('Response') === true && root !== 'ErrorResponse' ? null : `root ${root}`;
  if (root !== 'ErrorResponse') return `root ${root} of an error`;
  if (!/^[\w.]+$/.test(elementText(text, 'Code') ?? '')) return `code ${elementText(text, 'Code')}`;
  if (!elementText(text, 'Message')) return 'no message';
  return elementText(text, 'Type') === 'Sender' ? null : `type ${elementText(text, 'Type')}`;
}

function documentFault(reply: WireReply, dialect: Dialect): string | null {
  let parsed: unknown;
  try {
    const binary = dialect === 'cbor-1.1' || dialect === 'rpc-cbor';
    if (binary === (typeof reply.body === 'string')) return 'text and bytes mixed up';
    // An action without an output has no body in JSON.
    if (!binary && reply.status === 200 && reply.body === '') return null;
    parsed = binary ? decode(reply.body as Uint8Array, { tags: { 1: Tagged.decoder(1) } }) : JSON.parse(textOf(reply));
  } catch (thrown) {
    return `unreadable: ${String(thrown)}`;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'the document is no structure';
  if (reply.status === 200) return hasNull(parsed) ? 'a null, or a number that is none, in the output' : null;
  const { __type: type, message } = parsed as Record<string, unknown>;
  if (typeof type !== 'string' || !/^[\w.]+#[\w.]+$/.test(type)) return `__type ${String(type)}`;
  if (typeof message !== 'string' || message === '') return `message ${String(message)}`;
  return reply.headers['x-amzn-errortype'] === type.split('#')[1]
    ? null
    : `error type ${reply.headers['x-amzn-errortype']}`;
}

/** AWS leaves out what is not there; and a number that JSON has no literal for becomes a null by mistake. */
function hasNull(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object' || value instanceof Uint8Array) return false;
  return Object.values(value).some(hasNull);
}
