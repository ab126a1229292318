/**
 * Things to do at the end of this turn of the event loop, all together.
 *
 * Replies are written so: a write wakes a client that sleeps, which costs more than to make the reply. When all that came in one turn is
 * answered first and written then, a client is woken once. Not here: what is written (server.ts).
 */

export class Together {
  #waiting: (() => void)[] = [];
  readonly #afterTurn: (run: () => void) => void;

  constructor(afterTurn: (run: () => void) => void) {
    this.#afterTurn = afterTurn;
  }

  /** @param run must not throw */
  add(run: () => void): void {
    this.#waiting.push(run);
    if (this.#waiting.length === 1) this.#afterTurn(() => this.#run());
  }

  #run(): void {
    const due = this.#waiting;
    this.#waiting = [];
    for (const run of due) run();
  }
}
