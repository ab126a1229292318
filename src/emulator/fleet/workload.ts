/**
 * What an instance does while it is in service: long poll, work on what came, delete it, poll again.
 *
 * A message that is poison costs its time and is not deleted, so it comes back after its visibility timeout and ends in
 * the dead-letter queue. Here is no capacity arithmetic: how fast a fleet is follows from its instances.
 */
import type { Random } from '../../core/time/random.ts';
import type { RunningWork, Workload } from '../autoscaling/group.ts';
import type { WorkSpec } from '../scenarios/spec.ts';
import type { World } from '../world/world.ts';
import { poisonMark } from './producer.ts';
import { serviceTimeSampler } from './serviceTime.ts';

export interface ReceivedMessage {
  readonly receiptHandle: string;
  readonly message: { readonly body: string };
}

/** As much of a queue as an instance needs. */
export interface WorkedQueue {
  receiveWhenAvailable(
    max: number,
    waitSeconds: number,
    visibilityTimeoutSeconds: number | undefined,
    onMessages: (received: ReceivedMessage[]) => void,
  ): () => void;
  deleteMessage(receiptHandle: string): void;
}

/** An instance whose queue is gone looks for it again this often. */
const missingQueueRetryMs = 5_000;

export function createWorkload(options: {
  readonly world: World;
  readonly queueByName: () => WorkedQueue | undefined;
  readonly spec: WorkSpec;
  readonly random: Random;
}): Workload {
  return { start: (instanceId) => startInstance({ ...options, random: options.random.stream(instanceId) }) };
}

function startInstance(options: {
  readonly world: World;
  readonly queueByName: () => WorkedQueue | undefined;
  readonly spec: WorkSpec;
  readonly random: Random;
}): RunningWork {
  const { world, queueByName, spec } = options;
  const drawServiceMs = serviceTimeSampler(spec.serviceTime, options.random);
  let inHand: ReceivedMessage[] = [];
  let busy = 0;
  let cancelPoll: (() => void) | null = null;
  let stopped: { done: () => void } | null = null;
  let abandoned = false;

  function poll(): void {
    const queue = queueByName();
    if (queue === undefined) {
      cancelPoll = world.at(world.nowMs() + missingQueueRetryMs, poll);
      return;
    }
    cancelPoll = queue.receiveWhenAvailable(spec.batchSize, spec.waitSeconds, undefined, (received) => {
      cancelPoll = null;
      if (stopped !== null) return;
      if (received.length === 0) {
        poll();
        return;
      }
      // Handed out from the end; reversed once so that the oldest goes first.
      inHand = received.reverse();
      workOn(queue);
    });
  }

  function workOn(queue: WorkedQueue): void {
    while (busy < spec.concurrency) {
      const next = inHand.pop();
      if (next === undefined) break;
      busy++;
      world.at(world.nowMs() + drawServiceMs(), () => finish(queue, next));
    }
    if (busy < spec.concurrency && cancelPoll === null && stopped === null) poll();
  }

  function finish(queue: WorkedQueue, { receiptHandle, message }: ReceivedMessage): void {
    if (abandoned) return;
    busy--;
    if (!message.body.startsWith(poisonMark)) queue.deleteMessage(receiptHandle);
    workOn(queue);
    if (stopped !== null && busy === 0) stopped.done();
  }

  poll();
  return {
    stop(done) {
      stopped = { done };
      cancelPoll?.();
      cancelPoll = null;
      if (spec.onTermination === 'abandon') {
        abandoned = true;
        inHand = [];
        done();
      } else if (busy === 0) {
        done();
      }
    },
  };
}
