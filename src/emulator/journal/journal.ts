/**
 * The journal of one cloud as it runs: every request before its reply, in the order in which the cloud saw them.
 *
 * Nothing that a client was told is missing in the file: a request is written before it runs, and the instant at which a waiting request
 * ended before its reply. Reading it back is playBack.ts.
 */
import type { Service } from '../service.ts';
import type { WireRequest } from '../wire/message.ts';
import { type ClockFacts, type Entry, EntryWriter } from './entries.ts';
import { headOf, headText, type ReadHead } from './heads.ts';
import { LineWriter } from './lines.ts';
import type { PostResult } from './outside.ts';
import type { StateFile } from './stateFile.ts';
import { type HeadVerdict, isTracelessForm, verdictOfHead } from './traceless.ts';

/** One object per head, so that the writer knows it again. */
interface KnownHead {
  readonly read: ReadHead;
  readonly verdict: HeadVerdict;
}

const mostKnownHeads = 4096;

export interface GoingOn {
  readonly chain: number;
  readonly lastMs: number;
  /** Requests that are in the file whole. */
  readonly requests: number;
}

export class Journal {
  /** How each service's actions are addressed; the same in every account and Region. */
  readonly #services: readonly Service[];
  /** Null once the cloud was replaced or stopped: what ends after that is not written. */
  #file: StateFile | null;
  readonly #entries: EntryWriter;
  /** Could not be written when they happened, and cannot be undone: they go before anything else. */
  readonly #owed: Entry[] = [];
  readonly #known = new Map<string, KnownHead>();
  /** Accounts and Regions that a request in the file has named: naming one builds it. */
  readonly #regions = new Set<string>();
  #requests: number;

  constructor(file: StateFile, goingOn: GoingOn, services: readonly Service[]) {
    this.#file = file;
    this.#services = services;
    this.#entries = new EntryWriter(new LineWriter(goingOn.chain), goingOn.lastMs);
    this.#requests = goingOn.requests;
  }

  /**
   * To be called before the request runs, once a request id was drawn for it.
   *
   * @param homeAccountId as `headOf` takes it
   * @returns its number, for `left`
   * @throws SpillwayError FILE_UNWRITABLE; then it must not run
   */
  request(nowMs: number, request: WireRequest, homeAccountId: string | null): number {
    const { read, verdict } = this.#knownHead(request, homeAccountId);
    const region = `${read.identity.accountId}/${read.identity.region}`;
    const { body, signal } = request;
    const traceless =
      this.#regions.has(region) &&
      (verdict === 'traceless' || (verdict === 'bodyDecides' && isTracelessForm(read, body, this.#services)));
    if (traceless) this.refused(nowMs);
    else {
      this.#writeOrOweId({ kind: 'request', atMs: nowMs, head: read.head, body, gone: signal.aborted });
      this.#regions.add(region);
      this.#requests++;
    }
    return this.#requests;
  }

  /** A request that changes nothing, because it was refused at the door. @throws SpillwayError FILE_UNWRITABLE */
  refused(nowMs: number): void {
    this.#writeOrOweId({ kind: 'traceless', atMs: nowMs });
  }

  /** The client of a waiting request went away. To be called before that has an effect. */
  left(nowMs: number, ordinal: number): void {
    this.#owe({ kind: 'left', atMs: nowMs, ordinal });
  }

  /** A post to an endpoint outside ended. To be called before that has an effect. */
  posted(nowMs: number, number: number, result: PostResult): void {
    this.#owe({ kind: 'posted', atMs: nowMs, number, result });
  }

  /** Somebody is about to look into the queues without a request. @throws SpillwayError FILE_UNWRITABLE */
  looked(nowMs: number): void {
    this.#write({ kind: 'looked', atMs: nowMs });
  }

  /** To be called before a reply tells how things stand at this instant. @throws SpillwayError FILE_UNWRITABLE */
  reached(nowMs: number): void {
    if (nowMs > this.#entries.lastMs) this.#write({ kind: 'time', atMs: nowMs });
  }

  /** @throws SpillwayError FILE_UNWRITABLE */
  functions(nowMs: number, urls: Readonly<Record<string, string>>): void {
    this.#write({ kind: 'functions', atMs: nowMs, urls });
  }

  /** @throws SpillwayError FILE_UNWRITABLE */
  clock(nowMs: number, facts: ClockFacts): void {
    this.#write({ kind: 'clock', atMs: nowMs, facts });
  }

  /** Nothing more is written. */
  end(): void {
    this.#file = null;
  }

  /** Ids are drawn one after another: one that was drawn and whose request is not there must be there all the same. */
  #writeOrOweId(entry: Entry): void {
    try {
      this.#write(entry);
    } catch (thrown) {
      this.#owed.push({ kind: 'traceless', atMs: entry.atMs });
      throw thrown;
    }
  }

  #owe(entry: Entry): void {
    this.#owed.push(entry);
    try {
      this.#write(null);
    } catch {
      // Nobody waits for an answer; it goes with whatever is written next.
    }
  }

  #write(entry: Entry | null): void {
    if (this.#file === null) return;
    for (const one of this.#owed) this.#entries.add(one);
    if (entry !== null) this.#entries.add(entry);
    try {
      this.#file.append(this.#entries.lines);
    } catch (thrown) {
      this.#entries.forget();
      throw thrown;
    }
    this.#entries.written();
    this.#owed.length = 0;
  }

  #knownHead(request: WireRequest, homeAccountId: string | null): KnownHead {
    const read = headOf(request, homeAccountId);
    const text = headText(read.head);
    const found = this.#known.get(text);
    if (found !== undefined) return found;
    if (this.#known.size >= mostKnownHeads) this.#known.clear();
    const known = { read, verdict: verdictOfHead(read, this.#services) };
    this.#known.set(text, known);
    return known;
  }
}
