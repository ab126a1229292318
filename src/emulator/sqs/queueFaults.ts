/** The faults of one queue as they are set at present, and how a change of them reaches its deliveries and its counts (SQS-110). */
import type { Random } from '../../core/time/random.ts';
import { CountsLag } from './countsLag.ts';
import { checkFaults, noFaults, type SqsFaults } from './faults.ts';
import type { HeldMessages } from './heldMessages.ts';
import type { Receiving } from './receiving.ts';

export class QueueFaults {
  readonly #held: HeldMessages;
  readonly #receiving: Receiving;
  readonly #chance: (of: string) => Random;
  #current = noFaults;

  /** @param chance a stream of its own for each fault, asked for at the first */
  constructor(held: HeldMessages, receiving: Receiving, chance: (of: string) => Random) {
    this.#held = held;
    this.#receiving = receiving;
    this.#chance = chance;
  }

  get current(): SqsFaults {
    return this.#current;
  }

  /** A FIFO queue knows only that of the counts. @throws RangeError for a share or a time that cannot be */
  change(faults: SqsFaults): void {
    checkFaults(faults);
    const { countsLagSeconds: lagSeconds } = faults;
    if (lagSeconds !== this.#current.countsLagSeconds) {
      this.#held.counts.lag = lagSeconds === 0 ? null : new CountsLag(lagSeconds, this.#chance('counts'));
    }
    this.#current = faults;
    if (this.#held.fifo === null) this.#receiving.changeFaults(faults, () => this.#chance('delivery'));
  }
}
