/** Whole numbers below 2^31 in a line, taken from the front, put at either end; grows as needed. */
export class Ring {
  size = 0;
  #values = new Int32Array(64);
  #head = 0;

  /** The front; the ring must not be empty. */
  get front(): number {
    return this.#values[this.#head]!;
  }

  pushBack(value: number): void {
    if (this.size === this.#values.length) this.#grow();
    this.#values[(this.#head + this.size++) & (this.#values.length - 1)] = value;
  }

  pushFront(value: number): void {
    if (this.size === this.#values.length) this.#grow();
    this.#head = (this.#head - 1) & (this.#values.length - 1);
    this.#values[this.#head] = value;
    this.size++;
  }

  /** Take the front; the ring must not be empty. */
  popFront(): number {
    const value = this.#values[this.#head]!;
    this.#head = (this.#head + 1) & (this.#values.length - 1);
    this.size--;
    return value;
  }

  #grow(): void {
    const { length } = this.#values;
    const larger = new Int32Array(2 * length);
    for (let index = 0; index < length; index++) larger[index] = this.#values[(this.#head + index) & (length - 1)]!;
    this.#values = larger;
    this.#head = 0;
  }
}
