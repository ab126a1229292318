/**
 * Things to do at the end of this turn of the event loop, all together.
 *
 * Replies are written so: a write wakes a client that sleeps, which costs more than to make the reply. When all that came in one turn is
 * answered first and written then, a client is woken once. Not here: what is written (server.ts).
 *
 * A turn can bring thousands of requests of one connection, and only a write tells Node that its client does not keep up. So what is large is
 * not held for the end of the turn.
 */

const mostHeldBytes = 4 * 1024 * 1024;

export class Together {
  #waiting: ((said: unknown) => void)[] = [];
  #heldBytes = 0;
  readonly #afterTurn: (run: () => void) => void;
  readonly #first: () => unknown;

  /** @param first done once before them; they are handed what it gives */
  constructor(afterTurn: (run: () => void) => void, first: () => unknown = () => null) {
    this.#afterTurn = afterTurn;
    this.#first = first;
  }

  /**
   * @param run must not throw
   * @param bytes what it holds until then, about
   */
  add(run: (said: unknown) => void, bytes: number): void {
    this.#waiting.push(run);
    this.#heldBytes += bytes;
    if (this.#heldBytes > mostHeldBytes) this.#run();
    else if (this.#waiting.length === 1) this.#afterTurn(() => this.#run());
  }

  #run(): void {
    const due = this.#waiting;
    // All of it was too large to wait.
    if (due.length === 0) return;
    this.#waiting = [];
    this.#heldBytes = 0;
    const said = this.#first();
    for (const run of due) run(said);
  }
}
