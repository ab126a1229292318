/**
 * What the lines of a state file say, written and read: requests in their order, each with its virtual instant.
 *
 *     H INDEX JSON              a head (heads.ts); later lines name it by its index
 *     R TIME INDEX BODY         a request; B: the body in Base64; RG, BG: its client was gone already
 *     D TIME INDEX B E BETWEEN  a request whose body begins with B bytes and ends with E bytes of the one before (bodies.ts)
 *     Q TIME                    a request that changed nothing (traceless.ts)
 *     N INDEX HEAD BODY         a receive (polls.ts); lines of the next kind name it by its index
 *     E ...                     many quiet requests (quiet.ts): the one line that is written anew in its place
 *     -...                      nothing: keeps the next line out of the border between two sectors
 *     L TIME ORDINAL            the client of the n-th request went away while it waited
 *     P TIME                    somebody looked into the queues without a request (looking settles what is due)
 *     O TIME NUMBER JSON        how the n-th post to an endpoint outside ended (outside.ts)
 *     F TIME JSON               where Lambda functions run from here on
 *     T TIME                    the clock got here and somebody saw it
 *     C TIME JSON               the pace of the clock from here on, and the host's clock
 *
 * Many lines packed into one are packed.ts. TIME is `+n`, milliseconds after the entry before, or epoch milliseconds. Pure: framing is lines.ts, files are stateFile.ts.
 */
import { isPlain, LastBodies } from './bodies.ts';
import { type Head, headText } from './heads.ts';
import { type LineWriter, lineBytes } from './lines.ts';
import type { PostResult } from './outside.ts';
import { type PollRequest, type QuietEntry, quietText } from './quiet.ts';

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
  | QuietEntry
  | { readonly kind: 'left'; readonly atMs: number; readonly ordinal: number }
  | { readonly kind: 'looked'; readonly atMs: number }
  | { readonly kind: 'posted'; readonly atMs: number; readonly number: number; readonly result: PostResult }
  | { readonly kind: 'functions'; readonly atMs: number; readonly urls: Readonly<Record<string, string>> }
  | { readonly kind: 'time'; readonly atMs: number }
  | { readonly kind: 'clock'; readonly atMs: number; readonly facts: ClockFacts };

/** Of bodies that are remembered. Those of usual programs take some kilobytes. */
export const mostBodyBytes = 8 * 1024 * 1024;
/** Heads, and receives, that are known by number at a time; then counting begins anew. */
const mostNumbered = 4096;
/** Written whole or not at all by any disk; a page of the kernel's is a multiple of it. */
const sectorBytes = 512;
const leastFiller = lineBytes(1);

export class EntryWriter {
  readonly #lines: LineWriter;
  #lastMs: number;
  /** Numbers are given anew by each process: what one before gave is overwritten. A head is known by its object. */
  readonly #heads = new Map<Head, number>();
  readonly #bodies = new LastBodies(mostBodyBytes);
  readonly #polls = new Map<PollRequest, number>();
  /** From which a run of quiet requests counts its instants. */
  #quietBaseMs = 0;
  readonly #before: Unwritten;

  constructor(lines: LineWriter, lastMs: number) {
    this.#lines = lines;
    this.#lastMs = lastMs;
    this.#before = unwritten(lastMs);
  }

  /** The last instant the file knows, once what was added is written. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** What was added; good until more is. */
  get lines(): Uint8Array {
    return this.#lines.lines;
  }

  /** What the bodies take that later ones are compared with. */
  get heldBytes(): number {
    return this.#bodies.heldBytes;
  }

