/** [STATE-43] Receives that found nothing, played back: as they were, and without being read again and again. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { EntryReader } from '../../../../src/emulator/journal/entryReader.ts';
import { headOf } from '../../../../src/emulator/journal/heads.ts';
import { splitLines } from '../../../../src/emulator/journal/lines.ts';
import { PlayedPolls } from '../../../../src/emulator/journal/playedPolls.ts';
import { Polls } from '../../../../src/emulator/journal/polls.ts';
import { sqs, testCloud } from '../wire/exchange.ts';
import { pictureOf } from './picture.ts';
import { ask, beginFile, close, jsonRequest, open, outputOf, type Stage, startMs } from './stage.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-journal-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
});

const QueueUrl = 'http://127.0.0.1:4566/000000000000/q';
const poll = jsonRequest('AmazonSQS.ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
const pollText = Buffer.from(poll.body!).toString();

/** As a file says it: how many times the poll stands there whole, and how many lines count it, of how many receives. */
function writtenPolls(file: string): { whole: number; lines: number; counted: number } {
  const written = { whole: 0, lines: 0, counted: 0 };
  const reader = new EntryReader(startMs);
  for (const [index, { line }] of [...splitLines([readFileSync(file)])].entries()) {
    const entry = index === 0 ? null : reader.read(line.subarray(line.indexOf(' ', 9) + 1));
    if (entry?.kind === 'request' && Buffer.from(entry.body).toString() === pollText) written.whole++;
    if (entry?.kind !== 'quiet') continue;
    written.lines++;
    for (const { count } of entry.polls) written.counted += count;
  }
  return written;
}

/** Ten receives a second for as long as that. */
async function pollFor(stage: Stage, seconds: number): Promise<void> {
  for (let tenth = 0; tenth < 10 * seconds; tenth++) {
    await stage.run.pace.advanceTo(stage.run.world.nowMs() + 100);
    expect(outputOf(await ask(stage, poll).reply)).toEqual({});
  }
}

describe('a file of many empty receives', () => {
  it('is played back with those alone read that stand there whole, and two of all others', async () => {
    const name = path.join(folder, 'many');
    beginFile(name);
    const stage = await open(name);
    await ask(stage, jsonRequest('AmazonSQS.CreateQueue', { QueueName: 'q' })).reply;
    await pollFor(stage, 60);
    const before = pictureOf(stage.run.cloud);
    close(stage);
    const { whole, lines, counted } = writtenPolls(name);
    expect(lines).toBeGreaterThan(5);
    expect(whole + counted).toBe(600);

    const parse = vi.spyOn(JSON, 'parse');
    const played = await open(name);
    const read = parse.mock.calls.filter(([text]) => text === pollText).length;
    // What it asks for, and one more made to see that it finds nothing.
    expect(read).toBe(whole + 2);
    expect(pictureOf(played.run.cloud)).toEqual(before);
    close(played);
  });
});

describe('receives of a line', () => {
  const request = {
    head: headOf({ method: 'POST', path: '/', origin: 'http://127.0.0.1:4566', headers: poll.headers! }, null).head,
    body: poll.body!,
  };

  async function stageOf() {
    const cloud = testCloud();
    await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
    let ids = 0;
    const played = new PlayedPolls(new Polls(cloud), () => {
      ids++;
    });
    return { cloud, played, queue: cloud.home.sqs.queueByName('q')!, ids: () => ids };
  }

  it('have to be made until one has found nothing; then each is counted, with its request id', async () => {
    const { cloud, played, queue, ids } = await stageOf();
    expect([played.receive(request, 3), ids()]).toEqual([false, 0]);
    played.foundNothing(request);
    cloud.world.advanceTo(cloud.world.nowMs() + 1_000);
    expect([played.receive(request, 3), ids()]).toEqual([true, 3]);
    expect(queue.traffic.take()).toMatchObject({ emptyReceives: 3, received: 0 });
    expect(queue.lastCallMs).toBe(cloud.world.nowMs());
  });

  it('have to be made once the queue holds something, or its settings are others', async () => {
    const { cloud, played, ids } = await stageOf();
    played.foundNothing(request);
    await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'one' });
    expect(played.receive(request, 1)).toBe(false);
    await sqs(cloud, 'PurgeQueue', { QueueUrl });
    expect(played.receive(request, 1)).toBe(true);
    await sqs(cloud, 'SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '5' } });
    expect([played.receive(request, 1), ids()]).toEqual([false, 1]);
  });
});
