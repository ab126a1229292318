/**
 * What a distributed queue does now and then, as a setting: a message twice, out of order, not seen by a short poll, counted late.
 *
 * Off by default; then no number is drawn and a queue is exact. All chance is the world's, a stream for each fault of each queue, so one
 * seed repeats and one fault does not disturb another. Rules: docs/rules/sqs.md (SQS-110 to SQS-115). Not here: counts (countsLag.ts).
 */
import type { Random } from '../../core/time/random.ts';
import { type Due, DueHeap } from '../world/heap.ts';
import { type Message, messageStates } from './message.ts';

export interface SqsFaults {
  /** Of the messages handed out, those that are handed out once more while they are in flight. 0 to 1; standard queues only. */
  readonly duplicateShare: number;
  /** Of the messages whose turn it is, those that are passed over for a while, unless nothing else is there. 0 to 1; standard queues only. */
  readonly reorderShare: number;
  /** The longest while; each is drawn evenly from none to this. */
  readonly reorderSeconds: number;
  /** Of the visible messages, those that a short poll does not see, drawn for each poll. 0 to below 1; standard queues only. */
  readonly shortPollMissShare: number;
  /** The three Approximate attributes are up to this old, drawn for each look. 0 to 900. */
  readonly countsLagSeconds: number;
}

export const noFaults: SqsFaults = {
  duplicateShare: 0,
  reorderShare: 0,
  reorderSeconds: 5,
  shortPollMissShare: 0,
  countsLagSeconds: 0,
};

/** @throws RangeError that names the setting, what it was and what it may be */
export function checkFaults(faults: SqsFaults): void {
  check('duplicateShare', faults.duplicateShare, faults.duplicateShare <= 1, '0 to 1');
  check('reorderShare', faults.reorderShare, faults.reorderShare <= 1, '0 to 1');
  check('reorderSeconds', faults.reorderSeconds, faults.reorderSeconds <= 900, '0 to 900');
  // A poll that never sees anything would lose every message.
  check('shortPollMissShare', faults.shortPollMissShare, faults.shortPollMissShare < 1, '0 to below 1');
  check('countsLagSeconds', faults.countsLagSeconds, faults.countsLagSeconds <= 900, '0 to 900');
}

function check(name: keyof SqsFaults, value: number, fits: boolean, expected: string): void {
  if (!(value >= 0 && fits)) throw new RangeError(`SQS fault ${name} is ${value}; expected ${expected}.`);
}

/** A message whose turn has passed; the earliest that is over first. */
interface PassedOver extends Due {
  readonly message: Message;
}

/** The faults of one standard queue's deliveries. */
export class DeliveryFaults {
  faults: SqsFaults;
  readonly #duplicates: Random;
  readonly #order: Random;
  readonly #shortPolls: Random;
  readonly #again = new Set<Message>();
  readonly #passedOver = new DueHeap<PassedOver>();

  /** @param random of this queue alone */
  constructor(faults: SqsFaults, random: Random) {
    this.faults = faults;
    this.#duplicates = random.stream('duplicates');
    this.#order = random.stream('order');
    this.#shortPolls = random.stream('short polls');
  }

  /** A message was handed out, not as a duplicate. */
  handedOut(message: Message): void {
    const { duplicateShare } = this.faults;
    if (duplicateShare > 0 && this.#duplicates.next() < duplicateShare) this.#again.add(message);
  }

  /** Whether anything may be handed out once more. */
  get hasDuplicates(): boolean {
    return this.#again.size > 0;
  }

  /** A message in flight that the next receiver gets, too. */
  takeDuplicate(): Message | undefined {
    for (const message of this.#again) {
      this.#again.delete(message);
      if (message.state === messageStates.inFlight) return message;
    }
    return undefined;
  }

  /** Whether the message whose turn it is waits here instead. */
  passesOver(message: Message, nowMs: number): boolean {
    const { reorderShare, reorderSeconds } = this.faults;
    if (reorderShare === 0 || this.#order.next() >= reorderShare) return false;
    this.#passedOver.push({ atMs: nowMs + this.#order.next() * reorderSeconds * 1_000, order: 0, message });
    return true;
  }

  /** A message that was passed over for long enough. */
  takeDue(nowMs: number): Message | undefined {
    for (let top = this.#passedOver.peek(); top !== undefined && top.atMs <= nowMs; top = this.#passedOver.peek()) {
      this.#passedOver.pop();
      if (top.message.state === messageStates.visible) return top.message;
    }
    return undefined;
  }

  /** Nothing else is there: no message is passed over for nobody's sake. */
  takeAny(): Message | undefined {
    return this.takeDue(Number.POSITIVE_INFINITY);
  }

  /** Whether a short poll does not ask the server that has this message. */
  missedByShortPoll(): boolean {
    const { shortPollMissShare } = this.faults;
    return shortPollMissShare > 0 && this.#shortPolls.next() < shortPollMissShare;
  }

  clear(): void {
    this.#again.clear();
    this.#passedOver.clear();
  }
}
