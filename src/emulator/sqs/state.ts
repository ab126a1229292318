/** The queues of one account in one Region: created, found by name, ARN or URL, deleted. */

import { arnOf as arnIn, partitionIn, rootArn } from '../arns.ts';
import { type IdSeed, idOf, RecentIds } from '../ids.ts';
import type { MetricSink } from '../metricSink.ts';
import type { World } from '../world/world.ts';
import { isDenied, mayCall, singleAction } from './access.ts';
import { type CallQuota, createCallQuota, noQuota } from './callQuota.ts';
import {
  accessDenied,
  invalidAddress,
  invalidParameter,
  invalidValue,
  queueDeletedRecently,
  queueDoesNotExist,
  queueNameExists,
} from './errors.ts';
import type { SqsFaults } from './faults.ts';
import { defaultFifoSettings, flagOf } from './fifoSettings.ts';
import { queueKeyOf } from './identifiers.ts';
import type { Message } from './message.ts';
import { createMoveTasks, type MoveTasks } from './moveTasks.ts';
import { Queue } from './queue.ts';
import { createQueueMeter, type QueueMeter, samplePeriodMs } from './queueMetrics.ts';
import { allowsRedrive, placeReason } from './redrive.ts';
import { changedSettings, defaultSettings, type QueueSettings, settingText } from './settings.ts';
import { parseQueueUrl, queueNamedBy } from './urls.ts';

export interface SqsState {
  readonly accountId: string;
  readonly region: string;
  readonly world: World;
  /** In the order of their names. */
  queues(): Queue[];
  queueByName(name: string): Queue | undefined;
  queueByArn(arn: string): Queue | undefined;
  /**
   * The queue an action of this account is for, which may be another account's.
   *
   * @throws AwsError QueueDoesNotExist, InvalidAddress, AccessDenied
   */
  queueFor(url: string, action: string): Queue;
  /** As `queueFor`, by name. @throws AwsError QueueDoesNotExist, AccessDenied */
  queueOf(ownerId: string, name: string, action: string): Queue;
  /**
   * Returns the queue of that name when it has equal attributes.
   *
   * @throws AwsError QueueNameExists, QueueDeletedRecently, and whatever is wrong with name and attributes
   */
  createQueue(name: string, attributes: Readonly<Record<string, string>>): Queue;
  /** @throws AwsError as SetQueueAttributes */
  setAttributes(queue: Queue, attributes: Readonly<Record<string, string>>): void;
  deleteQueue(queue: Queue): void;
  /** Of a message in a queue that may be another account's. */
  messageId(queue: Queue, message: Message): string;
  readonly moveTasks: MoveTasks;
  readonly quota: CallQuota;
}

const nameRestsMs = 60_000;

