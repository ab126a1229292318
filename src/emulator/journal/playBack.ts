/**
 * A state file played back: every entry in its order, each at its virtual instant, so that the cloud is what it was.
 *
 * A last line that was cut off in writing is dropped: no reply went out for it. Anything else that does not fit is told by its line and
 * changes nothing in the file.
 */
import process from 'node:process';
import type { Replying, WireReply, WireRequest } from '../wire/message.ts';
import type { World } from '../world/world.ts';
import { Contents, type Fault } from './contents.ts';
import type { ClockFacts, Entry } from './entries.ts';
import { EntryReader } from './entryReader.ts';
import { damagedAt, type StoredState } from './open.ts';
import type { PostResult } from './outside.ts';
import type { PlainFrom } from './packing.ts';
import { foundNothing } from './polls.ts';
import type { PollRequest, QuietEntry } from './quiet.ts';
import type { StateFile } from './stateFile.ts';
import { type Watch, Watched } from './watched.ts';

/** The cloud that the entries are played to, as it answers clients. */
export interface Player {
  readonly world: World;
  /** Runs to the first wait before it returns. */
  request(request: WireRequest): Replying;
  /** One that changed nothing. */
  tracelessRequest(): void;
  /** As many receives as find nothing. @returns false, with nothing done, when that is in doubt: then one has to be made */
  emptyReceives(request: PollRequest, count: number): boolean;
  /** One was made and found nothing. */
  foundNothing(request: PollRequest): void;
  looked(): void;
  posted(number: number, result: PostResult): void;
  functions(urls: Readonly<Record<string, string>>): void;
}

export interface PlayedBack {
  /** Where writing goes on. */
  readonly chain: number;
  readonly plainFrom: PlainFrom;
  readonly lastMs: number;
  /** Requests that are in the file whole. */
  readonly requests: number;
  /** Ends those of them that still wait, by their number: their clients are gone with the process that served them. */
  readonly waiting: ReadonlyMap<number, () => void>;
  /** The last pace; null in a file without entries. */
  readonly clock: { readonly atMs: number; readonly facts: ClockFacts } | null;
  /** Bytes of a last line that was cut off. */
  readonly droppedBytes: number;
}

/** @throws SpillwayError STATE_DAMAGED, FILE_UNWRITABLE (to drop a line that was cut off), CANCELLED */
export async function playBack(
  { file, beginning, chain: first }: StoredState,
  player: Player,
  watch: Watch,
): Promise<PlayedBack> {
  const watched = new Watched(watch, file.name);
  const entries = new EntryReader(beginning.startMs);
  const stage = new Stage(player);
  const contents = new Contents(file, first);
  for (const { content, line, startByte, ended } of contents) {
    // Whole but for its end: a writer that goes on begins a line of its own.
    if (!ended) file.append(Buffer.from('\n', 'latin1'));
    const entry = entryIn(entries, content);
    if (entry === undefined) throw damagedAt(file, line, startByte);
    if (entry === null) continue;
    if (entry.kind === 'quiet') await stage.playQuiet(entry);
    else stage.play(entry);
    await settled();
    // And what that has made due at this instant.
    player.world.advanceTo(player.world.nowMs());
    if (watched.due) await watched.pause(stage.requests, startByte / file.size);
  }
  const droppedBytes = dropTorn(file, contents.fault);
  const { chain, plainFrom } = contents;
  return { chain, plainFrom, lastMs: entries.lastMs, droppedBytes, ...stage.ending() };
}

/** @returns bytes of a last line that was cut off in writing. @throws SpillwayError STATE_DAMAGED, FILE_UNWRITABLE */
function dropTorn(file: StateFile, fault: Fault | null): number {
  if (fault === null) return 0;
  if (fault.kind === 'damaged') throw damagedAt(file, fault.line, fault.startByte);
  const bytes = file.size - fault.startByte;
  file.cut(fault.startByte);
  return bytes;
}

/** What promises left to be done is done, as it was between two requests; nothing else gets a turn. */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** @returns undefined for a content that says nothing */
function entryIn(entries: EntryReader, content: Buffer): Entry | null | undefined {
  try {
    return entries.read(content);
  } catch {
    return undefined;
  }
}

class Stage {
  readonly #player: Player;
  readonly #waiting = new Map<number, () => void>();
  #requests = 0;
  #clock: PlayedBack['clock'] = null;

  constructor(player: Player) {
    this.#player = player;
  }

  play(entry: Exclude<Entry, QuietEntry>): void {
    const { world } = this.#player;
    world.advanceTo(entry.atMs);
    switch (entry.kind) {
      case 'request':
        return this.#request(entry);
      case 'traceless':
        return this.#player.tracelessRequest();
      case 'left':
        this.#waiting.get(entry.ordinal)?.();
        return;
      case 'looked':
        return this.#player.looked();
      case 'posted':
        return this.#player.posted(entry.number, entry.result);
      case 'functions':
        return this.#player.functions(entry.urls);
      case 'time':
        return;
      case 'clock':
        this.#clock = { atMs: entry.atMs, facts: entry.facts };
    }
  }

  /** Each receive at the instant of its last: until then nothing else has happened. */
  async playQuiet({ atMs, reads, polls }: QuietEntry): Promise<void> {
    const { world } = this.#player;
    for (const { request, count, atMs: lastMs } of polls.toSorted((a, b) => a.atMs - b.atMs)) {
      if (count > 0) world.advanceTo(lastMs);
      for (let left = count; left > 0 && !this.#player.emptyReceives(request, left); left--) {
        if (await this.#findsNothing(request)) this.#player.foundNothing(request);
      }
    }
    world.advanceTo(atMs);
    for (let index = 0; index < reads; index++) this.#player.tracelessRequest();
  }

  /** Makes a receive that cannot wait. */
  async #findsNothing({ head, body }: PollRequest): Promise<boolean> {
    let reply: WireReply | null = null;
    const signal = { aborted: false, onAbort: () => {} };
    void Promise.resolve(this.#player.request({ ...head, body, signal })).then((given) => {
      reply = given;
    });
    await settled();
    return reply !== null && foundNothing(reply);
  }

  get requests(): number {
    return this.#requests;
  }

  ending(): Pick<PlayedBack, 'requests' | 'waiting' | 'clock'> {
    return { requests: this.#requests, waiting: this.#waiting, clock: this.#clock };
  }

  #request({ head, body, gone }: Entry & { readonly kind: 'request' }): void {
    const ordinal = ++this.#requests;
    const ends: (() => void)[] = [];
    const onAbort = (run: () => void): void => {
      if (gone) run();
      else ends.push(run);
    };
    const answering = this.#player.request({ ...head, body, signal: { aborted: gone, onAbort } });
    // Few wait; the others need not be remembered.
    if (ends.length === 0) return;
    this.#waiting.set(ordinal, () => {
      for (const one of ends) one();
      this.#player.world.advanceTo(this.#player.world.nowMs());
    });
    void Promise.resolve(answering).then(() => this.#waiting.delete(ordinal));
  }
}