  /** @param fileBytes of the file as it is without what was added: quiet requests have to lie well in it */
  add(entry: Entry, fileBytes: number): void {
    switch (entry.kind) {
      case 'quiet':
        return this.#addQuiet(entry, fileBytes);
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
    this.#settle();
    this.#lines.written();
  }

  /** What was added since is not in the file and shall not get there. */
  forget(): void {
    this.#lastMs = this.#before.lastMs;
    for (const head of this.#before.newHeads) this.#heads.delete(head);
    for (const poll of this.#before.newPolls) this.#polls.delete(poll);
    // What the file has is still there for its reader; not knowing it costs the writer no more than one whole body.
    for (const head of this.#before.bodiesOf) this.#bodies.forget(head);
    this.#settle();
    this.#lines.forget();
  }

  /** A quiet entry in place of the one that is the last of the file: as long as that, when it counts the same receives. */
  addAgain(entry: QuietEntry): void {
    this.#lastMs = entry.atMs;
    this.#lines.addAgain(`E ${quietText(entry, this.#quietBaseMs, this.#numbersOf(entry))}`);
  }

  /** The quiet entry that was the last of the file is not in it any more. */
  dropLast(): void {
    this.#lastMs = this.#quietBaseMs;
    this.#settle();
    this.#lines.dropLast();
  }

  /** Everything the writer knows is in the file. */
  #settle(): void {
    const { newHeads, newPolls, bodiesOf } = this.#before;
    this.#before.lastMs = this.#lastMs;
    if (newHeads.length > 0) newHeads.length = 0;
    if (newPolls.length > 0) newPolls.length = 0;
    if (bodiesOf.length > 0) bodiesOf.length = 0;
  }

  #addQuiet(entry: QuietEntry, fileBytes: number): void {
    const text = quietText(entry, this.#lastMs, this.#numbersOf(entry));
    const start = (fileBytes + this.#lines.lines.length) % sectorBytes;
    const room = sectorBytes - start;
    if (lineBytes(2 + text.length) > room) this.#lines.add('-'.repeat(1 + Math.max(0, room - leastFiller)));
    this.#quietBaseMs = this.#lastMs;
    this.#lastMs = entry.atMs;
    this.#lines.add(`E ${text}`);
  }

  #numbersOf({ polls }: QuietEntry): number[] {
    // All or none: numbers that were given anew would be those of others.
    const strangers = polls.filter(({ request }) => !this.#polls.has(request));
    if (this.#polls.size + strangers.length > mostNumbered) this.#polls.clear();
    return polls.map(({ request }) => this.#numberOf(request));
  }

  #numberOf(request: PollRequest): number {
    const known = this.#polls.get(request);
    if (known !== undefined) return known;
    const head = this.#indexOf(request.head);
    const number = this.#polls.size;
    this.#polls.set(request, number);
    this.#before.newPolls.push(request);
    this.#lines.add(`N ${number} ${head} `, request.body);
    return number;
  }

  #addRequest({ atMs, head, body, gone }: Entry & { readonly kind: 'request' }): void {
    const isNew = !this.#heads.has(head);
    const index = this.#indexOf(head);
    if (!gone && this.#addDifference(atMs, index, body)) return;
    const plain = isPlain(body);
    this.#lines.add(
      `${plain ? 'R' : 'B'}${gone ? 'G' : ''} ${this.#time(atMs)} ${index} `,
      plain ? body : Buffer.from(bufferOf(body).toString('base64'), 'latin1'),
    );
    // Most traces are of one request, and no other comes under its head.
    const comesAgain = !isNew || head.headers['x-amzn-trace-id'] === undefined;
    if (plain && !gone && comesAgain) this.#remember(index, body);
  }

  /** @returns false when the body has too little in common with the one before */
  #addDifference(atMs: number, index: number, body: Uint8Array): boolean {
    const common = this.#bodies.common(index, body);
    if (common === null) return false;
    const { beginning, end } = common;
    const between = body.subarray(beginning, body.length - end);
    // The rest is of a body that was text, cut between its characters.
    if (!isPlain(between)) return false;
    this.#lines.add(`D ${this.#time(atMs)} ${index} ${beginning} ${end} `, between);
    this.#remember(index, body);
    return true;
  }

  #remember(index: number, body: Uint8Array): void {
    this.#bodies.remember(index, body);
    this.#before.bodiesOf.push(index);
  }

  #indexOf(head: Head): number {
    const known = this.#heads.get(head);
    if (known !== undefined) return known;
    if (this.#heads.size >= mostNumbered) {
      this.#heads.clear();
      this.#bodies.clear();
    }
    const index = this.#heads.size;
    this.#heads.set(head, index);
    this.#before.newHeads.push(head);
    this.#bodies.forget(index);
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

/** What the writer knows of what is not in the file yet. */
interface Unwritten {
  lastMs: number;
  readonly newHeads: Head[];
  readonly newPolls: PollRequest[];
  /** Heads whose last body is another one. */
  readonly bodiesOf: number[];
}

const unwritten = (lastMs: number): Unwritten => ({ lastMs, newHeads: [], newPolls: [], bodiesOf: [] });

const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
