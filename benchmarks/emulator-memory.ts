/**
 * A million queued messages of 1 KiB: what they take, how long each operation takes beside an empty queue, and what comes back.
 *
 * The bundled command line as a process of its own, one queue, AWS JSON over one connection where times are taken. Every body is another
 * text. Of each operation the median of many calls is compared, empty and full in one run; a purge of the full queue there is only once.
 * Memory after the purge is held against two beginnings. Fresh: the process after its first answer, most of its code not yet loaded. Used: what
 * it was before the million came, after some messages had gone through and a rest. Writes benchmarks/results/emulator-memory.md.
 */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { bundleCli } from './emulator/cliBundle.ts';
import { createSqsClient, receiptHandles } from './emulator/client.ts';
import { batchSize, createQueue, sendBatchBody } from './emulator/load.ts';
import { startSpillway } from './emulator/servers.ts';
import { median, quantile, verdict } from './emulator/statistics.ts';
import { machineLine, writeReport } from './lib/report.ts';

const MESSAGES = 1_000_000;
const BODY_BYTES = 1_024;
const TRAFFIC_MESSAGES = 50_000;
const FILL_CONNECTIONS = 8;
const ROUNDS = 300;
const PURGES = 20;
const WAIT_MS = 12_000;
/** Between requests while memory comes back: often enough to meet a pause, too seldom to be traffic. */
const PROBE_MS = 50;
const goals = { residentGB: 1.6, ratio: 10, remaining: 1.2 };

const bundle = await bundleCli();
const server = await startSpillway(bundle.program);
const client = createSqsClient(server.endpoint, FILL_CONNECTIONS);
const QueueUrl = await createQueue(client, 'million');

interface Resident {
  readonly bytes: number;
  /** Of these, pages of the program's own file that it has read so far; they belong to the file and are given up at need. */
  readonly fileBytes: number;
}

function resident(): Resident {
  const kibibytes = Number(/^RssFile:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))![1]!);
  return { bytes: server.residentBytes(), fileBytes: kibibytes * 1_024 };
}

const start = resident();

const ask = (operation: string, input: object = {}): Promise<string> =>
  client.call(operation, JSON.stringify({ QueueUrl, ...input }));

/** Of an action that is for the endpoint, and refused when a queue's address stands in the request. */
const nameOnly = JSON.stringify({ QueueName: 'million' });

async function sideBySide(count: number, run: () => Promise<unknown>): Promise<void> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: FILL_CONNECTIONS }, worker));
}

const fill = (messages: number): Promise<void> =>
  sideBySide(messages / batchSize, () => client.call('SendMessageBatch', sendBatchBody(QueueUrl, BODY_BYTES)));

const deletions = (answer: string) =>
  receiptHandles(answer).map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));

async function passThrough(messages: number): Promise<void> {
  await sideBySide(messages / batchSize, async () => {
    await client.call('SendMessageBatch', sendBatchBody(QueueUrl, BODY_BYTES));
    const Entries = deletions(await ask('ReceiveMessage', { MaxNumberOfMessages: batchSize }));
    await ask('DeleteMessageBatch', { Entries });
  });
}

/** Milliseconds of every call, by operation. */
type Times = Map<string, number[]>;

async function timesOfOperations(): Promise<Times> {
  const times: Times = new Map();
  const timed = async (name: string, call: () => Promise<string>): Promise<string> => {
    const startedMs = performance.now();
    const answer = await call();
    const ms = performance.now() - startedMs;
    const known = times.get(name);
    if (known === undefined) times.set(name, [ms]);
    else known.push(ms);
    return answer;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const MessageBody = String(round).padStart(BODY_BYTES, 'x');
    await timed('SendMessage', () => ask('SendMessage', { MessageBody }));
    const [ReceiptHandle] = receiptHandles(await timed('ReceiveMessage', () => ask('ReceiveMessage')));
    await timed('ChangeMessageVisibility', () =>
      ask('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 60 }),
    );
    await timed('GetQueueAttributes', () => ask('GetQueueAttributes', { AttributeNames: ['All'] }));
    await timed('SetQueueAttributes', () => ask('SetQueueAttributes', { Attributes: { VisibilityTimeout: '30' } }));
    await timed('DeleteMessage', () => ask('DeleteMessage', { ReceiptHandle }));
    await timed('SendMessageBatch', () => client.call('SendMessageBatch', sendBatchBody(QueueUrl, BODY_BYTES)));
    const received = await timed('ReceiveMessage of ten', () =>
      ask('ReceiveMessage', { MaxNumberOfMessages: batchSize }),
    );
    const Entries = deletions(received);
    await timed('DeleteMessageBatch', () => ask('DeleteMessageBatch', { Entries }));
    await timed('GetQueueUrl', () => client.call('GetQueueUrl', nameOnly));
    await timed('ListQueues', () => client.call('ListQueues', '{}'));
  }
  return times;
}

async function purgeMs(url: string): Promise<number> {
  const startedMs = performance.now();
  await client.call('PurgeQueue', JSON.stringify({ QueueUrl: url }));
  return performance.now() - startedMs;
}

async function emptyPurges(): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < PURGES; index++) times.push(await purgeMs(await createQueue(client, `empty-${index}`)));
  return times;
}

