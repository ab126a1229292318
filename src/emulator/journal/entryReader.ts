/**
 * The lines of a state file read: what entries.ts writes, in the same order and with the same memory of heads and bodies.
 *
 * Pure. What is done with an entry is playBack.ts.
 */
import { LastBodies } from './bodies.ts';
import type { ClockFacts, Entry } from './entries.ts';
import type { Head } from './heads.ts';
import type { PostResult } from './outside.ts';
import { type PollRequest, readQuiet } from './quiet.ts';

export class EntryReader {
  #lastMs: number;
  readonly #heads: Head[] = [];
  readonly #bodies = new LastBodies();
  readonly #polls: PollRequest[] = [];

  constructor(startMs: number) {
    this.#lastMs = startMs;
  }

  get lastMs(): number {
    return this.#lastMs;
  }

  /**
   * @returns null for what only later lines need
   * @throws Error for a content no writer of this version makes
   */
  read(content: Buffer): Entry | null {
    const front = content.toString('latin1', 0, 64);
    switch (front.slice(0, 2)) {
      case 'H ':
        return this.#readHead(content);
      case 'D ':
        return this.#readDifference(content, front);
      case 'N ':
        return this.#readPoll(content, front);
      case 'E ':
        return this.#readQuiet(content, front);
    }
    if (front.startsWith('-')) return null;
    const found = /^([RB]G?|[QLPOFTC]) (\+\d+|\d+(?:\.\d+)?)(?: (\d+)(?= |$))?/.exec(front);
    if (found === null) throw notAnEntry(front);
    const [whole, kind = '', time = '', number] = found;
    const atMs = this.#at(time);
    const rest = content.subarray(whole.length + 1);
    switch (kind) {
      case 'Q':
        return { kind: 'traceless', atMs };
      case 'L':
        return { kind: 'left', atMs, ordinal: Number(number) };
      case 'P':
        return { kind: 'looked', atMs };
      case 'O':
        return { kind: 'posted', atMs, number: Number(number), result: parsed(rest) as PostResult };
      case 'F':
        return { kind: 'functions', atMs, urls: parsed(rest) as Record<string, string> };
      case 'T':
        return { kind: 'time', atMs };
      case 'C':
        return { kind: 'clock', atMs, facts: parsed(rest) as ClockFacts };
      default: {
        const index = Number(number);
        const head = this.#headAt(index, front);
        const body = kind.startsWith('R') ? rest : Buffer.from(rest.toString('latin1'), 'base64');
        if (kind === 'R') this.#bodies.remember(index, body);
        return { kind: 'request', atMs, head, body, gone: kind.endsWith('G') };
      }
    }
  }

  #readHead(content: Buffer): null {
    const space = content.indexOf(0x20, 2);
    const index = Number(content.toString('latin1', 2, space));
    this.#heads[index] = parsed(content.subarray(space + 1)) as Head;
    this.#bodies.forget(index);
    return null;
  }

  #readDifference(content: Buffer, front: string): Entry {
    const found = /^D (\+\d+|\d+(?:\.\d+)?) (\d+) (\d+) (\d+) /.exec(front);
    if (found === null) throw notAnEntry(front);
    const [whole, time = '', number, beginning, end] = found;
    const index = Number(number);
    const head = this.#headAt(index, front);
    const common = { beginning: Number(beginning), end: Number(end) };
    const body = this.#bodies.restore(index, common, content.subarray(whole.length));
    this.#bodies.remember(index, body);
    return { kind: 'request', atMs: this.#at(time), head, body, gone: false };
  }

  #readPoll(content: Buffer, front: string): null {
    const found = /^N (\d+) (\d+) /.exec(front);
    if (found === null) throw notAnEntry(front);
    const head = this.#headAt(Number(found[2]), front);
    this.#polls[Number(found[1])] = { head, body: Buffer.from(content.subarray(found[0].length)) };
    return null;
  }

  #readQuiet(content: Buffer, front: string): Entry {
    const entry = readQuiet(content.toString('latin1', 2), this.#lastMs, (number) => this.#polls[number]);
    if (entry === undefined) throw notAnEntry(front);
    this.#lastMs = entry.atMs;
    return entry;
  }

  #headAt(index: number, front: string): Head {
    const head = this.#heads[index];
    if (head === undefined) throw notAnEntry(front);
    return head;
  }

  #at(time: string): number {
    this.#lastMs = time.startsWith('+') ? this.#lastMs + Number(time) : Number(time);
    return this.#lastMs;
  }
}

const notAnEntry = (front: string): Error => new Error(`not an entry: ${JSON.stringify(front)}`);

const parsed = (text: Buffer): unknown => JSON.parse(text.toString('utf8'));
