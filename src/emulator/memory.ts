/**
 * Gives memory back to the machine after a great many messages went at once.
 *
 * The engine collects when it needs room, and an emulator at rest never does: a million purged messages would stay resident. So a collection
 * is asked for. It runs as a task of its own, after the answer: it takes tens of milliseconds, which nobody's purge should. Some eight seconds
 * after any collection the engine by itself does another one that shrinks the heap and hands the free pages back. What remains above a fresh
 * process is what the C library keeps of the engine's bookkeeping, and code that was used meanwhile (benchmarks/results/emulator-memory.md).
 *
 * A collection stops everything for a time that grows with what is kept, so while much is kept none is asked for: the engine then collects at
 * its own pace. Not here: what is let go (the actions).
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Below this the engine's own pace is good enough. */
const worthCollectingBytes = 64 * 2 ** 20;
/** With more than this the pause would be felt. */
const muchKeptBytes = 32 * 2 ** 20;

type Collect = (options: { type: 'major'; execution: 'async'; flavor: 'last-resort' }) => Promise<void>;
let collect: Collect | null = null;

/**
 * @param released bytes of the heap that nothing refers to any more
 * @param kept bytes that are still referred to, as far as they are known; asked for only if much was released
 * @returns whether a collection is on its way
 */
export function giveBackMemory(released: number, kept: () => number): boolean {
  if (released < worthCollectingBytes || kept() > muchKeptBytes) return false;
  collect ??= collector();
  void collect({ type: 'major', execution: 'async', flavor: 'last-resort' });
  return true;
}

function collector(): Collect {
  setFlagsFromString('--expose-gc');
  const found = runInNewContext('gc') as Collect;
  // Programs that look for it to find out how they were started must not be misled.
  setFlagsFromString('--no-expose-gc');
  return found;
}
