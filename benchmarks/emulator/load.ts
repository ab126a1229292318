/**
 * The load: send, receive and delete, one message at a time or in batches of ten, by workers that each wait for their answers.
 */
import { receiptHandles, type SqsClient } from './client.ts';

export const bodyBytes = 256;
export const batchSize = 10;
export const connections = 16;
export const operations = 3;

export type Mode = 'single' | 'batch';
export const modes: readonly Mode[] = ['single', 'batch'];
export const messagesPerCycle = (mode: Mode): number => (mode === 'single' ? 1 : batchSize);

/** Each request's text, around what changes. */
export interface Requests {
  readonly send: { readonly operation: string; readonly body: string };
  readonly receive: { readonly operation: string; readonly body: string };
  deletion(handles: readonly string[]): { readonly operation: string; readonly body: string };
}

export async function createQueue(client: SqsClient, name: string): Promise<string> {
  const answer = await client.call('CreateQueue', JSON.stringify({ QueueName: name }));
  return (JSON.parse(answer) as { QueueUrl: string }).QueueUrl;
}

export function requestsOf(mode: Mode, queueUrl: string): Requests {
  const QueueUrl = queueUrl;
  const MessageBody = 'x'.repeat(bodyBytes);
  if (mode === 'single') {
    return {
      send: { operation: 'SendMessage', body: JSON.stringify({ QueueUrl, MessageBody }) },
      receive: { operation: 'ReceiveMessage', body: JSON.stringify({ QueueUrl, MaxNumberOfMessages: 1 }) },
      deletion: ([ReceiptHandle]) => ({
        operation: 'DeleteMessage',
        body: JSON.stringify({ QueueUrl, ReceiptHandle }),
      }),
    };
  }
  const Entries = Array.from({ length: batchSize }, (_, index) => ({ Id: String(index), MessageBody }));
  return {
    send: { operation: 'SendMessageBatch', body: JSON.stringify({ QueueUrl, Entries }) },
    receive: { operation: 'ReceiveMessage', body: JSON.stringify({ QueueUrl, MaxNumberOfMessages: batchSize }) },
    deletion: (handles) => ({
      operation: 'DeleteMessageBatch',
      body: JSON.stringify({
        QueueUrl,
        Entries: handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    }),
  };
}

/** As fast as the answers come, for about `ms`. @returns messages per second that were sent, received and deleted */
export async function runFlatOut(client: SqsClient, mode: Mode, requests: Requests, ms: number): Promise<number> {
  const expected = messagesPerCycle(mode);
  const startMs = performance.now();
  const endMs = startMs + ms;
  let cycles = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < endMs) {
      await client.call(requests.send.operation, requests.send.body);
      const handles = receiptHandles(await client.call(requests.receive.operation, requests.receive.body));
      if (handles.length !== expected) throw new Error(`received ${handles.length} messages, expected ${expected}`);
      const deletion = requests.deletion(handles);
      await client.call(deletion.operation, deletion.body);
      cycles++;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return (cycles * expected * 1_000) / (performance.now() - startMs);
}
