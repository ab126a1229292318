/**
 * What a body has in common with the one before it under the same head: a program says nearly the same again and again.
 *
 * Pure. A reader remembers every body that the writer may, so that only what lies between a common beginning and a common end needs to be
 * written. Both are cut between characters: what is written stays text.
 */

import { isUtf8 } from 'node:buffer';

/** Longer ones are neither remembered nor compared: it would cost more than it saves. */
const longestBytes = 8 * 1024;
/** What telling the two lengths takes, about. */
const leastCommonBytes = 12;

/** Bytes at the beginning and at the end that are those of the body before. */
export interface Common {
  readonly beginning: number;
  readonly end: number;
}

/** In memory of its own, which is used again: every request has a body. */
interface Remembered {
  bytes: Buffer;
  /** -1: nothing is remembered. */
  length: number;
}

export class LastBodies {
  readonly #mostBytes: number;
  /** By the number of the head. */
  readonly #bodies: (Remembered | undefined)[] = [];
  #heldBytes = 0;

  /** @param mostBytes all are forgotten when they would take more: for a writer. A reader has to know what any writer knew */
  constructor(mostBytes = Number.POSITIVE_INFINITY) {
    this.#mostBytes = mostBytes;
  }

  /** Of memory. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** @param body text; its bytes are copied */
  remember(head: number, body: Uint8Array): void {
    if (body.length > longestBytes) return;
    let last = this.#bodies[head];
    if (last === undefined || last.bytes.length < body.length) last = this.#hold(head, body.length);
    last.bytes.set(body);
    last.length = body.length;
  }

  /** The head's number is another head's from now on, or what was remembered is not in the file. */
  forget(head: number): void {
    const last = this.#bodies[head];
    if (last !== undefined) last.length = -1;
  }

  clear(): void {
    this.#bodies.length = 0;
    this.#heldBytes = 0;
  }

  /** @returns null when there is too little in common */
  common(head: number, body: Uint8Array): Common | null {
    const last = this.#bodies[head];
    if (last === undefined || last.length < 0 || body.length > longestBytes) return null;
    const { bytes, length } = last;
    const shorter = Math.min(length, body.length);
    let beginning = 0;
    while (beginning < shorter && bytes[beginning] === body[beginning]) beginning++;
    let end = 0;
    const most = shorter - beginning;
    while (end < most && bytes[length - 1 - end] === body[body.length - 1 - end]) end++;
    while (beginning > 0 && !beginsCharacter(body, beginning)) beginning--;
    while (end > 0 && !beginsCharacter(body, body.length - end)) end--;
    return beginning + end < leastCommonBytes ? null : { beginning, end };
  }

  /** The body that has this in common with the one before. @throws RangeError where there is none, or it is shorter */
  restore(head: number, { beginning, end }: Common, between: Uint8Array): Buffer {
    const last = this.#bodies[head];
    if (last === undefined || beginning + end > last.length) throw new RangeError('no such body before');
    const { bytes, length } = last;
    return Buffer.concat([bytes.subarray(0, beginning), between, bytes.subarray(length - end, length)]);
  }

  /** Memory for a body of that length, and for somewhat longer ones. */
  #hold(head: number, length: number): Remembered {
    const size = Math.min(longestBytes, Math.max(256, 2 * length));
    if (this.#heldBytes + size > this.#mostBytes) this.clear();
    this.#heldBytes += size - (this.#bodies[head]?.bytes.length ?? 0);
    const held: Remembered = { bytes: Buffer.allocUnsafeSlow(size), length: -1 };
    this.#bodies[head] = held;
    return held;
  }
}

/** In UTF-8 the further bytes of a character are 10xxxxxx. The end of the text counts as a beginning. */
const beginsCharacter = (text: Uint8Array, at: number): boolean => at >= text.length || (text[at]! & 0xc0) !== 0x80;

/** Text that keeps to its line; anything else is written in Base64. */
export const isPlain = (body: Uint8Array): boolean =>
  (body.length <= fewBytes && isAsciiLine(body)) || (body.indexOf(0x0a) < 0 && isUtf8(body));

/** Up to here a look at each byte takes less than two calls out of the engine. */
const fewBytes = 64;

function isAsciiLine(body: Uint8Array): boolean {
  for (let at = 0; at < body.length; at++) if (body[at]! < 0x20 || body[at]! > 0x7e) return false;
  return true;
}
