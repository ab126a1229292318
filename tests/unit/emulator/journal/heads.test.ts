import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { headOf, headText, keptHeaders } from '../../../../src/emulator/journal/heads.ts';
import { answer } from '../../../../src/emulator/wire/answer.ts';
import { identify } from '../../../../src/emulator/wire/identity.ts';
import type { WireRequest } from '../../../../src/emulator/wire/message.ts';
import { parseForm } from '../../../../src/emulator/wire/query.ts';
import { testCloud } from '../wire/exchange.ts';

const requestWith = (changes: Partial<WireRequest>): WireRequest => ({
  method: 'POST',
  path: '/',
  headers: {},
  body: Buffer.from('Action=ListQueues'),
  origin: 'http://127.0.0.1:4566',
  signal: { aborted: false, onAbort: () => {} },
  ...changes,
});

const identityOf = ({ headers, path }: Pick<WireRequest, 'headers' | 'path'>) =>
  identify(headers.authorization, parseForm(path.split('?')[1] ?? ''));

describe('what is kept of a request', () => {
  it('[STATE-40] no key, no signature, no token, from headers and from signed URLs', () => {
    const request = requestWith({
      path: '/?Action=ListQueues&X-Amz-Credential=AKIDSECRET%2F20260302%2Feu-west-1%2Fsqs%2Faws4_request&X-Amz-Signature=5ec2e7&X-Amz-Security-Token=t0ken',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=AKIDSECRET/20260302/eu-west-1/sqs/aws4_request, Signature=5ec2e7',
        'x-amz-security-token': 't0ken',
        cookie: 'c00kie',
        'user-agent': 'agent',
      },
    });
    const { head } = headOf(request, null);
    expect(headText(head)).not.toMatch(/AKIDSECRET|5ec2e7|t0ken|c00kie|agent/);
    expect(head.path).toBe('/?Action=ListQueues');
    expect(identityOf(head)).toEqual({ accountId: null, region: 'eu-west-1', scopeName: 'sqs' });
  });

  it('whatever names account, Region and service: they are read from the head as from the request', () => {
    const part = fc.oneof(
      fc.constantFrom('123456789012', 'eu-west-1', 'us-gov-east-1', 'sqs', 'sns', '', '-', 'a,b', 'x y', 'Signature=1'),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(part, part, part, fc.boolean(), (key, region, scope, inUrl) => {
        const credential = `${key}/20260302/${region}/${scope}/aws4_request`;
        const request = inUrl
          ? requestWith({ path: `/q?X-Amz-Credential=${encodeURIComponent(credential)}&Action=ListQueues` })
          : requestWith({ headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, Signature=1` } });
        const found = identityOf(headOf(request, null).head);
        const original = identityOf(request);
        const known = original.scopeName === null || /^[\w-]{1,64}$/.test(original.scopeName);
        // A service that cannot be one is any other that cannot.
        expect(found).toEqual(known ? original : { ...original, scopeName: '-' });
      }),
      { numRuns: 2_000 },
    );
  });

  it('a request that names no account is of the account its key belongs to', () => {
    const { head } = headOf(requestWith({}), '111111111111');
    expect(identityOf(head).accountId).toBe('111111111111');
  });

  test.each([
    { path: '/000000000000/q', kept: '/000000000000/q' },
    { path: '/?', kept: '/?' },
    { path: '/?A=1&X-Amz-Date=2&B=%20', kept: '/?A=1&B=%20' },
    { path: '/?X-Amz-Date=2', kept: '/?' },
    // Refused whatever it says; so it must be again.
    { path: '/?A=%zz&X-Amz-Date=2', kept: '/?A=%zz&X-Amz-Date=2' },
  ])('path $path', ({ path, kept }) => {
    expect(headOf(requestWith({ path }), null).head.path).toBe(kept);
  });

  test.each([
    { target: 'AmazonSQS.SendMessage', kept: true },
    { target: 'AmazonSQS.SendMessageBatch', kept: true },
    // Query: which action it is stands in the body.
    { target: undefined, kept: true },
    { target: 'AmazonSQS.ReceiveMessage', kept: false },
    { target: 'AmazonSQS.DeleteMessage', kept: false },
  ])('[STATE-41] the trace header of $target: $kept', ({ target, kept }) => {
    const headers = { 'x-amzn-trace-id': 'Root=1', ...(target === undefined ? {} : { 'x-amz-target': target }) };
    expect('x-amzn-trace-id' in headOf(requestWith({ headers }), null).head.headers).toBe(kept);
  });

  it('[STATE-41] is all that answering reads of the headers', async () => {
    const read = new Set<string>();
    const spied = (headers: Record<string, string>) =>
      new Proxy(headers, {
        get(target, name) {
          read.add(String(name));
          return Reflect.get(target, name);
        },
      });
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKID/20260302/us-east-1/sqs/aws4_request, Signature=0';
    const forms: readonly Record<string, string>[] = [
      // The one that is not refused.
      { 'content-type': 'application/x-www-form-urlencoded', authorization },
      { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'identity' },
      { 'x-amz-target': 'AmazonSQS.ListQueues', 'content-type': 'application/x-amz-json-1.0' },
      { 'x-amz-target': 'Kinesis_20131202.ListStreams', 'content-type': 'application/x-amz-cbor-1.1' },
      { 'smithy-protocol': 'rpc-v2-cbor' },
      {},
    ];
    for (const headers of forms) await answer(requestWith({ headers: spied(headers) }), testCloud(), 'id');
    expect(read).toContain('authorization');
    read.delete('authorization');
    // How the reply is written, and no more.
    expect(read.delete('accept')).toBe(true);
    expect([...read].sort()).toEqual([...keptHeaders].sort());
  });
});
