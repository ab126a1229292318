/**
 * The journal of one cloud as it runs: every request before its reply, in the order in which the cloud saw them.
 *
 * Nothing that a client was told is missing in the file: a request is written before it runs, and the instant at which a waiting request
 * ended before its reply. Reading it back is playBack.ts.
 */
import type { Cloud } from '../cloud.ts';
import type { Service } from '../service.ts';
import type { WireReply, WireRequest } from '../wire/message.ts';
import type { World } from '../world/world.ts';
import { type ClockFacts, type Entry, EntryWriter } from './entries.ts';
import { KnownHeads } from './knownHeads.ts';
import { LineWriter } from './lines.ts';
import type { PostResult } from './outside.ts';
import { Packing, type PackingOptions, type PlainFrom } from './packing.ts';
import { foundNothing, isVerified, type Poll, Polls } from './polls.ts';
import { type QuietEntry, QuietTime } from './quiet.ts';
import type { StateFile } from './stateFile.ts';
import { isTracelessForm } from './traceless.ts';

export interface GoingOn {
  readonly chain: number;
  readonly plainFrom: PlainFrom;
  readonly lastMs: number;
  /** Requests that are in the file whole. */
  readonly requests: number;
}

export class Journal {
  /** How each service's actions are addressed; the same in every account and Region. */
  readonly #services: readonly Service[];
  readonly #world: Pick<World, 'nextDueMs'>;
  /** Null once the cloud was replaced or stopped: what ends after that is not written. */
  #file: StateFile | null;
  readonly #entries: EntryWriter;
  /** Requests wait for `flush`, which comes before their replies. */
  #together = false;
  /** Added, and not in the file yet. */
  #unwritten: Entry[] = [];
  /** Could not be written when they happened, and cannot be undone: they go before anything else. */
  readonly #owed: Entry[] = [];
  readonly #heads: KnownHeads;
  /** Accounts and Regions that a request in the file has named: naming one builds it. */
  readonly #regions = new Set<string>();
  readonly #polls: Polls;
  /** Receives that were written whole and are not answered yet, by their number, with their queue as it was. */
  readonly #asked = new Map<number, { readonly poll: Poll; readonly verified: NonNullable<Poll['verified']> }>();
  readonly #quiet = new QuietTime();
  readonly #packing: Packing;
  #requests: number;

  constructor(file: StateFile, goingOn: GoingOn, cloud: Cloud, packing?: PackingOptions) {
    this.#file = file;
    this.#packing = new Packing(file, goingOn.plainFrom, () => this.#quiet.interrupted(), packing);
    this.#services = cloud.home.services;
    this.#heads = new KnownHeads(cloud.home.services);
    this.#world = cloud.world;
    this.#polls = new Polls(cloud);
    this.#entries = new EntryWriter(new LineWriter(goingOn.chain), goingOn.lastMs);
    this.#requests = goingOn.requests;
  }

