/**
 * Message move tasks: from a dead-letter queue back to where its messages came from, or to another queue, at a rate.
 *
 * Not here: the requests (actions/). Rules: docs/rules/sqs.md (SQS-80 to SQS-85).
 */
import { decodeBase64, decodeUtf8 } from '../wire/bytes.ts';
import type { World } from '../world/world.ts';
import { invalidParameter, noSuchQueue, notAnArn, resourceNotFound } from './errors.ts';
import type { Queue } from './queue.ts';

export type MoveTaskStatus = 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';

export interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn: string | null;
  /** Null: as fast as the service sees fit. */
  readonly maxPerSecond: number | null;
  readonly startedAtMs: number;
  /** In the source when it began. */
  readonly toMove: number;
  status: MoveTaskStatus;
  moved: number;
  failureReason: string | null;
}

export interface MoveTasks {
  /** @throws AwsError InvalidParameterValue when one is running on this source, or there are too many */
  start(source: Queue, destination: Queue | null, maxPerSecond: number | null): MoveTask;
  /** @throws AwsError InvalidParameterValue for what is no handle, ResourceNotFoundException for one of no running task */
  cancel(handle: string): MoveTask;
  /** Newest first. */
  ofSource(arn: string): readonly MoveTask[];
}

/** The service's ceiling, and what it takes on its own here. */
export const mostPerSecond = 500;
const mostActive = 100;
const longestMs = 36 * 3_600_000;
/** Older ones are forgotten: the list shows ten at most. */
const keptPerSource = 10;
const shortestTickMs = 100;

export function createMoveTasks(host: {
  readonly world: World;
  queueByArn(arn: string): Queue | undefined;
  /** Unlike any before it. */
  nextTaskId(): string;
}): MoveTasks {
  const { world } = host;
  const bySource = new Map<string, MoveTask[]>();
  const isActive = ({ status }: MoveTask): boolean => status === 'RUNNING' || status === 'CANCELLING';
  const all = (): MoveTask[] => [...bySource.values()].flat();

  function run(task: MoveTask, source: Queue): void {
    const rate = task.maxPerSecond ?? mostPerSecond;
    const tickMs = Math.max(shortestTickMs, 1_000 / rate);
    const stop = world.every(world.nowMs() + tickMs, tickMs, () => {
      if (task.status === 'RUNNING')
        moveSome(task, source, Math.floor(((world.nowMs() - task.startedAtMs) / 1_000) * rate));
      else if (task.status === 'CANCELLING') task.status = 'CANCELLED';
      if (!isActive(task)) stop();
    });
  }

  /** Up to as many as are due by now, oldest first. */
  function moveSome(task: MoveTask, source: Queue, due: number): void {
    if (world.nowMs() - task.startedAtMs > longestMs) fail(task, 'The task ran for longer than 36 hours.');
    else if (host.queueByArn(source.arn) !== source) fail(task, 'AWS.SimpleQueueService.NonExistentQueue');
    while (task.status === 'RUNNING' && task.moved < due) moveOne(task, source);
    // What was there is gone: somebody may have taken the rest.
    if (task.status === 'RUNNING' && source.counts().visible === 0) task.status = 'COMPLETED';
  }

  function moveOne(task: MoveTask, source: Queue): void {
    const message = source.firstToMove();
    if (message === undefined) {
      task.status = 'COMPLETED';
      return;
    }
    const arn = task.destinationArn ?? message.movedFromArn;
    const destination = arn === null ? undefined : host.queueByArn(arn);
    if (destination === undefined) {
      source.keep(message);
      fail(task, arn === null ? 'CouldNotDetermineMessageSource' : 'AWS.SimpleQueueService.NonExistentQueue');
      return;
    }
    source.moveOut(message, destination);
    task.moved++;
  }

  function fail(task: MoveTask, reason: string): void {
    task.status = 'FAILED';
    task.failureReason = reason;
  }

  return {
    start(source, destination, maxPerSecond) {
      const known = bySource.get(source.arn) ?? [];
      if (known.some(isActive)) {
        throw invalidParameter(
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        );
      }
      if (all().filter(isActive).length >= mostActive) {
        throw invalidParameter(`There are ${mostActive} active message movement tasks in this account already.`);
      }
      const handle = Buffer.from(JSON.stringify({ taskId: host.nextTaskId(), sourceArn: source.arn })).toString(
        'base64',
      );
      const task: MoveTask = {
        handle,
        sourceArn: source.arn,
        destinationArn: destination?.arn ?? null,
        maxPerSecond,
        startedAtMs: world.nowMs(),
        toMove: source.counts().visible,
        status: 'RUNNING',
        moved: 0,
        failureReason: null,
      };
      bySource.set(source.arn, [task, ...known].slice(0, keptPerSource));
      run(task, source);
      return task;
    },
    cancel(handle) {
      const sourceArn = sourceIn(handle);
      if (sourceArn === null) throw invalidParameter('Value for parameter TaskHandle is invalid.');
      if (host.queueByArn(sourceArn) === undefined) throw noSuchQueue('SourceArn');
      const task = (bySource.get(sourceArn) ?? []).find((one) => one.handle === handle);
      if (task === undefined) throw resourceNotFound('Task does not exist.');
      if (task.status !== 'RUNNING') throw resourceNotFound('Only active tasks can be cancelled.');
      task.status = 'CANCELLING';
      return task;
    },
    ofSource: (arn) => bySource.get(arn) ?? [],
  };
}

/**
 * The queue that a request names.
 *
 * @throws AwsError InvalidParameterValue for what is no ARN, ResourceNotFoundException for one of no queue here
 */
export function namedQueue(
  state: { queueByArn(arn: string): Queue | undefined },
  parameter: 'SourceArn' | 'DestinationArn',
  arn: string,
): Queue {
  if (!/^arn:[\w-]+:[\w-]+:[\w-]*:\d*:./.test(arn)) throw notAnArn(parameter);
  const queue = state.queueByArn(arn);
  if (queue === undefined) throw noSuchQueue(parameter);
  return queue;
}

/** The queue that a handle says its task takes from; null for a text that is no handle. */
function sourceIn(handle: string): string | null {
  const bytes = decodeBase64(handle);
  const written = bytes === null ? null : decodeUtf8(bytes);
  if (written === null) return null;
  try {
    const { taskId, sourceArn } = JSON.parse(written) as Record<string, unknown>;
    return typeof taskId === 'string' && typeof sourceArn === 'string' ? sourceArn : null;
  } catch {
    return null;
  }
}
