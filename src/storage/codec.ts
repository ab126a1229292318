/**
 * Columns of one series as bytes: times as whole-number deltas, values as whole-number deltas where that loses nothing.
 *
 * Counts, backlogs and rounded gauges take about one byte a point; full-precision doubles take about seven, and nothing
 * compresses them much further. Exact: what is decoded is bit for bit what was encoded (except -0, which becomes 0).
 *
 * Layout: varint n; byte kind; zigzag first time minus base; if n > 1 varint step; if irregular, n - 1 varint gaps in
 * steps; then the values. Kind: bit 0 irregular times; bits 1 to 3 decimals 0 to 4 of the whole-number path, 7 doubles.
 * Doubles: the leading bytes that all share (sign, exponent) stand once, behind their count.
 */

import type { Points } from '../core/model/series.ts';

const irregularTimes = 1;
const rawDoubles = 7;
const maxDecimals = 4;

/** One double and its bytes: a log is full of single ones. */
const scratchBytes = new Uint8Array(8);
const scratch = new DataView(scratchBytes.buffer);

/** Bytes that grow as they are written. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 4096) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** @param value whole, 0 to 2^53 - 1 */
  varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    // Above 31 bits the bit operators would cut the number, so the high part goes by division.
    while (rest >= 0x80000000) {
      this.#bytes[this.#length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** @param value whole, between -2^52 and 2^52 */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** Doubles, most significant byte first; the bytes that lead every one of them are written once. */
  doubles(values: ArrayLike<number>): void {
    const view = values.length === 1 ? scratch : new DataView(new ArrayBuffer(values.length * 8));
    for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i]!);
    const bytes = values.length === 1 ? scratchBytes : new Uint8Array(view.buffer);
    let shared = 0;
    for (; shared < 8; shared++) {
      let i = 8;
      while (i < bytes.length && bytes[i + shared] === bytes[shared]) i += 8;
      if (i < bytes.length) break;
    }
    this.byte(shared);
    this.#reserve(bytes.length);
    for (let b = 0; b < shared; b++) this.#bytes[this.#length++] = bytes[b]!;
    for (let i = 0; i < bytes.length; i += 8) {
      for (let b = shared; b < 8; b++) this.#bytes[this.#length++] = bytes[i + b]!;
    }
  }

  /** A copy of what was written; the writer is empty afterwards and can be used again. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(this.#bytes.length * 2 + more);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  mark(): number {
    return this.#at;
  }

  reset(mark: number): void {
    this.#at = mark;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 128;
    do {
      byte = bytes[this.#at++]!;
      value += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 0x80);
    return value;
  }

  zigzag(): number {
    const value = this.varint();
    if (value < 0x80000000) return (value >>> 1) ^ -(value & 1);
    return (value & 1) === 0 ? value / 2 : -(value + 1) / 2;
  }

  byte(): number {
    return this.#bytes[this.#at++]!;
  }

  /** Fills `values` with as many doubles as it is long. */
  doubles(values: Float64Array): void {
    const shared = this.byte();
    for (let b = 0; b < shared; b++) scratchBytes[b] = this.#bytes[this.#at++]!;
    for (let i = 0; i < values.length; i++) {
      for (let b = shared; b < 8; b++) scratchBytes[b] = this.#bytes[this.#at++]!;
      values[i] = scratch.getFloat64(0);
    }
  }
}

/**
 * @param times whole epoch seconds, strictly rising
 * @param values as many, finite
 * @param baseSeconds any instant near the times; the decoder must be given the same
 */
export function encodeColumns(
  out: ByteWriter,
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  baseSeconds: number,
): void {
  const n = times.length;
  out.varint(n);
  if (n === 0) return;
  const { step, irregular } = stepOf(times);
  const decimals = decimalsOf(values);
  out.byte((irregular ? irregularTimes : 0) | ((decimals ?? rawDoubles) << 1));
  out.zigzag(times[0]! - baseSeconds);
  if (n > 1) out.varint(step);
  if (irregular) for (let i = 1; i < n; i++) out.varint((times[i]! - times[i - 1]!) / step);
  if (decimals === undefined) {
    out.doubles(values);
    return;
  }
  const scale = 10 ** decimals;
  let previous = 0;
  for (let i = 0; i < n; i++) {
    const whole = Math.round(values[i]! * scale);
    out.zigzag(whole - previous);
    previous = whole;
  }
}

/** The inverse of `encodeColumns`; leaves the reader behind the columns. */
export function decodeColumns(reader: ByteReader, baseSeconds: number): Points {
  const n = reader.varint();
  const times = new Float64Array(n);
  const values = new Float64Array(n);
  if (n === 0) return { times, values };
  const kind = reader.byte();
  let time = baseSeconds + reader.zigzag();
  const step = n > 1 ? reader.varint() : 0;
  times[0] = time;
  if ((kind & irregularTimes) !== 0) for (let i = 1; i < n; i++) times[i] = time += reader.varint() * step;
  else for (let i = 1; i < n; i++) times[i] = time += step;
  const decimals = kind >> 1;
  if (decimals === rawDoubles) {
    reader.doubles(values);
    return { times, values };
  }
  let whole = 0;
  if (decimals === 0) {
    for (let i = 0; i < n; i++) values[i] = whole += reader.zigzag();
    return { times, values };
  }
  const scale = 10 ** decimals;
  for (let i = 0; i < n; i++) {
    whole += reader.zigzag();
    values[i] = whole / scale;
  }
  return { times, values };
}

/** As `decodeColumns`, point by point: a log of single points is read without a column for each. */
export function decodeEach(
  reader: ByteReader,
  baseSeconds: number,
  visit: (time: number, value: number) => void,
): void {
  const mark = reader.mark();
  if (reader.varint() !== 1) {
    reader.reset(mark);
    const { times, values } = decodeColumns(reader, baseSeconds);
    for (let i = 0; i < times.length; i++) visit(times[i]!, values[i]!);
    return;
  }
  const decimals = reader.byte() >> 1;
  const time = baseSeconds + reader.zigzag();
  if (decimals !== rawDoubles) {
    visit(time, reader.zigzag() / 10 ** decimals);
    return;
  }
  reader.doubles(oneDouble);
  visit(time, oneDouble[0]!);
}

const oneDouble = new Float64Array(1);

/** Largest step that every gap is a multiple of; irregular when some gap is more than one step. */
function stepOf(times: ArrayLike<number>): { step: number; irregular: boolean } {
  if (times.length < 2) return { step: 0, irregular: false };
  const first = times[1]! - times[0]!;
  let step = first;
  let irregular = false;
  for (let i = 2; i < times.length; i++) {
    const gap = times[i]! - times[i - 1]!;
    if (gap === first) continue;
    irregular = true;
    step = greatestCommonDivisor(step, gap);
  }
  return { step, irregular };
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** Fewest decimals (0 to 4) at which every value is a whole number again, without loss; undefined when none fits. */
function decimalsOf(values: ArrayLike<number>): number | undefined {
  let decimals = 0;
  let scale = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    while (Math.round(value * scale) / scale !== value) {
      if (++decimals > maxDecimals) return undefined;
      scale *= 10;
    }
    // Two such numbers must have a difference that zigzag can hold.
    if (Math.abs(value * scale) > 2 ** 50) return undefined;
  }
  // A later value may have raised the scale past what an earlier one can bear.
  for (let i = 0; i < values.length; i++) {
    const whole = Math.round(values[i]! * scale);
    if (whole / scale !== values[i]! || Math.abs(whole) > 2 ** 50) return undefined;
  }
  return decimals;
}