  /**
   * To be called before the request runs, once a request id was drawn for it.
   *
   * @param homeAccountId as `headOf` takes it
   * @returns its number, for `left` and `answered`; 0 for one that can neither wait nor teach anything
   * @throws SpillwayError FILE_UNWRITABLE; then it must not run
   */
  request(nowMs: number, request: WireRequest, homeAccountId: string | null): number {
    const { read, verdict, place } = this.#heads.of(request, homeAccountId);
    const { body, signal } = request;
    const traceless =
      this.#regions.has(place) &&
      (verdict === 'traceless' || (verdict === 'bodyDecides' && isTracelessForm(read, body, this.#services)));
    if (traceless) {
      this.refused(nowMs);
      return 0;
    }
    const poll = signal.aborted || !this.#regions.has(place) ? null : this.#polls.of(read, body);
    const findsNothing = poll !== null && this.#polls.findsNothing(poll);
    if (findsNothing && this.#joinsQuiet(nowMs, poll)) return 0;
    this.#writeOrOweId({ kind: 'request', atMs: nowMs, head: read.head, body, gone: signal.aborted }, findsNothing);
    this.#regions.add(place);
    this.#requests++;
    if (findsNothing) this.#quiet.alone(this.#world.nextDueMs());
    else if (poll !== null && !isVerified(poll)) this.#ask(this.#requests, poll);
    return this.#requests;
  }

  /** A request that changes nothing, because it was refused at the door. @throws SpillwayError FILE_UNWRITABLE */
  refused(nowMs: number): void {
    if (this.#joinsQuiet(nowMs, null)) return;
    this.#writeOrOweId({ kind: 'traceless', atMs: nowMs }, true);
    this.#quiet.alone(this.#world.nextDueMs());
  }

  /** A request has its reply. @param ordinal as `request` gave it */
  answered(ordinal: number, reply: WireReply): void {
    if (this.#asked.size === 0) return;
    const asked = this.#asked.get(ordinal);
    if (asked === undefined) return;
    this.#asked.delete(ordinal);
    if (foundNothing(reply)) asked.poll.verified = asked.verified;
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

  /** From here on requests are written by `flush`, many in one go. */
  writeTogether(): void {
    this.#together = true;
  }

  /**
   * To be called before anything is told to anybody.
   *
   * @throws SpillwayError FILE_UNWRITABLE; then the requests since the last time have run, and are written as soon as there is room. Until
   * then no other runs
   */
  flush(): void {
    if (this.#unwritten.length + this.#owed.length > 0) this.#write(null, true);
  }

  /** Nothing more is written. */
  end(): void {
    this.#file = null;
    this.#packing.stop();
  }

  /** Resolves when the file is not being packed. */
  idle(): Promise<void> {
    return this.#packing.idle();
  }

  #ask(ordinal: number, poll: Poll): void {
    const queue = this.#polls.queueOf(poll);
    if (queue?.size === 0) this.#asked.set(ordinal, { poll, verified: { queue, settings: queue.settings } });
  }

  /** @returns false when it needs an entry of its own */
  #joinsQuiet(nowMs: number, poll: Poll | null): boolean {
    if (this.#owed.length > 0) return false;
    const baseMs = this.#entries.lastMs;
    const step = this.#quiet.next(nowMs, poll, baseMs);
    switch (step.how) {
      case 'alone':
        return false;
      case 'begins':
        this.#writeOrOweId(step.entry, true);
        this.#quiet.begun(step.entry, baseMs, this.#world.nextDueMs());
        return true;
      case 'joins':
        this.#rewrite(step.entry, step.before);
        this.#quiet.joined(step.entry);
        return true;
    }
  }

  #rewrite(entry: QuietEntry, before: QuietEntry): void {
    if (this.#file === null) return;
    this.#entries.addAgain(entry);
    try {
      this.#file.rewriteEnd(this.#entries.lines);
    } catch (thrown) {
      // The line is gone, and what it said has happened.
      this.#entries.dropLast();
      this.#quiet.interrupted();
      this.#owed.push(before, { kind: 'traceless', atMs: entry.atMs });
      throw thrown;
    }
    this.#entries.written();
  }

  /** Ids are drawn one after another: one that was drawn and whose request is not there must be there all the same. */
  #writeOrOweId(entry: Entry, quiet: boolean): void {
    try {
      this.#write(entry, quiet);
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

  #write(entry: Entry | null, quiet = false): void {
    if (this.#file === null) return;
    // First: which line may be written anew is known for sure here.
    this.#packing.look();
    if (!quiet || this.#owed.length > 0) this.#quiet.interrupted();
    const { size } = this.#file;
    const mayWait = this.#together && entry !== null && this.#owed.length === 0 && waits.has(entry.kind);
    for (const one of this.#owed) this.#add(one, size);
    if (entry !== null) this.#add(entry, size);
    if (mayWait) return;
    try {
      this.#append();
    } catch (thrown) {
      // What was owed is owed again with the rest; this one has not happened.
      if (entry !== null) this.#owed.pop();
      throw thrown;
    }
  }

  #add(entry: Entry, size: number): void {
    this.#entries.add(entry, size);
    this.#unwritten.push(entry);
  }

  /** Writes all that was added; what cannot be written is owed. */
  #append(): void {
    if (this.#file === null) return;
    const added = this.#unwritten;
    this.#unwritten = [];
    this.#owed.length = 0;
    try {
      this.#file.append(this.#entries.lines);
    } catch (thrown) {
      this.#entries.forget();
      this.#quiet.interrupted();
      this.#owed.push(...added);
      throw thrown;
    }
    this.#entries.written();
  }
}

/** Entries that need not be in the file before their effect, but before somebody hears of it. */
const waits: ReadonlySet<Entry['kind']> = new Set(['request', 'traceless', 'time']);
