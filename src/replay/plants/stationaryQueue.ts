/**
 * The queue that chance keeps up: what a flow at a steady load does not show (REP-16, MODEL-21).
 *
 * Poisson traffic below capacity has a mean queue of its own (Erlang C; Allen and Cunneen for other service times). An M/M
 * queue forgets where it was in (sqrt(c mu) - sqrt(lambda))^-2. Arrivals are averaged over some times that: single minutes are
 * chance themselves, and what they bring the flow shows already. And the mean queue is approached at that rate, so that a
 * load near saturation does not conjure up a queue that would take hours to build. Above capacity it is left as it is: there
 * the flow itself is right. It changes what is shown, never what is processed.
 */
import { allenCunneen } from '../../core/queueing/allenCunneen.ts';

export interface StationaryQueueOptions {
  /** Squared coefficient of variation of service times: 0 constant, 1 exponential. Default 1. */
  readonly serviceScv?: number;
  /** Of the times between arrivals: 1 for Poisson traffic. Default 1. */
  readonly arrivalScv?: number;
  /** Messages one instance works on at once. Default 1. */
  readonly concurrencyPerInstance?: number;
}

/**
 * Arrivals are averaged over this many times the memory. Measured against the per-message plant: with one, chance minutes make
 * a queue at 80 % load seem 1.7 times as long, with five 1.25 times; more changes little and answers later.
 */
const MEMORIES_AVERAGED = 5;
/** Bounds of the time over which arrivals are averaged: a minute is the recording's grain, an hour the day's. */
const SHORTEST_MEAN_SECONDS = 60;
const LONGEST_MEAN_SECONDS = 3_600;

export class StationaryQueue {
  /** Mean number waiting now, as far as it has settled. */
  waiting = 0;
  /** Age of the oldest of them now, seconds: waiting over arrivals (Little). */
  ageSeconds = 0;
  /** Of the current minute; `beginMinute` restarts them. */
  minuteMost = 0;
  minuteLeast = 0;
  minuteWaitingSeconds = 0;
  minuteWorstAgeSeconds = 0;
  minuteLeastAgeSeconds = 0;
  minuteAgeSeconds = 0;
  readonly #serviceScv: number;
  readonly #arrivalScv: number;
  readonly #concurrency: number;
  /** Mean arrivals; NaN before the first minute. What came in the current minute counts from the next one on. */
  #meanPerSecond = Number.NaN;
  #minuteSeconds = 0;
  #minuteArrivals = 0;
  #servicePerSecond = 0;
  #loadOf = { arrivals: Number.NaN, service: Number.NaN, servers: Number.NaN };
  #target = 0;

  constructor({ serviceScv = 1, arrivalScv = 1, concurrencyPerInstance = 1 }: StationaryQueueOptions) {
    this.#serviceScv = serviceScv;
    this.#arrivalScv = arrivalScv;
    this.#concurrency = concurrencyPerInstance;
  }

  beginMinute(): void {
    this.#averageArrivals();
    this.minuteMost = this.waiting;
    this.minuteLeast = this.waiting;
    this.minuteWaitingSeconds = 0;
    this.minuteWorstAgeSeconds = this.ageSeconds;
    this.minuteLeastAgeSeconds = this.ageSeconds;
    this.minuteAgeSeconds = 0;
  }

  #averageArrivals(): void {
    if (this.#minuteSeconds === 0) return;
    const gap = Math.sqrt(this.#servicePerSecond) - Math.sqrt(this.#meanPerSecond);
    const wantedSeconds = gap > 0 ? MEMORIES_AVERAGED * gap ** -2 : LONGEST_MEAN_SECONDS;
    const over = Math.min(LONGEST_MEAN_SECONDS, Math.max(SHORTEST_MEAN_SECONDS, wantedSeconds));
    const left = Math.exp(-this.#minuteSeconds / over);
    this.#meanPerSecond = (this.#minuteArrivals / this.#minuteSeconds) * (1 - left) + this.#meanPerSecond * left;
    this.#minuteSeconds = 0;
    this.#minuteArrivals = 0;
  }

  /**
   * Some seconds at constant rates.
   *
   * @param servicePerSecond what all instances do together
   */
  advance(seconds: number, arrivalsPerSecond: number, servicePerSecond: number, instances: number): void {
    if (Number.isNaN(this.#meanPerSecond)) this.#meanPerSecond = arrivalsPerSecond;
    this.#minuteSeconds += seconds;
    this.#minuteArrivals += seconds * arrivalsPerSecond;
    this.#servicePerSecond = servicePerSecond;
    const before = this.waiting;
    const arriving = this.#meanPerSecond;
    let held = before * seconds;
    if (servicePerSecond > arriving) {
      const target = this.#steadyWaiting(arriving, servicePerSecond, instances * this.#concurrency);
      const rate = (Math.sqrt(servicePerSecond) - Math.sqrt(arriving)) ** 2;
      const left = Math.exp(-rate * seconds);
      this.waiting = target + (before - target) * left;
      held = target * seconds + ((before - target) * (1 - left)) / rate;
    }
    this.minuteWaitingSeconds += held;
    this.minuteMost = Math.max(this.minuteMost, this.waiting);
    this.minuteLeast = Math.min(this.minuteLeast, this.waiting);
    const perMessage = arriving > 0 ? 1 / arriving : 0;
    this.ageSeconds = this.waiting * perMessage;
    this.minuteAgeSeconds += held * perMessage;
    this.minuteWorstAgeSeconds = Math.max(this.minuteWorstAgeSeconds, this.ageSeconds);
    this.minuteLeastAgeSeconds = Math.min(this.minuteLeastAgeSeconds, this.ageSeconds);
  }

  /** Erlang's recursion takes a step per server: not again for the same load. */
  #steadyWaiting(arrivals: number, service: number, servers: number): number {
    const known = this.#loadOf;
    if (known.arrivals !== arrivals || known.service !== service || known.servers !== servers) {
      this.#loadOf = { arrivals, service, servers };
      const load = { arrivalsPerSecond: arrivals, servicePerSecond: service / servers, servers };
      this.#target = allenCunneen(load, this.#serviceScv, this.#arrivalScv).meanWaiting;
    }
    return this.#target;
  }
}
