/**
 * Things to do at the end of this turn of the event loop, all together.
 *
 * Replies are written so: a write wakes a client that sleeps, which costs more than to make the reply. When all that came in one turn is
 * answered first and written then, a client is woken once. Not here: what is written (server.ts).
 */

export class Together {
  #waiting: ((said: unknown) => void)[] = [];
  readonly #afterTurn: (run: () => void) => void;
  readonly #first: () => unknown;

  /** @param first done once before them; they are handed what it gives */
  constructor(afterTurn: (run: () => void) => void, first: () => unknown = () => null) {
    this.#afterTurn = afterTurn;
    this.#first = first;
  }

  /** @param run must not throw */
  add(run: (said: unknown) => void): void {
    this.#waiting.push(run);
    if (this.#waiting.length === 1) this.#afterTurn(() => this.#run());
  }

  #run(): void {
    const due = this.#waiting;
    this.#waiting = [];
    const said = this.#first();
    for (const run of due) run(said);
  }
}
