/** A message's trace header may come with the HTTP request alone: it is there again when the file is played back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WireRequest } from '../../../../src/emulator/wire/message.ts';
import { ask, beginFile, close, formRequest, jsonRequest, open, type Stage } from './stage.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-journal-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const QueueUrl = 'http://127.0.0.1:4566/000000000000/q';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:q';
const TopicArn = 'arn:aws:sns:us-east-1:000000000000:t';
const Policy = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn },
  ],
});

const traced = (request: Partial<WireRequest>, trace: string): Partial<WireRequest> => ({
  ...request,
  headers: { ...request.headers, 'x-amzn-trace-id': trace },
});
const send = (MessageBody: string) => jsonRequest('AmazonSQS.SendMessage', { QueueUrl, MessageBody });
const sns = (fields: Readonly<Record<string, string>>) =>
  formRequest('sns', { Version: '2010-03-31', TopicArn, ...fields });
const tracesIn = ({ run }: Stage) =>
  [...run.cloud.home.sqs.queueByName('q')!.peek()].map(({ traceHeader }) => traceHeader ?? null);

it('[STATE-41] the trace headers of sends and publishes come back, each with its message', async () => {
  const name = path.join(folder, 'state');
  beginFile(name);
  const stage = await open(name);
  const requests = [
    jsonRequest('AmazonSQS.CreateQueue', { QueueName: 'q', Attributes: { Policy } }),
    sns({ Action: 'CreateTopic', Name: 't' }),
    sns({ Action: 'Subscribe', Protocol: 'sqs', Endpoint: queueArn }),
    traced(send('a'), 'Root=1-a'),
    traced(send('b'), 'Root=1-b'),
    send('c'),
    traced(sns({ Action: 'Publish', Message: 'd' }), 'Root=1-d'),
    traced(sns({ Action: 'Publish', Message: 'd' }), 'Root=1-e'),
  ];
  for (const request of requests) expect((await ask(stage, request).reply).status).toBe(200);
  const traces = ['Root=1-a', 'Root=1-b', null, 'Root=1-d', 'Root=1-e'];
  expect(tracesIn(stage)).toEqual(traces);
  close(stage);
  expect(tracesIn(await open(name))).toEqual(traces);
});
