/**
 * A queue as API actions and the simulated fleet use it. What it holds: heldMessages.ts; sends: sends.ts; receives: receiving.ts, and those that
 * wait, waitingReceivers.ts; deleting and visibility: receipts.ts.
 *
 * Synchronous and without wire. Not here: validation of requests (actions/), attribute texts (settings.ts), CloudWatch (queueMetrics.ts).
 */
import type { QueueKind } from '../../core/queue/metrics.ts';
import type { Random } from '../../core/time/random.ts';
import type { World } from '../world/world.ts';
import type { FairCounts, QueueCounts } from './counts.ts';
import type { SqsFaults } from './faults.ts';
import { HeldMessages } from './heldMessages.ts';
import type { Message } from './message.ts';
import { deadLetter, redriven } from './movedMessage.ts';
import { QueueFaults } from './queueFaults.ts';
import { createTraffic, type QueueTraffic } from './queueMetrics.ts';
import type { QueueHost, QueueOptions } from './queueOptions.ts';
import { Receipts } from './receipts.ts';
import { type Received, Receiving } from './receiving.ts';
import { type SendInput, Sends } from './sends.ts';
import type { QueueSettings } from './settings.ts';
import { WaitingReceivers } from './waitingReceivers.ts';

export type { FairCounts, QueueCounts } from './counts.ts';
export { maxVisibilityTimeoutSeconds } from './receipts.ts';
export { maxInFlight, type Received } from './receiving.ts';
export type { SendInput } from './sends.ts';

