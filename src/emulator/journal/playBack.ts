/**
 * A state file played back: every entry in its order, each at its virtual instant, so that the cloud is what it was.
 *
 * A last line that was cut off in writing is dropped: no reply went out for it. Anything else that does not fit is told by its line and
 * changes nothing in the file.
 */
import process from 'node:process';
import type { WireRequest } from '../wire/message.ts';
import type { World } from '../world/world.ts';
import { type ClockFacts, type Entry, EntryReader } from './entries.ts';
import { readLine, splitLines } from './lines.ts';
import { damagedAt, type StoredState } from './open.ts';
import type { PostResult } from './outside.ts';

/** The cloud that the entries are played to, as it answers clients. */
export interface Player {
  readonly world: World;
  /** Runs to the first wait before it returns. */
  request(request: WireRequest): Promise<unknown>;
  /** One that changed nothing. */
  tracelessRequest(): void;
  looked(): void;
  posted(number: number, result: PostResult): void;
  functions(urls: Readonly<Record<string, string>>): void;
}

export interface PlayedBack {
  /** Where writing goes on. */
  readonly chain: number;
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

/** @throws SpillwayError STATE_DAMAGED, FILE_UNWRITABLE (to drop a line that was cut off) */
export async function playBack({ file, beginning, chain: first }: StoredState, player: Player): Promise<PlayedBack> {
  const entries = new EntryReader(beginning.startMs);
  const stage = new Stage(player);
  let chain = first;
  let droppedBytes = 0;
  for (const { line, ended, number, startByte } of splitLines(file.pieces())) {
    if (number === 1) continue;
    const read = readLine(line, ended, chain);
    if (read.kind === 'damaged') throw damagedAt(file, number, startByte);
    if (read.kind === 'torn') {
      droppedBytes = file.size - startByte;
      file.cut(startByte);
      break;
    }
    chain = read.chain;
    // Whole but for its end: a writer that goes on begins a line of its own.
    if (!ended) file.append(Buffer.from('\n', 'latin1'));
    const entry = entryIn(entries, read.content);
    if (entry === undefined) throw damagedAt(file, number, startByte);
    if (entry === null) continue;
    stage.play(entry);
    await settled();
    // And what that has made due at this instant.
    player.world.advanceTo(player.world.nowMs());
  }
  return { chain, lastMs: entries.lastMs, droppedBytes, ...stage.ending() };
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

  play(entry: Entry): void {
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
    void answering.then(() => this.#waiting.delete(ordinal));
  }
}
