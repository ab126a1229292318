/**
 * A million queued messages of 1 KiB: what they take, how long each operation takes beside an empty queue, and what comes back.
 *
 * The bundled command line as a process of its own, one queue, AWS JSON over one connection where times are taken. Every body is another
 * text. Of each operation the median of many calls is compared, empty and full in one run; a purge of the full queue there is only once.
 * Memory after the purge is held against the fresh process, and told beside that of a process that has seen traffic. Writes
 * benchmarks/results/emulator-memory.md.
 */
import { setTimeout } from 'node:timers/promises';
import { bundleCli } from './emulator/cliBundle.ts';
import { createSqsClient, receiptHandles } from './emulator/client.ts';
import { batchSize, createQueue, sendBatchBody } from './emulator/load.ts';
import { machineLine, writeReport } from './emulator/report.ts';
import { startSpillway } from './emulator/servers.ts';
import { median, quantile, verdict } from './emulator/statistics.ts';

const MESSAGES = 1_000_000;
const BODY_BYTES = 1_024;
const TRAFFIC_MESSAGES = 50_000;
const FILL_CONNECTIONS = 8;
const ROUNDS = 300;
const PURGES = 20;
const WAIT_MS = 10_000;
const goals = { residentGB: 1.6, ratio: 10, remaining: 1.2 };

const bundle = await bundleCli();
const server = await startSpillway(bundle.program);
const client = createSqsClient(server.endpoint, FILL_CONNECTIONS);
const QueueUrl = await createQueue(client, 'million');
const startBytes = server.residentBytes();

const ask = (operation: string, input: object = {}): Promise<string> =>
  client.call(operation, JSON.stringify({ QueueUrl, ...input }));

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
    await timed('GetQueueUrl', () => ask('GetQueueUrl', { QueueName: 'million' }));
    await timed('ListQueues', () => ask('ListQueues'));
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

await passThrough(TRAFFIC_MESSAGES);
await timesOfOperations();
const empty = await timesOfOperations();
const emptyPurge = median(await emptyPurges());
await setTimeout(WAIT_MS);
const usedBytes = server.residentBytes();

let peakBytes = 0;
const watch = setInterval(() => {
  peakBytes = Math.max(peakBytes, server.residentBytes());
}, 100);
const startedMs = performance.now();
await fill(MESSAGES);
const fillSeconds = (performance.now() - startedMs) / 1_000;
clearInterval(watch);
const fullBytes = server.residentBytes();
const full = await timesOfOperations();
const fullPurge = await purgeMs(QueueUrl);
const purgedBytes = server.residentBytes();
await setTimeout(WAIT_MS);
const waitedBytes = server.residentBytes();
await passThrough(TRAFFIC_MESSAGES);
await setTimeout(WAIT_MS);
const resumedBytes = server.residentBytes();
await client.close();
await server.stop();
bundle.remove();

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const ratios = [...empty].map(([operation, times]) => ({ operation, times, at: full.get(operation)! }));
const worst = Math.max(...ratios.map(({ times, at }) => median(at) / median(times)), fullPurge / emptyPurge);
const figures = (times: readonly number[]): string =>
  `${median(times).toFixed(2)} ms | ${quantile(times, 0.99).toFixed(2)} ms`;
const name = 'emulator-memory';
writeReport(
  name,
  `# A million queued messages of 1 KiB

| resident memory | MiB | of the fresh process |
|---|---:|---:|
| fresh: after its first answer | ${mebibytes(startBytes)} | 1.00 |
| used: after ${TRAFFIC_MESSAGES.toLocaleString('en-US')} messages went through | ${mebibytes(usedBytes)} | ${(usedBytes / startBytes).toFixed(2)} |
| ${MESSAGES.toLocaleString('en-US')} messages queued | ${mebibytes(fullBytes)} | ${(fullBytes / startBytes).toFixed(2)} |
| the most while they came | ${mebibytes(peakBytes)} | ${(peakBytes / startBytes).toFixed(2)} |
| purged, at once | ${mebibytes(purgedBytes)} | ${(purgedBytes / startBytes).toFixed(2)} |
| ${WAIT_MS / 1_000} s later | ${mebibytes(waitedBytes)} | ${(waitedBytes / startBytes).toFixed(2)} |
| after another ${TRAFFIC_MESSAGES.toLocaleString('en-US')} messages and ${WAIT_MS / 1_000} s | ${mebibytes(resumedBytes)} | ${(resumedBytes / startBytes).toFixed(2)} |

| operation | empty: median | empty: p99 | full: median | full: p99 | ratio of medians |
|---|---:|---:|---:|---:|---:|
${ratios.map(({ operation, times, at }) => `| ${operation} | ${figures(times)} | ${figures(at)} | ${(median(at) / median(times)).toFixed(2)} |`).join('\n')}
| PurgeQueue (${PURGES} empty queues, one full) | ${emptyPurge.toFixed(2)} ms | | ${fullPurge.toFixed(2)} ms | | ${(fullPurge / emptyPurge).toFixed(2)} |

The million came in ${fillSeconds.toFixed(0)} s, in batches of ${batchSize} over ${FILL_CONNECTIONS} connections. ${ROUNDS} calls of each operation.

Goals: under ${goals.residentGB} GB with a million messages, ${verdict(fullBytes < goals.residentGB * 1e9)} (${(fullBytes / 1e9).toFixed(2)} GB); each operation at most ${goals.ratio} times its time on an empty
queue, ${verdict(worst <= goals.ratio)} (at most ${worst.toFixed(1)}); after the purge within ${Math.round((goals.remaining - 1) * 100)} % of the fresh process, ${verdict(waitedBytes <= goals.remaining * startBytes)} (${(waitedBytes / startBytes).toFixed(2)}), and of the used one,
${verdict(waitedBytes <= goals.remaining * usedBytes)} (${(waitedBytes / usedBytes).toFixed(2)}).

${machineLine(name)}
`,
);
