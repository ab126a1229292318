/**
 * What `spillway emulator --state FILE` costs: speed with a file against without one, how fast the file grows, how fast it comes back.
 *
 * Speed: messages sent, received and deleted one at a time over 16 connections, two processes in turns, a ratio of medians. Growth: a file of its own for
 * each kind of traffic, under a real clock for a minute, put in proportion to a day; packing has not begun by then. Coming back: the
 * time from the start to the first answer, less that of an emulator with an empty file. Writes benchmarks/results/emulator-state.md.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bundleCli } from './emulator/cliBundle.ts';
import { createSqsClient, type SqsClient } from './emulator/client.ts';
import {
  bodyBytes,
  connections,
  createQueue,
  cycleOf,
  requestsPerCycle,
  runAtRate,
  runFlatOut,
} from './emulator/load.ts';
import { startSpillway } from './emulator/servers.ts';
import { median, ratioOf, ratioText, spread, verdict } from './emulator/statistics.ts';
import { machineLine, writeReport } from './lib/report.ts';

const REPETITIONS = 21;
const WINDOW_MS = 1_500;
const GROWTH_MS = 60_000;
const FIRST_MS = 1_000;
const goal = 0.9;
const dayMs = 86_400_000;

const folder = mkdtempSync(path.join(tmpdir(), 'spillway-state-'));
const bundle = await bundleCli();
const stateFile = (name: string): string => path.join(folder, name);
const start = (name: string | null) =>
  startSpillway(bundle.program, [], name === null ? [] : ['--state', stateFile(name)]);

async function speed() {
  const subjects = await Promise.all(
    [null, 'speed'].map(async (name) => {
      const server = await start(name);
      const client = createSqsClient(server.endpoint, connections);
      const cycle = cycleOf(client, 'single', await createQueue(client, 'load'));
      const figures = { messagesPerSecond: [] as number[], cpuMicrosecondsPerRequest: [] as number[] };
      return { server, client, cycle, ...figures };
    }),
  );
  const run = async ({ cycle, server, ...figures }: (typeof subjects)[number]): Promise<void> => {
    const cpuBefore = server.cpuMs();
    const startedMs = performance.now();
    const messagesPerSecond = await runFlatOut(cycle, 'single', WINDOW_MS);
    const requests = (messagesPerSecond * (performance.now() - startedMs) * requestsPerCycle) / 1_000;
    figures.messagesPerSecond.push(messagesPerSecond);
    figures.cpuMicrosecondsPerRequest.push(((server.cpuMs() - cpuBefore) * 1_000) / requests);
  };
  for (const { cycle } of subjects)
    for (let warmUp = 0; warmUp < 3; warmUp++) await runFlatOut(cycle, 'single', WINDOW_MS);
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const one of repetition % 2 === 0 ? subjects : subjects.toReversed()) await run(one);
  }
  for (const { client, server } of subjects) {
    await client.close();
    await server.stop();
  }
  const [without, having] = subjects;
  return { without: without!, having: having! };
}

/** Calls at this rate until the time is over, whether or not those before are answered. */
async function atRate(callsPerSecond: number, ms: number, call: () => Promise<unknown>): Promise<void> {
  const startMs = performance.now();
  const under = new Set<Promise<unknown>>();
  for (let calls = 0; performance.now() - startMs < ms; calls++) {
    const one = call().finally(() => under.delete(one));
    under.add(one);
    await setTimeout(Math.max(0, startMs + ((calls + 1) * 1_000) / callsPerSecond - performance.now()));
  }
  await Promise.all(under);
}

interface Kind {
  readonly name: string;
  run(client: SqsClient, queueUrl: string, ms: number): Promise<unknown>;
}

const receive = (client: SqsClient, QueueUrl: string, more: object = {}) =>
  client.call('ReceiveMessage', JSON.stringify({ QueueUrl, MaxNumberOfMessages: 10, ...more }));
