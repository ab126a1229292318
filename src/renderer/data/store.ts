/**
 * The smallest store that React can subscribe to: a value, a setter, listeners.
 *
 * Kept outside components so that pushes and pointer moves do not pass through the tree. Not here: what is stored (data/model.ts).
 */
import { useSyncExternalStore } from 'react';

export interface Store<T> {
  get(): T;
  /** Listeners run only when the value is another one (Object.is). */
  set(next: T): void;
  /** @returns a function that stops listening */
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
