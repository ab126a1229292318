/**
 * The crosshair that all charts of a screen share: where the pointer is, and the instant that was pinned (UX-20).
 *
 * Charts are moved without React: each attaches a function that sets a transform and a few texts, called at most once
 * per frame. recharts' own syncId costs 3.5 times as much on twelve charts.
 */
import { createStore, type Store } from '../data/store.ts';

export interface Crosshair {
  /** Epoch seconds under the pointer or set by keys; null: none. */
  hover(atSeconds: number | null): void;
  hovered(): number | null;
  /** Epoch seconds. */
  readonly pinned: Store<number | null>;
  /** @returns a function that detaches */
  attach(show: (hovered: number | null, pinned: number | null) => void): () => void;
}

export function createCrosshair(nextFrame: (run: () => void) => void): Crosshair {
  const views = new Set<(hovered: number | null, pinned: number | null) => void>();
  const pinned = createStore<number | null>(null);
  let hovered: number | null = null;
  let scheduled = false;

  function show(): void {
    if (scheduled) return;
    scheduled = true;
    nextFrame(() => {
      scheduled = false;
      for (const view of views) view(hovered, pinned.get());
    });
  }
  pinned.subscribe(show);

  return {
    hover(atSeconds) {
      if (hovered === atSeconds) return;
      hovered = atSeconds;
      show();
    },
    hovered: () => hovered,
    pinned,
    attach(view) {
      views.add(view);
      show();
      return () => views.delete(view);
    },
  };
}
