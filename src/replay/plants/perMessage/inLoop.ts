/**
 * The per-message plant in the closed loop: the recorded minutes as single messages, the candidate's instances as workers.
 *
 * Slower than the flow by some hundred times: for confirming what the flow found, not for sweeps. Rules: docs/rules/replay.md
 * (REP-50 to REP-60).
 */
import { exponential } from '../../../core/distributions/index.ts';
import { type Random, seededRandom } from '../../../core/time/random.ts';
import type { Plant } from '../plant.ts';
import { type ArrivalSpread, arrivalsOfMinutes } from './arrivals.ts';
import { MessagePlant } from './plant.ts';
import type { MessageCounts, QueueBehaviour, WorkBehaviour } from './types.ts';

export interface MessagesOptions {
  /** The same seed gives the same run. */
  readonly seed: number;
  /** Default: by chance, which is Poisson traffic with the recorded minutes. */
  readonly spread?: ArrivalSpread;
  readonly queue?: QueueBehaviour;
  /** Of a FIFO queue: each message is in one of so many, by chance. Default: all in one. */
  readonly fifoGroups?: number;
  /** Default service time: exponential, its mean such that instances have the assumed throughput. */
  readonly work?: Partial<WorkBehaviour>;
}

export interface InLoopInput extends MessagesOptions {
  /** Per minute, no NaN, none negative; fractions are carried on. */
  readonly arrivals: ArrayLike<number>;
  /** Messages at the start, and the age of the oldest; they were sent evenly over that time (REP-13). */
  readonly backlog: number;
  readonly oldestAgeSeconds: number;
  readonly servicePerInstanceSecond: number;
}

export class MessagesInLoop implements Plant {
  instances = 0;
  servicePerSecond = 0;
  shownBacklog: number;
  shownAgeSeconds: number;
  readonly #plant: MessagePlant;
  #receivedBefore = 0;

  constructor(input: InLoopInput) {
    const random = seededRandom(input.seed, 'messages');
    const { spread = { kind: 'chance' }, work = {}, queue, fifoGroups = 1 } = input;
    const before = sentBefore(Math.round(input.backlog), input.oldestAgeSeconds);
    const during = arrivalsOfMinutes(input.arrivals, spread, random.stream('arrivals'));
    const sentSeconds = new Float64Array(before.length + during.length);
    sentSeconds.set(before);
    sentSeconds.set(during, before.length);
    const { concurrencyPerInstance = 1 } = work;
    this.#plant = new MessagePlant({
      sentSeconds,
      ...(fifoGroups > 1 ? { groups: groupsByChance(sentSeconds.length, fifoGroups, random.stream('groups')) } : {}),
      ...(queue === undefined ? {} : { queue }),
      work: { service: exponential(concurrencyPerInstance / input.servicePerInstanceSecond), ...work },
      keepsSojourns: false,
      instances: 0,
      random,
    });
    this.shownBacklog = this.#plant.visible;
    this.shownAgeSeconds = this.#plant.ageSeconds;
  }

  get counts(): MessageCounts {
    return this.#plant.counts;
  }
  get processed(): number {
    return this.#plant.processed;
  }
  get peakBacklog(): number {
    return this.#plant.peakBacklog;
  }
  get worstAgeSeconds(): number {
    return this.#plant.worstAgeSeconds;
  }
  get drainedAtSeconds(): number {
    return this.#plant.drainedAtSeconds;
  }
  get minutePeakBacklog(): number {
    return this.#plant.minutePeakBacklog;
  }
  get minuteLeastBacklog(): number {
    return this.#plant.minuteLeastBacklog;
  }
  get minuteWorstAgeSeconds(): number {
    return this.#plant.minuteWorstAgeSeconds;
  }
  get minuteLeastAgeSeconds(): number {
    return this.#plant.minuteLeastAgeSeconds;
  }
  get minuteBacklogSeconds(): number {
    return this.#plant.minuteBacklogSeconds;
  }
  get minuteAgeSeconds(): number {
    return this.#plant.minuteAgeSeconds;
  }
  get minuteProcessed(): number {
    return this.#plant.minuteProcessed;
  }
  /** Messages in flight, mean of the minute. */
  get minuteInFlight(): number {
    return this.#plant.minuteNotVisibleSeconds / 60;
  }

  get visible(): number {
    return this.#plant.visible;
  }
  get notVisible(): number {
    return this.#plant.notVisible;
  }
  /** Receives of the minute, those of messages that came back among them. */
  get minuteReceived(): number {
    return this.#plant.counts.received - this.#receivedBefore;
  }

  beginMinute(): void {
    this.#receivedBefore = this.#plant.counts.received;
    this.#plant.beginMinute();
  }

  advance(_minute: number, toSeconds: number): void {
    if (this.instances !== this.#plant.instances) this.#plant.setInstances(this.instances);
    this.#plant.advance(toSeconds);
  }

  endMinute(): void {
    this.shownBacklog = this.#plant.visible;
    this.shownAgeSeconds = this.#plant.ageSeconds;
  }

  waitSeconds(): Float64Array {
    return this.#plant.waitSeconds();
  }
}

function groupsByChance(messages: number, groups: number, random: Random): Int32Array {
  return Int32Array.from({ length: messages }, () => Math.floor(random.next() * groups));
}

/** Instants before 0, oldest first. */
function sentBefore(count: number, oldestAgeSeconds: number): Float64Array {
  // There at the start even when they have no age: just before it.
  return Float64Array.from({ length: count }, (_, index) => Math.min(-1e-6, -oldestAgeSeconds * (1 - index / count)));
}
