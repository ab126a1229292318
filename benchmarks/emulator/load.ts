/**
 * The load: messages that are sent, received and deleted, one at a time or in batches of ten. Every message has another body.
 *
 * Two drivers: as fast as answers come (16 workers that each wait for theirs), and at a rate whatever the answers do. Request texts are put
 * together by hand, because writing them as JSON would cost the client more than it costs a server to read them.
 */
import { setTimeout } from 'node:timers/promises';
import { receiptHandles, type SqsClient } from './client.ts';

export const bodyBytes = 256;
export const batchSize = 10;
export const connections = 16;
/** Send, receive, delete. */
export const requestsPerCycle = 3;

export type Mode = 'single' | 'batch';
export const modes: readonly Mode[] = ['single', 'batch'];
export const messagesPerCycle = (mode: Mode): number => (mode === 'single' ? 1 : batchSize);

export async function createQueue(client: SqsClient, name: string): Promise<string> {
  const answer = await client.call('CreateQueue', JSON.stringify({ QueueName: name }));
  return (JSON.parse(answer) as { QueueUrl: string }).QueueUrl;
}

const digits = 12;
let bodies = 0;
const nextBody = (padding: string): string => padding + String(++bodies).padStart(digits, '0');
const paddingOf = (bytes: number): string => 'x'.repeat(bytes - digits);

/** SendMessageBatch of ten messages of that size. */
export function sendBatchBody(queueUrl: string, bytes: number): string {
  const padding = paddingOf(bytes);
  let entries = '';
  for (let index = 0; index < batchSize; index++) {
    entries += `${index === 0 ? '' : ','}{"Id":"${index}","MessageBody":"${nextBody(padding)}"}`;
  }
  return `{"QueueUrl":"${queueUrl}","Entries":[${entries}]}`;
}

/** One message, or ten, from sending to deletion: each request waits for the answer before. */
export interface Cycle {
  send(): Promise<string>;
  receive(): Promise<string>;
  remove(handles: readonly string[]): Promise<string>;
}

export function cycleOf(client: SqsClient, mode: Mode, queueUrl: string): Cycle {
  const opening = `{"QueueUrl":"${queueUrl}",`;
  if (mode === 'single') {
    const padding = paddingOf(bodyBytes);
    const receive = `${opening}"MaxNumberOfMessages":1}`;
    return {
      send: () => client.call('SendMessage', `${opening}"MessageBody":"${nextBody(padding)}"}`),
      receive: () => client.call('ReceiveMessage', receive),
      remove: ([handle]) => client.call('DeleteMessage', `${opening}"ReceiptHandle":"${handle}"}`),
    };
  }
  const receive = `${opening}"MaxNumberOfMessages":${batchSize}}`;
  return {
    send: () => client.call('SendMessageBatch', sendBatchBody(queueUrl, bodyBytes)),
    receive: () => client.call('ReceiveMessage', receive),
    remove(handles) {
      const entries = handles.map((handle, index) => `{"Id":"${index}","ReceiptHandle":"${handle}"}`);
      return client.call('DeleteMessageBatch', `${opening}"Entries":[${entries.join(',')}]}`);
    },
  };
}

function handlesOf(answer: string, mode: Mode): string[] {
  const handles = receiptHandles(answer);
  const expected = messagesPerCycle(mode);
  // A server that gave fewer would have less to do.
  if (handles.length !== expected) throw new Error(`received ${handles.length} messages, expected ${expected}`);
  return handles;
}

/** As fast as the answers come, for about `ms`. @returns messages per second that were sent, received and deleted */
export async function runFlatOut(cycle: Cycle, mode: Mode, ms: number): Promise<number> {
  const startMs = performance.now();
  const endMs = startMs + ms;
  let cycles = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < endMs) {
      await cycle.send();
      await cycle.remove(handlesOf(await cycle.receive(), mode));
      cycles++;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return (cycles * messagesPerCycle(mode) * 1_000) / (performance.now() - startMs);
}

/**
 * Cycles begin every millisecond, as many as are due by then, whether or not those before are through; what finds every connection taken
 * waits, and that counts. A client that paced single cycles would spin, and leave the server less of the machine.
 *
 * @returns milliseconds from the handing over of each request to the end of its answer
 */
export async function runAtRate(cycle: Cycle, mode: Mode, messagesPerSecond: number, ms: number): Promise<number[]> {
  const betweenMs = (1_000 * messagesPerCycle(mode)) / messagesPerSecond;
  const latenciesMs: number[] = [];
  const timed = async (call: () => Promise<string>): Promise<string> => {
    const startedMs = performance.now();
    const answer = await call();
    latenciesMs.push(performance.now() - startedMs);
    return answer;
  };
  const once = async (): Promise<void> => {
    await timed(cycle.send);
    const handles = handlesOf(await timed(cycle.receive), mode);
    await timed(() => cycle.remove(handles));
  };
  const running = new Set<Promise<void>>();
  let dueMs = performance.now();
  const endMs = dueMs + ms;
  while (dueMs < endMs) {
    for (const nowMs = performance.now(); dueMs <= nowMs && dueMs < endMs; dueMs += betweenMs) {
      const one = once().finally(() => running.delete(one));
      running.add(one);
    }
    await setTimeout(1);
  }
  await Promise.all(running);
  return latenciesMs;
}
