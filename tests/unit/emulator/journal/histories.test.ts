/** Short histories whose playing back is easy to get wrong: what each is about is said in a sentence. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostTime } from '../../../../src/emulator/world/pace.ts';
import { pictureOf } from './picture.ts';
import {
  ask,
  beginFile,
  close,
  formRequest,
  jsonRequest,
  type Opening,
  open,
  outputOf,
  quiet,
  type Stage,
  startMs,
  stillTime,
} from './stage.ts';

let folder: string;
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-journal-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function begin(opening: Opening = {}): Promise<{ stage: Stage; name: string }> {
  const name = path.join(folder, `state-${++files}`);
  beginFile(name, opening.facts);
  return { stage: await open(name, opening), name };
}

/** As if the process had been killed now: a copy of the file, played back. */
async function killed(name: string, opening: Opening = {}): Promise<Stage> {
  const copy = path.join(folder, `state-${++files}`);
  writeFileSync(copy, readFileSync(name));
  return open(copy, opening);
}

const QueueUrl = (name: string): string => `http://127.0.0.1:4566/000000000000/${name}`;
const sqs = async (stage: Stage, action: string, input: object): Promise<Record<string, unknown>> =>
  outputOf(await ask(stage, jsonRequest(`AmazonSQS.${action}`, input)).reply);
const sns = (stage: Stage, Action: string, fields: Readonly<Record<string, string>>) =>
  ask(stage, formRequest('sns', { Action, Version: '2010-03-31', ...fields })).reply;
/** Time goes by, and nobody is told. */
const drift = (stage: Stage, ms: number): Promise<void> => stage.run.pace.advanceTo(stage.run.world.nowMs() + ms);
const bodies = (output: Record<string, unknown>): string[] =>
  ((output.Messages ?? []) as { Body: string }[]).map(({ Body }) => Body);
const counts = (stage: Stage, name: string) => stage.run.cloud.home.sqs.queueByName(name)!.counts();

describe('what a client was told is kept', () => {
  it('[STATE-02] a long poll that ended while nobody else asked: its message is in flight', async () => {
    const { stage, name } = await begin();
    await sqs(stage, 'CreateQueue', { QueueName: 'q' });
    await sqs(stage, 'SendMessage', { QueueUrl: QueueUrl('q'), MessageBody: 'late', DelaySeconds: 5 });
    const poll = sqs(stage, 'ReceiveMessage', { QueueUrl: QueueUrl('q'), WaitTimeSeconds: 20 });
    await drift(stage, 6_000);
    expect(bodies(await poll)).toEqual(['late']);
    const back = await killed(name);
    expect(counts(back, 'q')).toEqual({ visible: 0, notVisible: 1, delayed: 0 });
    expect(back.run.world.nowMs()).toBe(startMs + 6_000);
  });

  it('[STATE-02] what a read showed: the clock does not fall behind it', async () => {
    const { stage, name } = await begin();
    const list = (): Promise<unknown> =>
      ask(stage, jsonRequest('GraniteServiceVersion20100801.DescribeAlarms', {})).reply;
    await list();
    await drift(stage, 1_234);
    await list();
    expect((await killed(name)).run.world.nowMs()).toBe(startMs + 1_234);
  });

  it('[STATE-03] a receiver that was waiting when the process ended takes nothing afterwards', async () => {
    const { stage, name } = await begin();
    await sqs(stage, 'CreateQueue', { QueueName: 'q' });
    void sqs(stage, 'ReceiveMessage', { QueueUrl: QueueUrl('q'), WaitTimeSeconds: 20 });
    await quiet();
    const back = await killed(name);
    await sqs(back, 'SendMessage', { QueueUrl: QueueUrl('q'), MessageBody: 'kept' });
    expect(counts(back, 'q')).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
    // And so it is the next time.
    const again = await killed(back.restored!.file);
    expect(pictureOf(again.run.cloud)).toEqual(pictureOf(back.run.cloud));
  });

  it('[STATE-03] a receiver that left takes nothing, nor does one that was gone before it was heard', async () => {
    const { stage, name } = await begin();
    await sqs(stage, 'CreateQueue', { QueueName: 'q' });
    const poll = jsonRequest('AmazonSQS.ReceiveMessage', { QueueUrl: QueueUrl('q'), WaitTimeSeconds: 20 });
    const left = ask(stage, poll);
    await drift(stage, 1_000);
    left.leave();
    await sqs(stage, 'SendMessage', { QueueUrl: QueueUrl('q'), MessageBody: 'kept' });
    const gone = ask(stage, { ...poll, signal: { aborted: true, onAbort: (run) => run() } });
    expect(outputOf(await gone.reply)).toEqual({});
    expect(counts(stage, 'q')).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
    const back = await killed(name);
    expect(pictureOf(back.run.cloud)).toEqual(pictureOf(stage.run.cloud));
  });

  it('[STATE-05] request ids go on where they stood, reads and refusals counted', async () => {
    const { stage, name } = await begin();
    const idOf = async (on: Stage, target: string): Promise<unknown> =>
      (await ask(on, jsonRequest(target, {})).reply).headers['x-amzn-requestid'];
    const ids = [
      await idOf(stage, 'AmazonSQS.ListQueues'),
      await idOf(stage, 'AmazonSQS.ListQueues'),
      await idOf(stage, 'AmazonSQS.Nothing'),
      await idOf(stage, 'Nothing.Nothing'),
    ];
    const back = await killed(name);
    const next = await idOf(back, 'AmazonSQS.ListQueues');
    expect(next).toBe(await idOf(stage, 'AmazonSQS.ListQueues'));
    expect(new Set([...ids, next]).size).toBe(5);
  });
});