/** As long as the wait; somebody asks for little now and then. @returns the longest answer in milliseconds */
async function longestAnswerWhileWaiting(): Promise<number> {
  const endMs = performance.now() + WAIT_MS;
  let longestMs = 0;
  while (performance.now() < endMs) {
    const startedMs = performance.now();
    await client.call('GetQueueUrl', nameOnly);
    longestMs = Math.max(longestMs, performance.now() - startedMs);
    await setTimeout(PROBE_MS);
  }
  return longestMs;
}

await passThrough(TRAFFIC_MESSAGES);
await timesOfOperations();
const empty = await timesOfOperations();
const emptyPurge = median(await emptyPurges());
await setTimeout(WAIT_MS);
const used = resident();

let peakBytes = 0;
const watch = setInterval(() => {
  peakBytes = Math.max(peakBytes, server.residentBytes());
}, 100);
const startedMs = performance.now();
await fill(MESSAGES);
const fillSeconds = (performance.now() - startedMs) / 1_000;
clearInterval(watch);
const filled = resident();
const full = await timesOfOperations();
const fullPurge = await purgeMs(QueueUrl);
const purged = resident();
const longestMs = await longestAnswerWhileWaiting();
const waited = resident();
await passThrough(TRAFFIC_MESSAGES);
await setTimeout(WAIT_MS);
const resumed = resident();
await client.close();
await server.stop();
bundle.remove();

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const inWords = (count: number): string => count.toLocaleString('en-US');
const row = (what: string, { bytes, fileBytes }: Resident): string =>
  `| ${what} | ${mebibytes(bytes)} | ${mebibytes(fileBytes)} | ${(bytes / start.bytes).toFixed(2)} | ${(bytes / used.bytes).toFixed(2)} |`;
const ratios = [...empty].map(([operation, times]) => ({ operation, times, at: full.get(operation)! }));
const worst = Math.max(...ratios.map(({ times, at }) => median(at) / median(times)), fullPurge / emptyPurge);
const figures = (times: readonly number[]): string =>
  `${median(times).toFixed(2)} ms | ${quantile(times, 0.99).toFixed(2)} ms`;
const name = 'emulator-memory';
writeReport(
  name,
  `# A million queued messages of 1 KiB

| resident memory | MiB | of it the program's file | of fresh | of used |
|---|---:|---:|---:|---:|
${row('fresh: after its first answer', start)}
${row(`used: after ${inWords(TRAFFIC_MESSAGES)} messages went through and ${WAIT_MS / 1_000} s`, used)}
${row(`${inWords(MESSAGES)} messages queued`, filled)}
${row('purged, at once', purged)}
${row(`${WAIT_MS / 1_000} s later`, waited)}
${row(`after another ${inWords(TRAFFIC_MESSAGES)} messages and ${WAIT_MS / 1_000} s`, resumed)}

| operation | empty: median | empty: p99 | full: median | full: p99 | ratio of medians |
|---|---:|---:|---:|---:|---:|
${ratios.map(({ operation, times, at }) => `| ${operation} | ${figures(times)} | ${figures(at)} | ${(median(at) / median(times)).toFixed(2)} |`).join('\n')}
| PurgeQueue (${PURGES} empty queues, one full) | ${emptyPurge.toFixed(2)} ms | | ${fullPurge.toFixed(2)} ms | | ${(fullPurge / emptyPurge).toFixed(2)} |

The million came in ${fillSeconds.toFixed(0)} s, in batches of ${batchSize} over ${FILL_CONNECTIONS} connections, and took ${mebibytes(peakBytes)} MiB at most while it came. ${ROUNDS} calls of each operation.
While memory came back somebody asked every ${PROBE_MS} ms; the longest answer took ${longestMs.toFixed(0)} ms, a collection with it.

Goals: under ${goals.residentGB} GB with a million messages, ${verdict(filled.bytes < goals.residentGB * 1e9)} (${(filled.bytes / 1e9).toFixed(2)} GB); each operation at most ${goals.ratio} times its time on an empty
queue, ${verdict(worst <= goals.ratio)} (at most ${worst.toFixed(1)}); after the purge at most ${Math.round((goals.remaining - 1) * 100)} % above the used process, ${verdict(waited.bytes <= goals.remaining * used.bytes)} (${(waited.bytes / used.bytes).toFixed(2)}), and above the fresh one,
${verdict(waited.bytes <= goals.remaining * start.bytes)} (${(waited.bytes / start.bytes).toFixed(2)}).

No message is left then. Of the ${mebibytes(waited.bytes - start.bytes)} MiB above a fresh process ${mebibytes(waited.fileBytes - start.fileBytes)} are pages of files: the program's own that were read since, and the package that asks
the C library for its free room. The longest answer is the engine's, as it hands back the pages of a million messages.

${machineLine(name)}
`,
);
