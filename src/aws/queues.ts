/** SQS: queues with their attributes, as configuration and as a reading of now. */
import type { QueueConfig, Resource } from '../core/model/resources.ts';
import { type Caller, everyPage, mapBounded } from './caller.ts';
import type { QueueReading, QueueReadings } from './interface.ts';

/** Calls under way at once: far below what SQS allows, and enough for hundreds of queues in a second or two. */
const concurrency = 8;

type Attributes = Readonly<Record<string, string>>;

export async function discoverQueues(
  caller: Caller,
  connectionId: string,
  nowMs: () => number,
  signal: AbortSignal,
): Promise<Resource[]> {
  const { ListQueuesCommand } = await import('@aws-sdk/client-sqs');
  const client = await caller.clients.sqs();
  const urls = await everyPage(async (token) => {
    const page = await caller.call('sqs:ListQueues', signal, (options) =>
      client.send(
        new ListQueuesCommand({ MaxResults: 1000, ...(token === undefined ? {} : { NextToken: token }) }),
        options,
      ),
    );
    return { items: page.QueueUrls ?? [], next: page.NextToken };
  });
  const found = await mapBounded(urls, concurrency, async (url): Promise<Resource | null> => {
    const attributes = await attributesOf(caller, url, signal);
    const arn = attributes?.QueueArn;
    if (attributes === null || arn === undefined) return null;
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    return {
      id: arn,
      connectionId,
      kind: 'sqs-queue',
      name,
      config: queueConfig(url, name, attributes),
      discoveredAtMs: nowMs(),
    };
  });
  return found.filter((resource) => resource !== null);
}

export async function readQueues(
  caller: Caller,
  queues: readonly Resource[],
  nowMs: () => number,
  signal: AbortSignal,
): Promise<QueueReadings> {
  const gone: string[] = [];
  const readings = await mapBounded(queues, concurrency, async (queue): Promise<QueueReading | null> => {
    if (queue.config.kind !== 'sqs-queue') throw new Error(`${queue.id} is not a queue`);
    const { url } = queue.config;
    const attributes = await attributesOf(caller, url, signal);
    if (attributes === null) {
      gone.push(queue.id);
      return null;
    }
    return {
      resourceId: queue.id,
      atMs: nowMs(),
      visible: number(attributes, 'ApproximateNumberOfMessages', 0),
      inFlight: number(attributes, 'ApproximateNumberOfMessagesNotVisible', 0),
      delayed: number(attributes, 'ApproximateNumberOfMessagesDelayed', 0),
      config: queueConfig(url, queue.name, attributes),
    };
  });
  return { readings: readings.filter((reading) => reading !== null), gone };
}

/** @returns null when the queue exists no more */
async function attributesOf(caller: Caller, url: string, signal: AbortSignal): Promise<Attributes | null> {
  const { GetQueueAttributesCommand, QueueDoesNotExist } = await import('@aws-sdk/client-sqs');
  const client = await caller.clients.sqs();
  return caller.call('sqs:GetQueueAttributes', signal, async (options) => {
    try {
      const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
      return (await client.send(command, options)).Attributes ?? {};
    } catch (thrown) {
      if (thrown instanceof QueueDoesNotExist) return null;
      if (thrown instanceof Error && /NonExistentQueue|QueueDoesNotExist/.test(thrown.name)) return null;
      throw thrown;
    }
  });
}

/** Defaults are SQS's own, for endpoints that leave an attribute out. */
export function queueConfig(url: string, name: string, attributes: Attributes): QueueConfig {
  return {
    kind: 'sqs-queue',
    url,
    visibilityTimeoutSeconds: number(attributes, 'VisibilityTimeout', 30),
    messageRetentionSeconds: number(attributes, 'MessageRetentionPeriod', 345_600),
    delaySeconds: number(attributes, 'DelaySeconds', 0),
    fifo: attributes.FifoQueue === 'true' || name.endsWith('.fifo'),
    deadLetter: deadLetter(attributes.RedrivePolicy),
  };
}

function number(attributes: Attributes, name: string, otherwise: number): number {
  const value = Number(attributes[name] ?? otherwise);
  return Number.isFinite(value) ? value : otherwise;
}

/** The policy is JSON in a string; old ones carry the count as a string, too. */
function deadLetter(policy: string | undefined): QueueConfig['deadLetter'] {
  if (policy === undefined || policy === '') return null;
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as Record<string, unknown>;
    const count = Number(maxReceiveCount);
    if (typeof deadLetterTargetArn !== 'string' || !Number.isInteger(count)) return null;
    return { targetArn: deadLetterTargetArn, maxReceiveCount: count };
  } catch {
    return null;
  }
}
