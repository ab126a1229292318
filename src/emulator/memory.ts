/**
 * Gives memory back to the machine after a great many messages went at once.
 *
 * The engine collects when it needs room, and an emulator at rest never does: a million purged messages would stay resident. Not here: what
 * is let go (the actions).
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Below this the engine's own pace is good enough, and a collection would only be a pause. */
const worthCollecting = 50_000;

let collect: (() => void) | null = null;

/** @param messages how many were let go. The collection is short then: what it walks through is what is left */
export function giveBackMemory(messages: number): void {
  if (messages < worthCollecting) return;
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  // The engine hands the pages back some ten seconds later.
  collect();
}