const kinds: readonly Kind[] = [
  {
    name: '10 short polls a second of an empty queue',
    run: (client, url, ms) => atRate(10, ms, () => receive(client, url)),
  },
  {
    name: '10 short polls a second while a message is delayed',
    async run(client, QueueUrl, ms) {
      await client.call('SendMessage', JSON.stringify({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }));
      await atRate(10, ms, () => receive(client, QueueUrl));
    },
  },
  {
    name: '10 reads of attributes a second',
    run: (client, QueueUrl, ms) =>
      atRate(10, ms, () => client.call('GetQueueAttributes', JSON.stringify({ QueueUrl, AttributeNames: ['All'] }))),
  },
  {
    name: 'a consumer with long polls of 20 seconds',
    async run(client, url, ms) {
      const startMs = performance.now();
      while (performance.now() - startMs < ms) await receive(client, url, { WaitTimeSeconds: 20 });
    },
  },
  {
    name: `100 messages of ${bodyBytes} bytes a second, sent, received and deleted one at a time`,
    run: (client, url, ms) => runAtRate(cycleOf(client, 'single', url), 'single', 100, ms),
  },
];

async function growth({ run }: Kind, name: string): Promise<number> {
  const server = await start(name);
  const client = createSqsClient(server.endpoint, connections);
  const url = await createQueue(client, 'load');
  // What is written once, as the head of each kind of request, is no part of a day's growth.
  await run(client, url, FIRST_MS);
  const before = statSync(stateFile(name)).size;
  const startMs = performance.now();
  await run(client, url, GROWTH_MS);
  const ms = performance.now() - startMs;
  const bytes = statSync(stateFile(name)).size - before;
  await client.close();
  await server.stop();
  return (bytes * dayMs) / ms;
}

async function startMs(name: string): Promise<number> {
  const begunMs = performance.now();
  const server = await start(name);
  const ms = performance.now() - begunMs;
  await server.stop();
  return ms;
}

const { without, having } = await speed();
const speedRatio = ratioOf(having.messagesPerSecond, without.messagesPerSecond);
const messages = having.messagesPerSecond.reduce((sum, rate) => sum + (rate * WINDOW_MS) / 1_000, 0);
const packedBytes = statSync(stateFile('speed')).size;
const backMs = (await startMs('speed')) - (await startMs('empty'));
const grown = await Promise.all(
  kinds.map(async (kind, index) => ({ kind, bytes: await growth(kind, `growth-${index}`) })),
);
bundle.remove();
rmSync(folder, { recursive: true, force: true });

const row = (name: string, { messagesPerSecond, cpuMicrosecondsPerRequest }: typeof without): string =>
  `| ${name} | ${median(messagesPerSecond).toFixed(0)} | ${spread(messagesPerSecond, 0)} | ${median(cpuMicrosecondsPerRequest).toFixed(1)} µs |`;

const name = 'emulator-state';
writeReport(
  name,
  `# The emulator with a state file

Messages of ${bodyBytes} bytes, each sent, received and deleted one at a time over ${connections} kept connections on loopback.

| | messages/s, median | ${REPETITIONS} interleaved repetitions | CPU per request |
|---|---:|---:|---:|
${row('without a file', without)}
${row('with a file', having)}

With a file, of without: ${ratioText(speedRatio)}; goal at least ${goal}, ${verdict(speedRatio.ofMedians >= goal)}.

Then the file, of about ${((messages * requestsPerCycle) / 1e6).toFixed(1)} million requests and more from warming up, had ${(packedBytes / 1e6).toFixed(1)} MB; the next start took
${(backMs / 1_000).toFixed(1)} s more than one with an empty file.

| traffic | a day, before packing |
|---|---:|
${grown.map(({ kind, bytes }) => `| ${kind.name} | ${(bytes / 1e6).toFixed(1)} MB |`).join('\n')}

${machineLine(name)}
`,
);
