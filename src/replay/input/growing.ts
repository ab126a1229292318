/**
 * Columns that grow without being copied, because a file of a gigabyte has some forty million rows. Not here: what is in them (rows.ts).
 */

const BYTES = Float64Array.BYTES_PER_ELEMENT;
/** Small files need little; large ones take a stretch at a time. */
const FIRST_ROWS = 1024;
const MOST_ROWS_ADDED = 2 ** 20;

/** Doubles, appended without knowing how many there will be. Address space for the most there may be is reserved, memory is not. */
export class Growing {
  length = 0;
  #buffer: ArrayBuffer;
  #data: Float64Array<ArrayBuffer>;

  constructor(mostRows: number) {
    this.#buffer = new ArrayBuffer(FIRST_ROWS * BYTES, { maxByteLength: Math.max(FIRST_ROWS, mostRows) * BYTES });
    this.#data = new Float64Array(this.#buffer);
  }

  /** @throws RangeError past the most rows */
  push(value: number): void {
    if (this.length === this.#data.length) this.#grow();
    this.#data[this.length++] = value;
  }

  #grow(): void {
    const rows = Math.min(2 * this.length, this.length + MOST_ROWS_ADDED, this.#buffer.maxByteLength / BYTES);
    if (rows === this.length) throw new RangeError(`a column holds ${rows} values at most`);
    this.#buffer.resize(rows * BYTES);
  }

  /** A view, valid until the next push. */
  get column(): Float64Array {
    return new Float64Array(this.#buffer, 0, this.length);
  }
}

/** The line that each row stands in. Most follow one another, so only where they do not is anything kept. */
export class LinesOfRows {
  length = 0;
  /** Of each stretch: its first row, and that row's line. */
  readonly #rows: number[] = [];
  readonly #lines: number[] = [];
  #next = Number.NaN;

  push(line: number): void {
    if (line !== this.#next) {
      this.#rows.push(this.length);
      this.#lines.push(line);
    }
    this.#next = line + 1;
    this.length++;
  }

  /** @returns 0 for a row that is not there */
  of(row: number): number {
    if (!(row >= 0 && row < this.length)) return 0;
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#rows[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return this.#lines[low]! + row - this.#rows[low]!;
  }
}
