/**
 * The queue that chance keeps up: what a flow at a steady load does not show (REP-16, MODEL-21).
 *
 * Poisson traffic below capacity has a mean queue of its own (Erlang C; Allen and Cunneen for other service times). This
 * mean is approached at the rate at which an M/M queue forgets, (sqrt(c mu) - sqrt(lambda))^2, so that a minute near
 * saturation does not conjure up a queue that would take hours to build. Above capacity it is left as it is: there
 * the flow itself is right. Exact between events; it changes what is shown, never what is processed.
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
  #loadOf = { arrivals: Number.NaN, service: Number.NaN, servers: Number.NaN };
  #target = 0;

  constructor({ serviceScv = 1, arrivalScv = 1, concurrencyPerInstance = 1 }: StationaryQueueOptions) {
    this.#serviceScv = serviceScv;
    this.#arrivalScv = arrivalScv;
    this.#concurrency = concurrencyPerInstance;
  }

  beginMinute(): void {
    this.minuteMost = this.waiting;
    this.minuteLeast = this.waiting;
    this.minuteWaitingSeconds = 0;
    this.minuteWorstAgeSeconds = this.ageSeconds;
    this.minuteLeastAgeSeconds = this.ageSeconds;
    this.minuteAgeSeconds = 0;
  }

  /**
   * Some seconds at constant rates.
   *
   * @param servicePerSecond what all instances do together
   */
  advance(seconds: number, arrivalsPerSecond: number, servicePerSecond: number, instances: number): void {
    const before = this.waiting;
    const spare = servicePerSecond - arrivalsPerSecond;
    let held = before * seconds;
    if (spare > 0) {
      const target = this.#steadyWaiting(arrivalsPerSecond, servicePerSecond, instances * this.#concurrency);
      const rate = (Math.sqrt(servicePerSecond) - Math.sqrt(arrivalsPerSecond)) ** 2;
      const left = Math.exp(-rate * seconds);
      this.waiting = target + (before - target) * left;
      held = target * seconds + ((before - target) * (1 - left)) / rate;
    }
    this.minuteWaitingSeconds += held;
    this.minuteMost = Math.max(this.minuteMost, this.waiting);
    this.minuteLeast = Math.min(this.minuteLeast, this.waiting);
    const perMessage = arrivalsPerSecond > 0 ? 1 / arrivalsPerSecond : 0;
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
