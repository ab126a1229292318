/**
 * The messages of a queue by their sequence numbers, in a table of open addressing.
 *
 * A Map is replaced by a new one after some hundred deletions, and an old one that the engine has aged keeps all that it ever referred to until
 * the next full collection: at a hundred thousand messages a second every body would outlive its message. Here places are used again.
 */
import type { Message } from './message.ts';

const leastPlaces = 64;

export class MessageTable {
  /** A power of two, at most three quarters of them taken, so that a search is short. */
  #places: (Message | undefined)[] = new Array(leastPlaces).fill(undefined);
  /** 32 less the bits of a place's number. */
  #shift = 26;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(sequence: number): Message | undefined {
    const places = this.#places;
    const mask = places.length - 1;
    for (let place = homeOf(sequence, this.#shift); ; place = (place + 1) & mask) {
      const message = places[place];
      if (message === undefined || message.sequence === sequence) return message;
    }
  }

  /** In place of one with the same sequence, if there is one. */
  set(message: Message): void {
    if (4 * (this.#size + 1) > 3 * this.#places.length) this.#resize(2 * this.#places.length);
    this.#put(message);
  }

  delete(sequence: number): void {
    const places = this.#places;
    const mask = places.length - 1;
    let hole = homeOf(sequence, this.#shift);
    for (; places[hole]?.sequence !== sequence; hole = (hole + 1) & mask) if (places[hole] === undefined) return;
    // What was put behind because this place was taken moves up, so that a search never stops too early.
    for (let place = (hole + 1) & mask; ; place = (place + 1) & mask) {
      const message = places[place];
      if (message === undefined) break;
      const home = homeOf(message.sequence, this.#shift);
      if (((place - home) & mask) < ((place - hole) & mask)) continue;
      places[hole] = message;
      hole = place;
    }
    places[hole] = undefined;
    this.#size--;
    if (places.length > leastPlaces && 16 * this.#size < places.length) this.#resize(places.length / 2);
  }

  #put(message: Message): void {
    const places = this.#places;
    const mask = places.length - 1;
    let place = homeOf(message.sequence, this.#shift);
    for (; places[place] !== undefined; place = (place + 1) & mask) {
      if (places[place]!.sequence !== message.sequence) continue;
      places[place] = message;
      return;
    }
    places[place] = message;
    this.#size++;
  }

  #resize(length: number): void {
    const before = this.#places;
    this.#places = new Array(length).fill(undefined);
    this.#shift = 32 - Math.log2(length);
    this.#size = 0;
    for (let place = 0; place < before.length; place++) {
      const message = before[place];
      if (message === undefined) continue;
      this.#put(message);
      before[place] = undefined;
    }
  }
}

/** Fibonacci hashing: sequence numbers grow evenly, and this spreads what grows evenly; the upper bits are the mixed ones. */
const homeOf = (sequence: number, shift: number): number => Math.imul(sequence | 0, 0x9e3779b1) >>> shift;
