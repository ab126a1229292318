/**
 * At most one chart is redrawn per frame (EL-82): whoever has something to draw waits for its turn.
 *
 * A chart that asks again before its turn keeps its place. The frame source is handed in.
 */
export interface FrameQueue {
  /** @returns a function that gives the turn up */
  request(owner: object, draw: () => void): () => void;
}

export function createFrameQueue(nextFrame: (run: () => void) => void): FrameQueue {
  const waiting = new Map<object, () => void>();
  let scheduled = false;

  function turn(): void {
    scheduled = false;
    const first = waiting.entries().next();
    if (first.done === true) return;
    const [owner, draw] = first.value;
    waiting.delete(owner);
    if (waiting.size > 0) schedule();
    draw();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    nextFrame(turn);
  }

  return {
    request(owner, draw) {
      waiting.set(owner, draw);
      schedule();
      return () => {
        if (waiting.get(owner) === draw) waiting.delete(owner);
      };
    },
  };
}
