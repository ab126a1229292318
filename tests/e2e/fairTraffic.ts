/**
 * An hour of two queues on the bundled emulator, its clock held: `orders` is fair, with many quiet tenants and one that floods it;
 * `receipts` has the same traffic without groups. Says how `orders` was left, by the books of its client.
 *
 * Not here: what the metrics make of it (docs/rules/sqs.md, SQS-100 to SQS-106); looking at the app (fairQueue.spec.ts).
 */
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { hostTime } from '../../src/cli/host/time.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/index.ts';

export const fairQueueName = 'orders';
export const plainQueueName = 'receipts';
export const alarmName = 'orders-quiet-backlog';
export const alarmThreshold = 40;

const startMs = Date.UTC(2026, 2, 2, 7, 0);
const minuteMs = 60_000;
const trafficMinutes = 56;
const noisyTenant = 'market';
const quietTenants = Array.from({ length: 40 }, (_, at) => `shop-${at}`);
/** The last whole minute becomes readable half a minute after its end. */
const readableMs = startMs + 60 * minuteMs + 30_000;

/** What nobody but quiet tenants has in the queue, and the noisy one's part beside it. */
export interface Left {
  readonly noisyGroups: number;
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
  /** At the last sample of the last whole minute. */
  readonly oldestAgeSeconds: number;
  /** With the noisy one's. */
  readonly oldestAgeOfAllSeconds: number;
  readonly noisyVisible: number;
  readonly noisyNotVisible: number;
}

export interface FairTraffic {
  readonly endpoint: string;
  readonly left: Left;
  stop(): Promise<void>;
}

export async function playFairTraffic(): Promise<FairTraffic> {
  const emulator = await startEmulator({ port: 0, seed: 1, startMs, clock: 'stepped', hostTime });
  const client = {
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const sqs = new SQSClient(client);
  const cloudWatch = new CloudWatchClient(client);
  try {
    const fair = await TrackedQueue.create(sqs, emulator, fairQueueName, true);
    const plain = await TrackedQueue.create(sqs, emulator, plainQueueName, false);
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: alarmName,
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisibleInQuietGroups',
        Dimensions: [{ Name: 'QueueName', Value: fairQueueName }],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 2,
        Threshold: alarmThreshold,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      }),
    );
    for (let minute = 0; minute < trafficMinutes; minute++) {
      await playMinute(fair, minute);
      await playMinute(plain, minute);
      await emulator.advanceTo(startMs + (minute + 1) * minuteMs);
    }
    // Then nobody works any more: every figure but the age holds still, and none of them is zero.
    await fair.send(quietTenants.slice(0, 4));
    await fair.send(quietTenants.slice(0, 3), 900);
    await emulator.advanceTo(readableMs);
    return { endpoint: emulator.endpoint, left: fair.left(readableMs), stop: () => emulator.stop() };
  } catch (thrown) {
    await emulator.stop();
    throw thrown;
  } finally {
    sqs.destroy();
    cloudWatch.destroy();
  }
}

/** Workers take fifty messages a minute and are done with them a minute later; for five minutes they stand still. */
async function playMinute(queue: TrackedQueue, minute: number): Promise<void> {
  await queue.deleteTaken();
  if (minute < 12 || minute >= 17) await queue.take(5);
  await queue.send(quietOnes(minute, 6 + ((minute * 5) % 4)));
  await queue.send(quietOnes(minute + 20, 2), 150);
  if (minute < 26 || minute >= 44) return;
  for (let batch = 0; batch < 8; batch++) await queue.send(new Array<string>(10).fill(noisyTenant));
}

/** Each tenant has its turn, so that none of them is ever a tenth of the work. */
function quietOnes(turn: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => quietTenants[(turn * 9 + at) % quietTenants.length]!);
}

interface Sent {
  readonly tenant: string;
  readonly sentAtMs: number;
  readonly visibleAtMs: number;
}

/** A queue with the books that its client keeps. */
class TrackedQueue {
  readonly #sqs: SQSClient;
  readonly #emulator: RunningEmulator;
  readonly #url: string;
  readonly #grouped: boolean;
  readonly #waiting = new Map<string, Sent>();
  #taken: { readonly sent: Sent; readonly handle: string }[] = [];
  #number = 0;

  private constructor(sqs: SQSClient, emulator: RunningEmulator, url: string, grouped: boolean) {
    this.#sqs = sqs;
    this.#emulator = emulator;
    this.#url = url;
    this.#grouped = grouped;
  }

  static async create(sqs: SQSClient, emulator: RunningEmulator, name: string, grouped: boolean) {
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: '1800' } }),
    );
    return new TrackedQueue(sqs, emulator, QueueUrl!, grouped);
  }

  /** One message of each, ten at most. */
  async send(tenants: readonly string[], delaySeconds = 0): Promise<void> {
    const sentAtMs = this.#emulator.world.nowMs();
    const entries = tenants.map((tenant) => ({ tenant, body: `${tenant} ${this.#number++}` }));
    const { Failed = [] } = await this.#sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: this.#url,
        Entries: entries.map(({ tenant, body }, at) => ({
          Id: String(at),
          MessageBody: body,
          DelaySeconds: delaySeconds,
          ...(this.#grouped ? { MessageGroupId: tenant } : {}),
        })),
      }),
    );
    if (Failed.length > 0) throw new Error(`not sent: ${JSON.stringify(Failed)}`);
    for (const { tenant, body } of entries)
      this.#waiting.set(body, { tenant, sentAtMs, visibleAtMs: sentAtMs + delaySeconds * 1000 });
  }

  async take(batches: number): Promise<void> {
    for (let batch = 0; batch < batches; batch++) {
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.#url, MaxNumberOfMessages: 10 }),
      );
      for (const { Body, ReceiptHandle } of Messages) {
        this.#taken.push({ sent: this.#waiting.get(Body!)!, handle: ReceiptHandle! });
        this.#waiting.delete(Body!);
      }
    }
  }

  async deleteTaken(): Promise<void> {
    for (let from = 0; from < this.#taken.length; from += 10) {
      const Entries = this.#taken
        .slice(from, from + 10)
        .map(({ handle }, at) => ({ Id: String(at), ReceiptHandle: handle }));
      await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.#url, Entries }));
    }
    this.#taken = [];
  }

  left(nowMs: number): Left {
    const isQuiet = ({ tenant }: Sent): boolean => tenant !== noisyTenant;
    const waiting = [...this.#waiting.values()];
    const taken = this.#taken.map(({ sent }) => sent);
    const visible = waiting.filter(({ visibleAtMs }) => visibleAtMs <= nowMs);
    const all = [...waiting, ...taken];
    // Gauges are sampled every ten seconds; the last sample of a minute is taken ten seconds before its end.
    const lastSampleMs = Math.floor(nowMs / minuteMs) * minuteMs - 10_000;
    const oldestAgeSeconds = (messages: readonly Sent[]): number =>
      (lastSampleMs - Math.min(...messages.map(({ sentAtMs }) => sentAtMs))) / 1000;
    return {
      noisyGroups: 1,
      visible: visible.filter(isQuiet).length,
      notVisible: taken.filter(isQuiet).length,
      delayed: waiting.filter((sent) => isQuiet(sent) && sent.visibleAtMs > nowMs).length,
      oldestAgeSeconds: oldestAgeSeconds(all.filter(isQuiet)),
      oldestAgeOfAllSeconds: oldestAgeSeconds(all),
      noisyVisible: visible.filter((sent) => !isQuiet(sent)).length,
      noisyNotVisible: taken.filter((sent) => !isQuiet(sent)).length,
    };
  }
}