describe('what a look changes', () => {
  it('[STATE-04] a message too old to be kept holds up its group until somebody looks', async () => {
    const { stage, name } = await begin();
    const url = QueueUrl('line.fifo');
    const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true', MessageRetentionPeriod: '60' };
    await sqs(stage, 'CreateQueue', { QueueName: 'line.fifo', Attributes });
    await drift(stage, 3_000);
    await sqs(stage, 'SendMessage', { QueueUrl: url, MessageBody: 'one', MessageGroupId: 'g' });
    await sqs(stage, 'ReceiveMessage', { QueueUrl: url, VisibilityTimeout: 600 });
    await drift(stage, 30_000);
    await sqs(stage, 'SendMessage', { QueueUrl: url, MessageBody: 'two', MessageGroupId: 'g' });
    // Between two of the metrics' own looks, which are at full ten seconds.
    await drift(stage, 31_000);
    stage.run.keeping!.look(stage.run.cloud);
    expect(bodies(await sqs(stage, 'ReceiveMessage', { QueueUrl: url, VisibilityTimeout: 600 }))).toEqual(['two']);
    const back = await killed(name);
    expect(pictureOf(back.run.cloud)).toEqual(pictureOf(stage.run.cloud));
  });
});

describe('endpoints outside', () => {
  const topic = 'arn:aws:sns:us-east-1:000000000000:news';
  const dead = 'arn:aws:sqs:us-east-1:000000000000:dead';

  async function withEndpoint(): Promise<{ stage: Stage; name: string }> {
    const begun = await begin();
    const { stage } = begun;
    const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await sqs(stage, 'CreateQueue', { QueueName: 'dead', Attributes: { Policy } });
    await sns(stage, 'CreateTopic', { Name: 'news' });
    await sns(stage, 'Subscribe', {
      TopicArn: topic,
      Protocol: 'http',
      Endpoint: 'http://endpoint.test/',
      'Attributes.entry.1.key': 'RedrivePolicy',
      'Attributes.entry.1.value': JSON.stringify({ deadLetterTargetArn: dead }),
    });
    await quiet();
    const [question] = stage.outside.posts;
    const Token = /"Token" ?: ?"([0-9a-f]+)"/.exec(question!.body)![1]!;
    question!.answer(200);
    await quiet();
    await sns(stage, 'ConfirmSubscription', { TopicArn: topic, Token });
    return begun;
  }

  it('[STATE-06] are not asked again for what they have answered; what they had not answered is sent once more', async () => {
    const { stage, name } = await withEndpoint();
    await sns(stage, 'Publish', { TopicArn: topic, Message: 'answered' });
    await quiet();
    stage.outside.posts[0]!.answer(404);
    await quiet();
    await sns(stage, 'Publish', { TopicArn: topic, Message: 'under way' });
    await quiet();
    const back = await killed(name);
    expect(back.outside.posts.map(({ url, body }) => [url, JSON.parse(body).Message])).toEqual([
      ['http://endpoint.test/', 'under way'],
    ]);
    expect(pictureOf(back.run.cloud)).toEqual(pictureOf(stage.run.cloud));
    for (const each of [stage, back]) each.outside.posts[0]!.answer('nobody');
    await quiet();
    for (const each of [stage, back]) await drift(each, 3_600_000);
    expect(pictureOf(back.run.cloud)).toEqual(pictureOf(stage.run.cloud));
  });

  it('[STATE-06] an answer wakes at its own instant whom it concerns, while the clock is held', async () => {
    const { stage, name } = await withEndpoint();
    await sns(stage, 'Publish', { TopicArn: topic, Message: 'unwanted' });
    const poll = sqs(stage, 'ReceiveMessage', { QueueUrl: QueueUrl('dead'), WaitTimeSeconds: 20 });
    await quiet();
    stage.outside.posts[0]!.answer(404);
    expect(bodies(await poll)).toHaveLength(1);
    const back = await killed(name);
    expect(counts(back, 'dead')).toEqual({ visible: 0, notVisible: 1, delayed: 0 });
    expect(pictureOf(back.run.cloud)).toEqual(pictureOf(stage.run.cloud));
  });

  it('[STATE-07] a function that ran nowhere then is not called now', async () => {
    const lambda = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    const { stage, name } = await begin();
    await sns(stage, 'CreateTopic', { Name: 'news' });
    await sns(stage, 'Subscribe', { TopicArn: topic, Protocol: 'lambda', Endpoint: lambda });
    await sns(stage, 'Publish', { TopicArn: topic, Message: 'lost' });
    await quiet();
    const lambdaTargets = { f: 'http://functions.test/f' };
    const back = await killed(name, { lambdaTargets });
    await drift(back, 3_600_000);
    expect(back.outside.posts).toEqual([]);
    await sns(back, 'Publish', { TopicArn: topic, Message: 'heard' });
    await quiet();
    expect(back.outside.posts.map(({ url }) => url)).toEqual(['http://functions.test/f']);
    // And without it again: what went out had a place to go.
    const again = await killed(back.restored!.file);
    expect(again.outside.posts.map(({ url }) => url)).toEqual(['http://functions.test/f']);
    expect(pictureOf(again.run.cloud)).toEqual(pictureOf(back.run.cloud));
  });
});

