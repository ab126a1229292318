/**
 * Many lines of a state file in one: deflated, with no line feed in it.
 *
 *     CHECKSUM LENGTH Z ...      its checksum goes on from the line before the many, as theirs do
 *
 * Nothing is lost: unpacked they are the same bytes, checksums included, so the line behind goes on from the last of them. Pure. What is
 * packed when is packing.ts.
 */
import { promisify } from 'node:util';
import { crc32, deflateRaw, inflateRawSync } from 'node:zlib';

const lineFeed = 0x0a;
/** Stands before a byte that is said by another one. */
const escapeByte = 0x0b;
const escaped: ReadonlyMap<number, number> = new Map([
  [lineFeed, 0x41],
  [escapeByte, 0x42],
]);
const mark = Buffer.from('Z ', 'latin1');
const level = 3;

const deflate = promisify(deflateRaw) as (bytes: Uint8Array, options: { readonly level: number }) => Promise<Buffer>;

/**
 * @param lines whole ones, each with its line feed
 * @param chain checksum of the line before them
 * @returns the line, with its line feed
 */
export async function packLines(lines: Uint8Array, chain: number): Promise<Buffer> {
  const content = Buffer.concat([mark, withoutLineFeeds(await deflate(lines, { level }))]);
  const checksum = crc32(content, chain).toString(16).padStart(8, '0');
  return Buffer.concat([Buffer.from(`${checksum} ${content.length} `, 'latin1'), content, Buffer.of(lineFeed)]);
}

export const isPacked = (content: Uint8Array): boolean => content[0] === mark[0] && content[1] === mark[1];

/** @throws Error for a content that says nothing */
export const unpackLines = (content: Uint8Array): Buffer =>
  inflateRawSync(withLineFeeds(content.subarray(mark.length)));

/** Checksum of the last of these lines. */
export function chainOfLast(lines: Buffer): number {
  const start = lines.lastIndexOf(lineFeed, lines.length - 2) + 1;
  return Number.parseInt(lines.toString('latin1', start, start + 8), 16);
}

function withoutLineFeeds(bytes: Uint8Array): Buffer {
  const clean = Buffer.allocUnsafe(2 * bytes.length);
  let length = 0;
  for (const byte of bytes) {
    const instead = byte === lineFeed || byte === escapeByte ? escaped.get(byte) : undefined;
    if (instead !== undefined) clean[length++] = escapeByte;
    clean[length++] = instead ?? byte;
  }
  return clean.subarray(0, length);
}

function withLineFeeds(clean: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(clean.length);
  let length = 0;
  for (let at = 0; at < clean.length; at++) {
    const byte = clean[at]!;
    bytes[length++] = byte === escapeByte ? original(clean[++at]) : byte;
  }
  return bytes.subarray(0, length);
}

function original(instead: number | undefined): number {
  for (const [byte, said] of escaped) if (said === instead) return byte;
  throw new RangeError('nothing is said like this');
}
