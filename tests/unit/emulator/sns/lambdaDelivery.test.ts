/** Deliveries to Lambda functions: the event, where it goes, and functions that run nowhere. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, test } from 'vitest';
import { deliverToLambda, lambdaEventText } from '../../../../src/emulator/sns/delivery/lambda.ts';
import { createOutbound, type Outbound } from '../../../../src/emulator/sns/delivery/outbound.ts';
import { notificationText, type Signer } from '../../../../src/emulator/sns/envelope.ts';
import type { MessageAttribute, PublishedMessage } from '../../../../src/emulator/sns/message.ts';
import type { Subscription } from '../../../../src/emulator/sns/topic.ts';

const origin = 'http://127.0.0.1:4566';
const topicArn = 'arn:aws:sns:us-east-1:000000000000:orders';
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:handle-order';

const subscription = {
  arn: `${topicArn}:7c2f3b0e-1111-4222-8333-444455556666`,
  protocol: 'lambda',
  endpoint: functionArn,
  topic: { arn: topicArn, settings: new Map() },
} as unknown as Subscription;

const signer: Signer = {
  sign: (text, version) => `${version}:${Buffer.from(text).toString('base64')}`,
  certificateUrl: (at) => `${at}/certificate.pem`,
};

const message = (changed: Partial<PublishedMessage> = {}): PublishedMessage => ({
  messageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
  topicArn,
  publishedAtMs: Date.UTC(2026, 2, 2, 3, 4, 5, 678),
  subject: null,
  body: 'hello',
  bodies: null,
  attributes: null,
  groupId: null,
  deduplicationId: null,
  sequenceNumber: null,
  origin,
  replayed: false,
  ...changed,
});

const signedText = (lines: readonly string[]): string => Buffer.from(`${lines.join('\n')}\n`).toString('base64');

describe('the event', () => {
  it('is one record around the notification, in Lambda’s spelling, with nothing left out', () => {
    const unsubscribe = `${origin}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`;
    const signed = ['Message', 'hello', 'MessageId', message().messageId, 'Timestamp', '2026-03-02T03:04:05.678Z'];
    expect(lambdaEventText(message(), subscription, signer)).toBe(
      JSON.stringify({
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: subscription.arn,
            Sns: {
              Type: 'Notification',
              MessageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
              TopicArn: topicArn,
              Subject: null,
              Message: 'hello',
              Timestamp: '2026-03-02T03:04:05.678Z',
              SignatureVersion: '1',
              Signature: `1:${signedText([...signed, 'TopicArn', topicArn, 'Type', 'Notification'])}`,
              SigningCertUrl: `${origin}/certificate.pem`,
              UnsubscribeUrl: unsubscribe,
              MessageAttributes: {},
            },
          },
        ],
      }),
    );
  });

  const snsOf = (changed: Partial<PublishedMessage>): Record<string, unknown> =>
    (
      JSON.parse(lambdaEventText(message(changed), subscription, signer)) as {
        Records: [{ Sns: Record<string, unknown> }];
      }
    ).Records[0].Sns;

  it('carries the subject, the text for Lambda, and the signature of the notification', () => {
    const changed = { subject: 'Order 7', bodies: new Map([['lambda', 'for functions']]) };
    const sns = snsOf(changed);
    expect(sns).toMatchObject({ Subject: 'Order 7', Message: 'for functions' });
    const notification = JSON.parse(notificationText(message(changed), subscription, signer)) as Record<
      string,
      unknown
    >;
    expect(sns.Signature).toBe(notification.Signature);
  });

  test.each<readonly [string, MessageAttribute, { Type: string; Value: string }]>([
    ['text', { dataType: 'String', value: 'naïve' }, { Type: 'String', Value: 'naïve' }],
    ['a number', { dataType: 'Number', value: '12.50' }, { Type: 'String', Value: '12.50' }],
    ['an array', { dataType: 'String.Array', value: '["a",1]' }, { Type: 'String', Value: '["a",1]' }],
    ['bytes', { dataType: 'Binary', value: Uint8Array.from([0, 255, 16]) }, { Type: 'Binary', Value: 'AP8Q' }],
  ])('has an attribute of %s as Lambda knows it', (_, attribute, expected) => {
    expect(snsOf({ attributes: new Map([['a.b', attribute]]) }).MessageAttributes).toEqual({ 'a.b': expected });
  });

  it('keeps an attribute of any name', () => {
    const attributes = new Map([['__proto__', { dataType: 'String', value: 'x' }]]);
    expect(lambdaEventText(message({ attributes }), subscription, signer)).toContain(
      '"MessageAttributes":{"__proto__":{"Type":"String","Value":"x"}}',
    );
  });
});

describe('the invocation', () => {
  function fakeOutbound(status: number) {
    const sent: Parameters<Outbound['post']>[] = [];
    const outbound: Outbound = {
      post(...request) {
        sent.push(request);
        return Promise.resolve({ status });
      },
    };
    return { outbound, sent };
  }

  it('is a post of the event, asynchronous, to the URL of the function', async () => {
    const { outbound, sent } = fakeOutbound(202);
    const url = 'http://127.0.0.1:9000/2015-03-31/functions/function/invocations';
    expect(await deliverToLambda(outbound, { 'handle-order': url }, functionArn, '{"Records":[]}')).toEqual({
      kind: 'delivered',
    });
    expect(sent).toEqual([
      [
        url,
        {
          'content-type': 'application/json',
          'x-amz-invocation-type': 'Event',
          'user-agent': 'Amazon Simple Notification Service Agent',
        },
        '{"Records":[]}',
      ],
    ]);
  });

  const targets = {
    [`${functionArn}:live`]: 'http://127.0.0.1:1/alias',
    [functionArn]: 'http://127.0.0.1:1/arn',
    'handle-order': 'http://127.0.0.1:1/name',
    other: 'http://127.0.0.1:1/other',
  };
  test.each([
    ['an alias that has one of its own', `${functionArn}:live`, '/alias'],
    ['a version that has none', `${functionArn}:42`, '/arn'],
    ['the latest version', `${functionArn}:$LATEST`, '/arn'],
    ['the function', functionArn, '/arn'],
    ['a function of that name elsewhere', functionArn.replace('us-east-1', 'eu-west-1'), '/name'],
    ['an alias of it', `${functionArn.replace('us-east-1', 'eu-west-1')}:live`, '/name'],
    ['another function', functionArn.replace('handle-order', 'other'), '/other'],
  ])('finds the most exact target for %s', async (_, arn, path) => {
    const { outbound, sent } = fakeOutbound(202);
    await deliverToLambda(outbound, targets, arn, '{}');
    expect(sent.map(([url]) => new URL(url).pathname)).toEqual([path]);
  });

  test.each([
    ['of a function without a target', functionArn, {}, 'no URL was given for "handle-order"'],
    [
      'of a function called like a method of objects',
      functionArn.replace('handle-order', 'toString'),
      {},
      'no URL was given for "toString"',
    ],
    ['to what is no function', 'arn:aws:sqs:us-east-1:000000000000:queue', targets, 'not the ARN of a Lambda function'],
    [
      'to a function of another service',
      'arn:aws:appsync:us-east-1:000000000000:function:handle-order',
      targets,
      'not the ARN of a Lambda function',
    ],
    [
      'to a layer',
      'arn:aws:lambda:us-east-1:000000000000:layer:handle-order',
      targets,
      'not the ARN of a Lambda function',
    ],
    ['to a target that is no URL', functionArn, { 'handle-order': 'localhost' }, 'no http:// or https:// URL'],
  ])('%s fails for good and says why', async (_, arn, given, reason) => {
    const { outbound, sent } = fakeOutbound(202);
    expect(await deliverToLambda(outbound, given, arn, '{}')).toMatchObject({
      fault: 'client',
      reason: expect.stringContaining(reason),
    });
    expect(sent).toEqual([]);
  });

  test.each([
    [404, 'client'],
    [413, 'client'],
    [429, 'server'],
    [500, 'server'],
  ])('that is answered with %i is the fault of the %s', async (status, fault) => {
    const { outbound } = fakeOutbound(status);
    expect(await deliverToLambda(outbound, targets, functionArn, '{}')).toMatchObject({ fault });
  });

  it('reaches a server on loopback', async () => {
    const got: unknown[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      got.push(request.headers['x-amz-invocation-type'], JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(202).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const outbound = createOutbound({ setTimer: () => () => {} });
    const { port } = server.address() as AddressInfo;
    const event = lambdaEventText(message({ body: 'naïve 🙂' }), subscription, signer);
    const outcome = await deliverToLambda(
      outbound,
      { 'handle-order': `http://127.0.0.1:${port}/` },
      functionArn,
      event,
    );
    outbound.stop();
    await new Promise((resolve) => server.close(resolve));
    expect(outcome).toEqual({ kind: 'delivered' });
    expect(got).toEqual(['Event', JSON.parse(event)]);
    expect(event).toContain('naïve 🙂');
  });
});