export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly kind: QueueKind;
  readonly createdAtMs: number;
  readonly tags = new Map<string, string>();
  readonly traffic: QueueTraffic;
  settings: QueueSettings;
  settingsChangedAtMs: number;
  /** Last call of any kind: metrics stop six hours later unless messages remain. */
  lastCallMs: number;
  lastPurgeMs: number | null = null;

  readonly #host: QueueHost;
  readonly #world: World;
  readonly #held: HeldMessages;
  readonly #receiving: Receiving;
  readonly #waiting: WaitingReceivers;
  readonly #receipts: Receipts;
  readonly #sends: Sends;
  readonly #faults: QueueFaults;

  constructor(options: QueueOptions) {
    const { host, settings, key } = options;
    this.name = options.name;
    this.arn = options.arn;
    this.#host = host;
    this.#world = host.world;
    this.settings = settings;
    this.kind = settings.fifo === null ? 'standard' : 'fifo';
    this.createdAtMs = this.#world.nowMs();
    this.settingsChangedAtMs = this.createdAtMs;
    this.lastCallMs = this.createdAtMs;
    this.traffic = createTraffic();
    this.#held = new HeldMessages(this.kind);
    this.#sends = new Sends(this, this.#held, host.nextSequence);
    this.#receipts = new Receipts(this.#held, key);
    this.#receiving = new Receiving(this, this.#held, key, host.queueByArn);
    this.#waiting = new WaitingReceivers(this.#world, this.#held, this.#receiving);
    this.#held.watcher = this.#waiting;
    const chance = (of: string): Random => host.world.random.stream(`sqs faults/${this.arn}/${of}`);
    this.#faults = new QueueFaults(this.#held, this.#receiving, chance);
    if (host.faults !== undefined) this.changeFaults(host.faults);
  }

  get faults(): SqsFaults {
    return this.#faults.current;
  }

  /** From now on (SQS-110). @throws RangeError for a share or a time that cannot be */
  changeFaults(faults: SqsFaults): void {
    this.#faults.change(faults);
  }

  /** Attributes were changed. A FIFO queue's delay holds for the messages that are waiting, too (SQS-65). */
  changeSettings(settings: QueueSettings): void {
    const nowMs = this.#begin();
    const delayChanged = settings.delaySeconds !== this.settings.delaySeconds;
    this.settings = settings;
    this.settingsChangedAtMs = nowMs;
    if (this.kind === 'standard' || !delayChanged) return;
    this.#held.delay(settings.delaySeconds * 1_000, nowMs);
    this.#waiting.wakeForTimers();
  }

  /** @returns the message; a FIFO queue that got the same within five minutes stores nothing and gives one with the first one's sequence */
  send(input: SendInput): Message {
    return this.#sends.send(input, this.#begin());
  }

  /**
   * A short poll: what is there now, at most `max`.
   *
   * @param attemptId FIFO only: asked again with it within five minutes, the same messages are given once more (SQS-64)
   * @throws AwsError OverLimit when too many messages of a standard queue are in flight
   */
  receive(max: number, visibilityTimeoutSeconds?: number, attemptId?: string): Received[] {
    const nowMs = this.#begin();
    const received = this.#receiving.shortPoll(max, visibilityTimeoutSeconds, attemptId, nowMs);
    if (received.length === 0) this.traffic.emptyReceive();
    else this.#waiting.wakeForTimers();
    return received;
  }

  /**
   * A long poll in virtual time: `onMessages` is called once, with messages as soon as there are any, or with none after
   * `waitSeconds`. Messages that are there already come at this instant, but not before this call returns.
   *
   * @returns cancels the wait without a call
   */
  receiveWhenAvailable(
    max: number,
    waitSeconds: number,
    visibilityTimeoutSeconds: number | undefined,
    onMessages: (received: Received[]) => void,
    attemptId?: string,
  ): () => void {
    const untilMs = this.#begin() + waitSeconds * 1_000;
    return this.#waiting.wait({ max, visibilityTimeoutSeconds, attemptId }, untilMs, (received) => {
      if (received.length === 0) this.traffic.emptyReceive();
      onMessages(received);
    });
  }

  /**
   * Deleting twice, or with the handle of an earlier receive, succeeds; the latter changes nothing. A FIFO queue takes only the handle
   * of a message in flight, a standard queue none whose receive was more than twelve hours ago.
   *
   * @returns false for a handle that has expired: nothing is deleted
   * @throws AwsError ReceiptHandleIsInvalid for a text this queue never gave out
   */
  deleteMessage(receiptHandle: string): boolean {
    return this.#receipts.delete(receiptHandle, this.#begin(), this.traffic.deleted);
  }

  /**
   * Restarts the visibility timeout of one message in flight: it counts from now, 0 frees it at once. Of a standard queue any handle of
   * the message will do, and a message that is back stays as it is.
   *
   * @throws AwsError ReceiptHandleIsInvalid, InvalidParameterValue (gone, expired, or beyond twelve hours in all)
   */
  changeVisibility(receiptHandle: string, seconds: number): void {
    this.#receipts.changeVisibility(receiptHandle, seconds, this.#begin());
    this.#waiting.wakeForTimers();
  }

  /** Every message, in flight and delayed ones included. As quick for a million as for none. */
  purge(): void {
    const nowMs = this.#begin();
    this.lastPurgeMs = nowMs;
    this.#held.clear(nowMs);
    this.#receiving.clear();
    this.#sends.clear();
  }

  /** The queue is deleted: waiting receivers leave with nothing. */
  close(): void {
    this.purge();
    this.#waiting.sendAway();
  }

  /** Any other call: attributes, tags. Keeps the queue's metrics alive. */
  noteCall(): void {
    this.#begin();
  }

  /** Exact at this instant. Does not count as a call. */
  counts(): QueueCounts {
    this.#look();
    return this.#held.counts.exact();
  }

  /** What the Approximate attributes show: exact but for the fault of counts that lag. Does not count as a call. */
  approximateCounts(): QueueCounts {
    return this.#held.counts.approximate(this.#look());
  }

  /** Null unless this is a standard queue that has had messages with a group. Does not count as a call. */
  fairCounts(): FairCounts | null {
    const nowMs = this.#look();
    return this.#held.fair?.counts(this.#held.counts.exact(), nowMs) ?? null;
  }

  /** Every message in the order it came, hidden and delayed ones too: looking is neither a receive nor a call. */
  *peek(): Generator<Message> {
    this.#look();
    yield* this.#held.inOrder();
  }

  /** In whatever state; those past their retention may still be among them. */
  get size(): number {
    return this.#held.size;
  }

  /** About what its messages take of the heap. */
  get heapBytes(): number {
    return this.#held.heapBytes();
  }

  /** Long polls that wait at this instant. */
  get waitingReceivers(): number {
    return this.#waiting.size;
  }

  /** FIFO only: groups with messages in flight. */
  get groupsInFlight(): number | null {
    return this.#held.fifo?.groupsInFlight ?? null;
  }

  /** Age of the oldest message that is not being received over and over; null when there is none. */
  oldestMessageAgeMs(): number | null {
    const nowMs = this.#look();
    const oldest = this.#held.oldest();
    return oldest === undefined ? null : nowMs - oldest.enqueuedAtMs;
  }

  /** The next message a move task may take; undefined when none is visible and free. */
  firstToMove(): Message | undefined {
    return this.#receiving.firstToMove(this.#look());
  }

  /** What `firstToMove` gave is not moved after all. */
  keep(message: Message): void {
    this.#held.line.putBack(message);
  }

  /** Hands over what `firstToMove` gave (SQS-83). */
  moveOut(message: Message, destination: Queue): void {
    const nowMs = this.#world.nowMs();
    this.#held.drop(message, nowMs);
    const moved = redriven(message, this.#host.nextSequence(), nowMs);
    destination.#held.settle(nowMs);
    destination.#held.take(moved, destination.settings.delaySeconds * 1_000);
  }

  /** Takes a message another queue gives up on. Not a send: no sent metric. */
  takeDeadLetter(message: Message, fromArn: string): void {
    const nowMs = this.#world.nowMs();
    this.#held.settle(nowMs);
    this.#held.takeMoved(deadLetter(message, fromArn, this.kind, nowMs));
  }

  /** A call comes in. @returns now */
  #begin(): number {
    const nowMs = this.#world.nowMs();
    this.lastCallMs = nowMs;
    this.#held.settle(nowMs);
    return nowMs;
  }

  /** Somebody looks, which is not a call: everything is as it is at this instant. @returns now */
  #look(): number {
    const nowMs = this.#world.nowMs();
    this.#held.settle(nowMs);
    this.#sends.forget(nowMs);
    this.#held.expire(nowMs - this.settings.messageRetentionSeconds * 1_000, nowMs);
    return nowMs;
  }
}