describe('the clock', () => {
  const at = (nowMs: number): HostTime => ({ ...stillTime, nowMs: () => nowMs });

  it.each([
    {
      says: 'real time goes on while nobody is there',
      clock: { speed: 1 },
      stoodMs: 5_000,
      awayMs: 60_000,
      nowMs: 65_000,
    },
    { says: 'a stepped clock stands', clock: 'stepped' as const, stoodMs: 5_000, awayMs: 60_000, nowMs: 5_000 },
    { says: 'one N times as fast stands', clock: { speed: 60 }, stoodMs: 5_000, awayMs: 60_000, nowMs: 5_000 },
    {
      says: 'a host that was set back does not set it back',
      clock: { speed: 1 },
      stoodMs: 5_000,
      awayMs: -9_000,
      nowMs: 5_000,
    },
  ])('[STATE-10] $says', async ({ clock, stoodMs, awayMs, nowMs }) => {
    const host = 1_000_000;
    const { stage, name } = await begin({ clock, hostTime: at(host) });
    stage.run.world.advanceTo(startMs + stoodMs);
    await sqs(stage, 'CreateQueue', { QueueName: 'q' });
    stage.run.pace.stop();
    const back = await killed(name, { clock, hostTime: at(host + stoodMs + awayMs) });
    back.run.pace.stop();
    expect(back.run.world.nowMs() - startMs).toBe(nowMs);
    expect(back.run.pace.speed).toBe(clock === 'stepped' ? 0 : clock.speed);
  });

  it('[STATE-11] a pace that was set holds on, until another one is asked for at the start', async () => {
    const { stage, name } = await begin({ clock: { speed: 1 }, hostTime: at(0) });
    stage.run.keeping!.clockChanged(stage.run.world.nowMs(), 0);
    stage.run.pace.stop();
    const speedWith = async (clock: Opening['clock']): Promise<number> => {
      const back = await killed(name, { clock: clock!, hostTime: at(90_000) });
      back.run.pace.stop();
      expect(back.run.world.nowMs()).toBe(startMs);
      return back.run.pace.speed;
    };
    expect(await speedWith({ speed: 1 })).toBe(0);
    expect(await speedWith('stepped')).toBe(0);
    expect(await speedWith({ speed: 3 })).toBe(3);
  });

  it('[STATE-10] what was due in between is done', async () => {
    const { stage, name } = await begin({ clock: { speed: 1 }, hostTime: at(0) });
    const Attributes = { MessageRetentionPeriod: '60', VisibilityTimeout: '10' };
    await sqs(stage, 'CreateQueue', { QueueName: 'q', Attributes });
    await sqs(stage, 'SendMessage', { QueueUrl: QueueUrl('q'), MessageBody: 'one' });
    await sqs(stage, 'ReceiveMessage', { QueueUrl: QueueUrl('q') });
    stage.run.pace.stop();
    const after = async (ms: number): Promise<unknown> => {
      const back = await killed(name, { clock: { speed: 1 }, hostTime: at(ms) });
      back.run.pace.stop();
      return counts(back, 'q');
    };
    expect(await after(9_000)).toEqual({ visible: 0, notVisible: 1, delayed: 0 });
    expect(await after(11_000)).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
    expect(await after(61_000)).toEqual({ visible: 0, notVisible: 0, delayed: 0 });
  });
});

describe('reset', () => {
  it('[STATE-30] forgets everything, in the file too, but for the key that signs', async () => {
    const { stage, name } = await begin();
    await sqs(stage, 'CreateQueue', { QueueName: 'q' });
    const before = readFileSync(name).length;
    const { beginning } = stage.run.keeping!;
    const fresh = stage.run.keeping!.restart({ ...beginning, startMs: startMs + 5 });
    expect(readFileSync(name).length).toBeLessThan(before);
    expect(fresh.beginning).toEqual({ ...beginning, startMs: startMs + 5 });
    // A request of the old cloud that ends late leaves no trace in the new one's file.
    await sqs(stage, 'CreateQueue', { QueueName: 'late' });
    fresh.close(0);
    const back = await killed(name);
    expect(back.run.cloud.home.sqs.queues()).toEqual([]);
    expect(back.run.world.nowMs()).toBe(startMs + 5);
    close(back);
  });
});
