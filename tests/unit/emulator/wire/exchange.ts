/** Requests to a cloud without a socket: bytes in, reply out, in each of the dialects. */
import { decode, encode } from 'cborg';
import { type Cloud, createCloud } from '../../../../src/emulator/cloud.ts';
import { answer } from '../../../../src/emulator/wire/answer.ts';
import type { WireReply, WireRequest } from '../../../../src/emulator/wire/message.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';

export const startMs = Date.UTC(2026, 2, 2);

export function testCloud(seed = 1): Cloud {
  const world = createWorld({ startMs, seed });
  return createCloud({ world, accountId: '000000000000', region: 'us-east-1' });
}

export async function exchange(cloud: Cloud, request: Partial<WireRequest>): Promise<WireReply> {
  return answer(
    {
      method: 'POST',
      path: '/',
      headers: {},
      body: new Uint8Array(0),
      origin: 'http://127.0.0.1:4566',
      signal: { aborted: false, onAbort: () => {} },
      ...request,
    },
    cloud,
    'request-1',
  );
}

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
export const bodyText = ({ body }: WireReply): string =>
  typeof body === 'string' ? body : Buffer.from(body).toString();

type Headers = Readonly<Record<string, string>>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly output: Record<string, unknown>;
}

export async function json(cloud: Cloud, target: string, input: unknown, headers: Headers = {}): Promise<Answered> {
  const reply = await exchange(cloud, {
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, ...headers },
    body: utf8(JSON.stringify(input)),
  });
  return { status: reply.status, headers: reply.headers, output: JSON.parse(bodyText(reply) || '{}') };
}

/** An SQS call by its action name; the error's shape name in place of the output's where it fails. */
export async function sqs(cloud: Cloud, action: string, input: unknown): Promise<Record<string, unknown>> {
  const { status, output } = await json(cloud, `AmazonSQS.${action}`, input);
  return status === 200 ? output : { error: String(output.__type).split('#')[1], message: output.message };
}

export async function query(cloud: Cloud, fields: Readonly<Record<string, string>>, path = '/'): Promise<WireReply> {
  return exchange(cloud, {
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: utf8(new URLSearchParams(fields).toString()),
  });
}

export async function cbor(cloud: Cloud, operation: string, input: unknown): Promise<Answered> {
  const reply = await exchange(cloud, {
    path: `/service/GraniteServiceVersion20100801/operation/${operation}`,
    headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
    body: encode(input),
  });
  return { status: reply.status, headers: reply.headers, output: decode(reply.body as Uint8Array) };
}