export function createSqsState(context: {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly sink: MetricSink;
  readonly strictQuotas?: boolean;
  /** What new queues begin with. Default: none. */
  readonly faults?: SqsFaults;
  /** SQS of another account in this Region. Default: there is none. */
  sqsAt?(accountId: string): SqsState | undefined;
}): SqsState {
  const { world, accountId, region, sink, sqsAt = () => undefined } = context;
  const chance = world.random.stream(`sqs/${accountId}/${region}`);
  const idSeed: IdSeed = [Math.floor(chance.next() * 2 ** 32), Math.floor(chance.next() * 2 ** 32)];
  const ids = new RecentIds(idSeed);
  const queues = new Map<string, { readonly queue: Queue; readonly meter: QueueMeter }>();
  const deletedAtMs = new Map<string, number>();
  let sequence = 0;
  let ticking = false;

  const ownArns = arnIn('sqs', context, '');
  const arnOf = (name: string): string => `${ownArns}${name}`;

  /** One clock for all queues' metrics, started by the first. */
  function startTicking(): void {
    if (ticking) return;
    ticking = true;
    world.every(Math.ceil(world.nowMs() / samplePeriodMs) * samplePeriodMs, samplePeriodMs, () => {
      const nowMs = world.nowMs();
      for (const { meter } of queues.values()) meter.tick(nowMs);
    });
  }

  /** @param given the policy as the request has it: a refusal repeats it letter by letter */
  function checkRedrive(settings: QueueSettings, sourceArn: string, given = ''): void {
    const { redrivePolicy } = settings;
    if (redrivePolicy === null) return;
    const { deadLetterTargetArn } = redrivePolicy;
    const target = state.queueByArn(deadLetterTargetArn);
    const refuse = (reason: string): Error => invalidValue('RedrivePolicy', given, reason);
    const elsewhere = placeReason(sourceArn, deadLetterTargetArn);
    if (elsewhere !== null) throw refuse(elsewhere);
    if (target === undefined) throw refuse('Dead letter target does not exist');
    if ((target.kind === 'fifo') !== (settings.fifo !== null)) {
      // With its own full stop, and so with two.
      throw refuse('Dead-letter queue must be same type of queue as the source.');
    }
    if (!allowsRedrive(target.settings.redriveAllowPolicy, sourceArn)) {
      throw refuse('Dead letter target does not allow this queue as a source');
    }
  }

  const state: SqsState = {
    accountId,
    region,
    world,
    queues: () => [...queues.values()].map(({ queue }) => queue).sort((a, b) => (a.name < b.name ? -1 : 1)),
    queueByName: (name) => queues.get(name)?.queue,
    queueByArn(arn) {
      const name = arn.slice(arn.lastIndexOf(':') + 1);
      return arn === arnOf(name) ? queues.get(name)?.queue : undefined;
    },
    queueFor(url, action) {
      const address = parseQueueUrl(url) ?? queueNamedBy(url);
      // A URL of no queue names none that exists; other texts are no addresses at all.
      if (address === null) throw /^https?:\/\//i.test(url) ? queueDoesNotExist() : invalidAddress(url);
      return state.queueOf(address.accountId ?? accountId, address.name, action);
    },
    queueOf(ownerId, name, action) {
      const owner = ownerId === accountId ? state : sqsAt(ownerId);
      const queue = owner?.queueByName(name);
      if (queue === undefined) throw queueDoesNotExist();
      if (!mayCall(queue, ownerId, accountId, action)) {
        const caller = rootArn(partitionIn(queue.arn), accountId);
        throw accessDenied(caller, singleAction(action), queue.arn, isDenied(queue, accountId, action));
      }
      return queue;
    },
    createQueue(name, attributes) {
      const isFifo = flagOf(attributes.FifoQueue ?? '') === true;
      checkName(name, isFifo);
      const known = queues.get(name)?.queue;
      if (known !== undefined) {
        checkEqual(known.settings, attributes);
        return known;
      }
      if (world.nowMs() - (deletedAtMs.get(name) ?? Number.NEGATIVE_INFINITY) < nameRestsMs)
        throw queueDeletedRecently();
      const fifo = isFifo ? defaultFifoSettings : null;
      const settings = changedSettings({ ...defaultSettings, fifo }, attributes);
      const arn = arnOf(name);
      checkRedrive(settings, arn, attributes.RedrivePolicy);
      const host = {
        world,
        ...(context.faults === undefined ? {} : { faults: context.faults }),
        nextSequence: () => ++sequence,
        queueByArn: state.queueByArn,
      };
      const queue = new Queue({ name, arn, key: queueKeyOf(idSeed, name), settings, host });
      deletedAtMs.delete(name);
      queues.set(name, { queue, meter: createQueueMeter(queue, sink) });
      startTicking();
      return queue;
    },
    setAttributes(queue, attributes) {
      const settings = changedSettings(queue.settings, attributes);
      if (attributes.RedrivePolicy !== undefined) checkRedrive(settings, queue.arn, attributes.RedrivePolicy);
      queue.changeSettings(settings);
    },
    deleteQueue(queue) {
      queues.delete(queue.name);
      deletedAtMs.set(queue.name, world.nowMs());
      queue.close();
    },
    messageId(queue, message) {
      if (queue.arn.startsWith(ownArns)) return ids.of(message.sequence);
      return sqsAt(ownerOf(queue.arn))!.messageId(queue, message);
    },
    quota: context.strictQuotas === true ? createCallQuota(region, world.nowMs) : noQuota,
    // Ids of tasks come from the same count as those of messages, so none is like another.
    moveTasks: createMoveTasks({
      world,
      queueByArn: (arn) => state.queueByArn(arn),
      nextTaskId: () => idOf(idSeed, ++sequence),
    }),
  };
  return state;
}

/** A name ends with .fifo just when the queue is one. */
function checkName(name: string, isFifo: boolean): void {
  if (name === '') throw invalidParameter('Queue name cannot be empty');
  if (isFifo) {
    if (/^[A-Za-z0-9_-]{1,75}\.fifo$/.test(name)) return;
    throw invalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo ' +
        'suffix and be 1 to 80 in length',
    );
  }
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return;
  throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
}

/** Only what the request names is compared; what it leaves out may be anything. */
function checkEqual(settings: QueueSettings, attributes: Readonly<Record<string, string>>): void {
  const wanted = changedSettings(settings, attributes);
  for (const name of Object.keys(attributes)) {
    if (settingText(settings, name) !== settingText(wanted, name)) throw queueNameExists(name);
  }
}

/** `arn:aws:sqs:us-east-1:000000000000:q` -> `000000000000` */
const ownerOf = (queueArn: string): string => queueArn.split(':', 5)[4]!;
