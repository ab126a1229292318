/**
 * One line of a state file: `CHECKSUM LENGTH CONTENT`, ended by a line feed that occurs nowhere else.
 *
 * The checksum (CRC-32, eight hexadecimal digits) goes on from that of the line before, so that a line that was changed, left out or put
 * elsewhere is noticed. A line cut off in writing is known by its missing end and by being shorter than it says. What a content means
 * is entries.ts.
 */
import { crc32 } from 'node:zlib';

const lineFeed = 0x0a;
const checksumDigits = 8;
const noChecksum = '0'.repeat(checksumDigits);
const usualBytes = 64 * 1024;

/** Lines for one write, joined to what the file has already. */
export class LineWriter {
  /** Of the last line of the file; that of the next goes on from it. */
  #chain: number;
  #bytes = Buffer.allocUnsafe(usualBytes);
  #length = 0;
  #chainOfLines: number;
  /** Of the line before the last one. */
  #chainBeforeLast: number;

  constructor(chain: number) {
    this.#chain = chain;
    this.#chainOfLines = chain;
    this.#chainBeforeLast = chain;
  }

  /** @param content Latin-1, then `body` as it is; neither may hold a line feed */
  add(content: string, body?: Uint8Array): void {
    const length = content.length + (body?.length ?? 0);
    // The checksum comes later, but a text is written faster in one go.
    const text = `${noChecksum} ${length} ${content}`;
    const start = this.#length + text.length - content.length;
    const bytes = this.#reserve(start + length + 1);
    bytes.write(text, this.#length, 'latin1');
    if (body !== undefined) bytes.set(body, start + content.length);
    this.#chainBeforeLast = this.#chainOfLines;
    this.#chainOfLines = checksumOf(bytes, start, start + length, this.#chainOfLines);
    writeHexadecimal(this.#chainOfLines, bytes, this.#length);
    bytes[start + length] = lineFeed;
    this.#length = start + length + 1;
  }

  /** The last line of the file once more, with another content. To be called when all that was added is written. */
  addAgain(content: string): void {
    this.#chainOfLines = this.#chainBeforeLast;
    this.add(content);
  }

  /** The last line of the file is not in it any more, and what was added again is not either. */
  dropLast(): void {
    this.#chain = this.#chainBeforeLast;
    this.forget();
  }

  /** Good until the next `add`. */
  get lines(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** The lines are in the file. */
  written(): void {
    this.#chain = this.#chainOfLines;
    this.#clear();
  }

  /** The lines are not in the file and shall not get there. */
  forget(): void {
    this.#chainOfLines = this.#chain;
    this.#clear();
  }

  #clear(): void {
    this.#length = 0;
    if (this.#bytes.length > usualBytes) this.#bytes = Buffer.allocUnsafe(usualBytes);
  }

  #reserve(length: number): Buffer {
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

/** Of a whole line in the file. @param contentLength in bytes */
export const lineBytes = (contentLength: number): number =>
  checksumDigits + 1 + String(contentLength).length + 1 + contentLength + 1;

/** Below this a call out of the engine takes longer than the work. */
const fewBytes = 128;
const crcOfByte = Uint32Array.from({ length: 256 }, (_, byte) => crc32(Buffer.of(byte), 0xffffffff) ^ 0xffffffff);

/** CRC-32, as `crc32` has it. */
function checksumOf(bytes: Buffer, from: number, to: number, chain: number): number {
  if (to - from > fewBytes) return crc32(bytes.subarray(from, to), chain);
  let crc = ~chain;
  for (let at = from; at < to; at++) crc = crcOfByte[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

const digits = Buffer.from('0123456789abcdef', 'latin1');

/** Every line has one: digit by digit it costs a fraction of a text. */
function writeHexadecimal(checksum: number, bytes: Buffer, at: number): void {
  for (let digit = 0; digit < checksumDigits; digit++) {
    bytes[at + digit] = digits[(checksum >>> (4 * (checksumDigits - 1 - digit))) & 15]!;
  }
}

export type ReadLine =
  | { readonly kind: 'whole'; readonly content: Buffer; readonly chain: number }
  /** Begun, but its writing never ended. */
  | { readonly kind: 'torn' }
  | { readonly kind: 'damaged' };

/**
 * @param line without its line feed
 * @param ended whether a line feed followed; only the last line of a file may go without
 * @param chain checksum of the line before
 */
export function readLine(line: Buffer, ended: boolean, chain: number): ReadLine {
  const written = ended ? line : withoutZeros(line);
  const found = /^([0-9a-f]{8}) (0|[1-9]\d{0,9}) /.exec(written.toString('latin1', 0, 24));
  if (found === null) return !ended && isBeginning(written) ? { kind: 'torn' } : { kind: 'damaged' };
  const content = written.subarray(found[0].length);
  const length = Number(found[2]);
  if (!ended && content.length < length) return { kind: 'torn' };
  const checksum = crc32(content, chain);
  if (content.length !== length || checksum !== Number.parseInt(found[1]!, 16)) return { kind: 'damaged' };
  return { kind: 'whole', content, chain: checksum };
}

/** After a power cut a file may be longer than what was written of it. */
function withoutZeros(line: Buffer): Buffer {
  let length = line.length;
  while (length > 0 && line[length - 1] === 0) length--;
  return line.subarray(0, length);
}

const isBeginning = (line: Buffer): boolean =>
  line.length < 24 && /^(?:[0-9a-f]{0,8}|[0-9a-f]{8} (?:0|[1-9]\d{0,9})?)$/.test(line.toString('latin1'));

/** One line of a file and where it lies. */
export interface RawLine {
  /** Without its line feed; good until the next one is asked for. */
  readonly line: Buffer;
  readonly ended: boolean;
  /** Counted from 1. */
  readonly number: number;
  readonly startByte: number;
}

/** Cuts pieces of a file, in their order, into lines. A file that ends with a line feed has no empty line after it. */
export function* splitLines(pieces: Iterable<Buffer>): Generator<RawLine> {
  let begun: Buffer[] = [];
  let number = 1;
  let startByte = 0;
  const take = (end: Buffer, ended: boolean): RawLine => {
    const line = begun.length === 0 ? end : Buffer.concat([...begun, end]);
    const raw = { line, ended, number, startByte };
    begun = [];
    number++;
    startByte += line.length + 1;
    return raw;
  };
  for (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, from)) {
      yield take(piece.subarray(from, end), true);
      from = end + 1;
    }
    if (from < piece.length) begun.push(piece.subarray(from));
  }
  if (begun.length > 0) yield take(Buffer.alloc(0), false);
}
