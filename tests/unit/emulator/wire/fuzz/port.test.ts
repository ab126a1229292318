/**
 * The port under fire: requests of every dialect with something wrong about them, and HTTP of both versions that is none. The
 * server answers or closes, goes on serving, and remembers nothing.
 */
import { Buffer } from 'node:buffer';
import { connect as connectHttp2 } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../../../src/emulator/index.ts';
import type { WireReply } from '../../../../../src/emulator/wire/message.ts';
import { startTestEmulator } from '../../../../contract/testEmulator.ts';
import { brokenHttp1, brokenHttp2 } from './brokenHttp.ts';
import { callsOf, draftOf } from './calls.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type Draft, dialectExpected } from './envelope.ts';
import { heldBytes, mebibyte } from './memory.ts';
import { converse, httpBytes, inParallel, isHttp, parseReply } from './rawSockets.ts';
import { contentTypeOf, replyFault } from './replies.ts';
import { createStage, type Stage } from './stage.ts';

const patienceMs = 300_000;
const dialects = ['query', 'json-1.0', 'json-1.1', 'rpc-cbor', 'cbor-1.1'] as const;

let emulator: RunningEmulator;
let port: number;
/** Lends its names and handles only: the emulator has nothing, so that every kind of refusal comes of it. */
let stage: Stage;
let heldAtFirst: number;

beforeAll(async () => {
  stage = await createStage(1);
  emulator = await startTestEmulator();
  port = Number(new URL(emulator.endpoint).port);
  await serves();
  heldAtFirst = await heldBytes();
});

afterAll(async () => {
  await emulator.stop();
});

/** A good request is answered, by HTTP/1.1 and by HTTP/2. */
async function serves(): Promise<void> {
  const reply = parseReply(await converse(port, [httpBytes(goodDraft(), { connection: 'close' })]));
  expect({ status: reply?.status, body: reply?.body }).toEqual({
    status: 200,
    body: expect.stringContaining('QueueUrl'),
  });
  const session = connectHttp2(emulator.endpoint);
  expect(await overHttp2(session, goodDraft())).toMatchObject({ status: 200 });
  session.destroy();
}

const goodDraft = (): Draft => ({
  method: 'POST',
  path: '/',
  headers: { 'x-amz-target': 'AmazonSQS.CreateQueue', 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from('{"QueueName":"good"}'),
});

/** Requests that wait for a message are left out: time stands still here. */
function drafts(count: number, chance: Chance): Draft[] {
  const made: Draft[] = [];
  while (made.length < count) {
    const dialect = chance.pick(dialects);
    const draft = draftOf(chance.pick(callsOf(stage, dialect)), dialect, stage, chance);
    const waits = Buffer.from(draft.body).includes('WaitTime') || /WaitTime/.test(draft.path);
    // A plain GET of the root is a person who wants to see the page.
    const isPage = draft.method === 'GET' && !/[?&]Action=/.test(draft.path);
    if (isHttp(draft) && !waits && !isPage && !draft.headers['content-encoding']) made.push(draft);
  }
  return made;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;

function portReplyFault(reply: WireReply | null, draft: Draft): string | null {
  if (reply === null) return 'no reply';
  const requestId = reply.headers['x-amzn-requestid'] ?? '';
  if (!uuid.test(requestId)) return `request id ${requestId}`;
  return replyFault(reply, dialectExpected(draft), requestId);
}

const shown = ({ method, path, headers, body }: Draft): string =>
  `${method} ${path.slice(0, 200)} ${JSON.stringify(headers).slice(0, 300)} ${Buffer.from(body).toString('latin1').slice(0, 300)}`;

describe('wrong requests in good HTTP', () => {
  it('are answered in their dialect over HTTP/1.1', { timeout: patienceMs }, async () => {
    const asked = drafts(4_000, chanceOf(11));
    const faults = await inParallel(asked.length, async (index) => {
      const draft = asked[index]!;
      const bytes = await converse(port, [httpBytes(draft, { connection: 'close' })]);
      const fault = portReplyFault(parseReply(bytes), draft);
      return fault === null ? [] : [`${fault} <- ${shown(draft)}`];
    });
    expect(faults.flat()).toEqual([]);
    await serves();
  });

  it('are answered in their dialect over one connection of HTTP/2', { timeout: patienceMs }, async () => {
    // A value that begins or ends with a blank is none in HTTP/2, and is dropped on the way.
    const asked = drafts(2_000, chanceOf(12)).filter(({ headers }) =>
      Object.values(headers).every((value) => value === value.trim()),
    );
    const session = connectHttp2(emulator.endpoint);
    const faults = await inParallel(asked.length, async (index) => {
      const draft = asked[index]!;
      const fault = portReplyFault(await overHttp2(session, draft), draft);
      return fault === null ? [] : [`${fault} <- ${shown(draft)}`];
    });
    session.destroy();
    expect(faults.flat()).toEqual([]);
    await serves();
  });
});

function overHttp2(session: ReturnType<typeof connectHttp2>, draft: Draft): Promise<WireReply | null> {
  return new Promise((resolve) => {
    const stream = session.request(
      { ...draft.headers, ':method': draft.method, ':path': draft.path },
      { endStream: false },
    );
    let headers: Record<string, string> = {};
    const chunks: Buffer[] = [];
    stream.on('response', (received) => {
      headers = Object.fromEntries(Object.entries(received).map(([name, value]) => [name, String(value)]));
    });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => resolve(null));
    stream.on('end', () => {
      const { ':status': status, ...rest } = headers;
      const body = Buffer.concat(chunks);
      const isBinary = [contentTypeOf['rpc-cbor'], contentTypeOf['cbor-1.1']].includes(rest['content-type'] ?? '');
      resolve({ status: Number(status), headers: rest, body: isBinary ? new Uint8Array(body) : body.toString('utf8') });
    });
    stream.end(Buffer.from(draft.body));
  });
}

describe('what is no good HTTP', () => {
  it('is answered or closed: HTTP/1.1', { timeout: patienceMs }, async () => {
    const chance = chanceOf(13);
    const asked = drafts(4_000, chance).map((draft) => brokenHttp1(draft, chance));
    const heard = await inParallel(asked.length, (index) => converse(port, asked[index]!));
    const statuses = heard.flatMap((bytes) => statusesOf(bytes));
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    // Some is refused by the parser, some comes through to the emulator, and some needs no answer.
    expect(statuses.filter((status) => status === 400).length).toBeGreaterThan(1_000);
    expect(heard.filter((bytes) => bytes.length === 0).length).toBeGreaterThan(10);
    await serves();
  });

  it('is answered or closed: HTTP/2', { timeout: patienceMs }, async () => {
    const chance = chanceOf(14);
    const asked = Array.from({ length: 1_500 }, () => brokenHttp2(chance));
    const heard = await inParallel(asked.length, (index) => converse(port, asked[index]!));
    // It speaks HTTP/2, most of the time; what is not even a preface is HTTP/1.1 that is wrong.
    const settings = heard.filter((bytes) => bytes[3] === 4);
    expect(settings.length).toBeGreaterThan(800);
    expect(heard.flatMap((bytes) => statusesOf(bytes)).filter((status) => status !== 400)).toEqual([]);
    await serves();
  });

  it('connections that are cut leave nothing', async () => {
    await serves();
    expect((await heldBytes()) - heldAtFirst).toBeLessThan(48 * mebibyte);
  });
});

const statusesOf = (bytes: Buffer): number[] =>
  [...bytes.toString('latin1').matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
