/**
 * Gives memory back to the machine after a great many messages went at once.
 *
 * The engine collects when it needs room, and an emulator at rest never does: a million purged messages would stay resident. So a collection
 * is asked for, a moment after the answer, because it takes some 25 ms, which is no part of a purge. It frees the messages, not their pages:
 * the engine hands those back by itself when little was asked of it for eight seconds. There is a kind of collection that does it at once, but
 * unmapping the pages of a million messages stops everything for a quarter of a second, and who purges often sends right after. While requests
 * keep coming the pages stay, and are used again. With the pages go the engine's records of them, which leaves free room in the C library; once
 * that has happened it is asked to give its room back as well (cLibrary.ts). What remains above a fresh process is code that was used meanwhile
 * (benchmarks/results/emulator-memory.md).
 *
 * A collection stops everything for a time that grows with what is kept, so while much is kept none is asked for, and the engine keeps its own
 * pace. Not here: what is let go (the actions, reset).
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { trimCLibrary } from './cLibrary.ts';

/** Below this the engine's own pace is good enough. */
const worthCollectingBytes = 64 * 2 ** 20;
/** With more than this the pause would be felt. */
const muchKeptBytes = 32 * 2 ** 20;

/** Enough for the answer to be on its way. */
const afterAnswerMs = 20;
/** The engine has given its pages back by the first if nobody asked for anything, and by the second if somebody did for a while. */
const afterPagesMs = [10_000, 60_000];

/** What is known around here of the process. */
interface Surroundings {
  /** Runs once after about `ms` of real time; the returned function cancels. */
  later(ms: number, run: () => void): () => void;
  /** Bytes of the heap that messages take now, in all queues. */
  keptBytes(): number;
}

let around: Surroundings = {
  later(_ms, run) {
    run();
    return () => {};
  },
  keptBytes: () => 0,
};
let collect: (() => Promise<void>) | null = null;
/** Of what was put off last. */
let cancels: (() => void)[] = [];

/** Without it a collection begins as soon as the engine has nothing else to do, and nothing is thought to be kept. */
export function collectWithin(surroundings: Surroundings): void {
  around = surroundings;
}

/** Nothing that was put off keeps the process waiting. */
export function leaveMemory(): void {
  for (const cancel of cancels) cancel();
  cancels = [];
}

/**
 * @param released bytes of the heap that nothing refers to any more
 * @returns whether a collection is on its way
 */
export function giveBackMemory(released: number): boolean {
  if (released < worthCollectingBytes || around.keptBytes() > muchKeptBytes) return false;
  const collectNow = (): void => {
    collect ??= collector();
    void collect();
  };
  // What an earlier purge put off would come too early for this one.
  leaveMemory();
  cancels = [
    around.later(afterAnswerMs, collectNow),
    ...afterPagesMs.map((ms) => around.later(ms, () => void trimCLibrary())),
  ];
  return true;
}

function collector(): () => Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options: object) => Promise<void>;
  // Programs that look for it to find out how they were started must not be misled.
  setFlagsFromString('--no-expose-gc');
  // A task of its own: whatever is at work ends first.
  return () => gc({ type: 'major', execution: 'async' });
}
