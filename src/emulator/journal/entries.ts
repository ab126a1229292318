/**
 * What the lines of a state file say, written and read: requests in their order, each with its virtual instant.
 *
 *     H INDEX JSON              a head (heads.ts); later lines name it by its index
 *     R TIME INDEX BODY         a request; B: the body in Base64; RG, BG: its client was gone already
 *     Q TIME                    a request that changed nothing (traceless.ts)
 *     L TIME ORDINAL            the client of the n-th request went away while it waited
 *     P TIME                    somebody looked into the queues without a request (looking settles what is due)
 *     O TIME NUMBER JSON        how the n-th post to an endpoint outside ended (outside.ts)
 *     F TIME JSON               where Lambda functions run from here on
 *     T TIME                    the clock got here and somebody saw it
 *     C TIME JSON               the pace of the clock from here on, and the host's clock
 *
 * TIME is `+n`, milliseconds after the entry before, or epoch milliseconds. Pure: framing is lines.ts, files are stateFile.ts.
 */
import { isUtf8 } from 'node:buffer';
import { type Head, headText } from './heads.ts';
import type { LineWriter } from './lines.ts';
import type { PostResult } from './outside.ts';

export interface ClockFacts {
  /** Virtual seconds per real second; 0 is held. */
  readonly speed: number;
  /** The speed the emulator was started with, which may have been changed since. */
  readonly startedWith: number;
  /** The host's clock at this entry. */
  readonly hostMs: number;
}

export type Entry =
  | {
      readonly kind: 'request';
      readonly atMs: number;
      readonly head: Head;
      readonly body: Uint8Array;
      readonly gone: boolean;
    }
  | { readonly kind: 'traceless'; readonly atMs: number }
  | { readonly kind: 'left'; readonly atMs: number; readonly ordinal: number }
  | { readonly kind: 'looked'; readonly atMs: number }
  | { readonly kind: 'posted'; readonly atMs: number; readonly number: number; readonly result: PostResult }
  | { readonly kind: 'functions'; readonly atMs: number; readonly urls: Readonly<Record<string, string>> }
  | { readonly kind: 'time'; readonly atMs: number }
  | { readonly kind: 'clock'; readonly atMs: number; readonly facts: ClockFacts };

/** Heads that are known by number at a time; then counting begins anew. */
const mostHeads = 4096;

export class EntryWriter {
  readonly #lines: LineWriter;
  #lastMs: number;
  /** Numbers are given anew by each process: what one before gave is overwritten. A head is known by its object. */
  readonly #heads = new Map<Head, number>();
  #before: { readonly lastMs: number; readonly newHeads: Head[] };

  constructor(lines: LineWriter, lastMs: number) {
    this.#lines = lines;
    this.#lastMs = lastMs;
    this.#before = { lastMs, newHeads: [] };
  }

  /** The last instant the file knows, once what was added is written. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** What was added; good until more is. */
  get lines(): Uint8Array {
    return this.#lines.lines;
  }

  add(entry: Entry): void {
    switch (entry.kind) {
      case 'request':
        return this.#addRequest(entry);
      case 'traceless':
        return this.#lines.add(`Q ${this.#time(entry.atMs)}`);
      case 'left':
        return this.#lines.add(`L ${this.#time(entry.atMs)} ${entry.ordinal}`);
      case 'looked':
        return this.#lines.add(`P ${this.#time(entry.atMs)}`);
      case 'posted':
        return this.#lines.add(`O ${this.#time(entry.atMs)} ${entry.number} `, json(entry.result));
      case 'functions':
        return this.#lines.add(`F ${this.#time(entry.atMs)} `, json(entry.urls));
      case 'time':
        return this.#lines.add(`T ${this.#time(entry.atMs)}`);
      case 'clock':
        return this.#lines.add(`C ${this.#time(entry.atMs)} `, json(entry.facts));
    }
  }

  /** What was added since is in the file. */
  written(): void {
    this.#before = { lastMs: this.#lastMs, newHeads: [] };
    this.#lines.written();
  }

  /** What was added since is not in the file and shall not get there. */
  forget(): void {
    this.#lastMs = this.#before.lastMs;
    for (const head of this.#before.newHeads) this.#heads.delete(head);
    this.#before = { lastMs: this.#lastMs, newHeads: [] };
    this.#lines.forget();
  }

  #addRequest({ atMs, head, body, gone }: Entry & { readonly kind: 'request' }): void {
    const index = this.#indexOf(head);
    const plain = isPlain(body);
    this.#lines.add(
      `${plain ? 'R' : 'B'}${gone ? 'G' : ''} ${this.#time(atMs)} ${index} `,
      plain ? body : Buffer.from(bufferOf(body).toString('base64'), 'latin1'),
    );
  }

  #indexOf(head: Head): number {
    const known = this.#heads.get(head);
    if (known !== undefined) return known;
    if (this.#heads.size >= mostHeads) this.#heads.clear();
    const index = this.#heads.size;
    this.#heads.set(head, index);
    this.#before.newHeads.push(head);
    this.#lines.add(`H ${index} `, Buffer.from(headText(head), 'utf8'));
    return index;
  }

  #time(atMs: number): string {
    const lastMs = this.#lastMs;
    this.#lastMs = atMs;
    return Number.isSafeInteger(atMs) && Number.isSafeInteger(lastMs) && atMs >= lastMs
      ? `+${atMs - lastMs}`
      : String(atMs);
  }
}

export class EntryReader {
  #lastMs: number;
  readonly #heads: Head[] = [];

  constructor(startMs: number) {
    this.#lastMs = startMs;
  }

  get lastMs(): number {
    return this.#lastMs;
  }

  /**
   * @returns null for a head, which only later lines need
   * @throws Error for a content no writer of this version makes
   */
  read(content: Buffer): Entry | null {
    const front = content.toString('latin1', 0, 64);
    if (front.startsWith('H ')) return this.#readHead(content);
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
        const head = this.#heads[Number(number)];
        if (head === undefined) throw notAnEntry(front);
        const body = kind.startsWith('R') ? rest : Buffer.from(rest.toString('latin1'), 'base64');
        return { kind: 'request', atMs, head, body, gone: kind.endsWith('G') };
      }
    }
  }

  #readHead(content: Buffer): null {
    const space = content.indexOf(0x20, 2);
    this.#heads[Number(content.toString('latin1', 2, space))] = parsed(content.subarray(space + 1)) as Head;
    return null;
  }

  #at(time: string): number {
    this.#lastMs = time.startsWith('+') ? this.#lastMs + Number(time) : Number(time);
    return this.#lastMs;
  }
}

const notAnEntry = (front: string): Error => new Error(`not an entry: ${JSON.stringify(front)}`);

const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');
const parsed = (text: Buffer): unknown => JSON.parse(text.toString('utf8'));

/** Text that keeps to its line; anything else is written in Base64. */
const isPlain = (body: Uint8Array): boolean => body.indexOf(0x0a) < 0 && isUtf8(body);

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
