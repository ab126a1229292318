/** Wrong things done to bytes, whatever they mean: flips, cuts, doubled and swapped parts, and broken compression. */
import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import type { Chance } from './chance.ts';

const pieces = [
  '00',
  'ff',
  '7f',
  '80',
  'c0af',
  'eda080',
  'f5808080',
  'efbbbf',
  'fffe',
  'feff0000',
  '0d0a',
  '22',
  '5c',
  '7b',
  '5d',
].map((hex) => Buffer.from(hex, 'hex'));

/** One to three strokes of damage. */
export function damage(bytes: Uint8Array, chance: Chance): Uint8Array {
  let damaged = bytes;
  for (let left = 1 + chance.below(3); left > 0; left--) damaged = stroke(damaged, chance);
  return damaged;
}

function stroke(bytes: Uint8Array, chance: Chance): Uint8Array {
  const at = chance.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + chance.below(16));
  const copy = Buffer.from(bytes);
  return chance.weighted<() => Uint8Array>([
    [5, () => flip(copy, chance)],
    [3, () => copy.subarray(0, at)],
    [1, () => copy.subarray(at)],
    [3, () => Buffer.concat([copy.subarray(0, to), copy.subarray(at)])],
    [2, () => Buffer.concat([copy.subarray(0, at), copy.subarray(to)])],
    [2, () => Buffer.concat([copy.subarray(to), copy.subarray(at, to), copy.subarray(0, at)])],
    [3, () => Buffer.concat([copy.subarray(0, at), chance.pick(pieces), copy.subarray(at)])],
    [2, () => copy.fill(chance.pick([0, 0xff, 0x20, 0x7f]), at, to)],
    [1, () => Buffer.alloc(0)],
  ])();
}

function flip(copy: Buffer, chance: Chance): Buffer {
  for (let left = 1 + chance.below(4); left > 0 && copy.length > 0; left--) {
    const at = chance.below(copy.length);
    copy[at] = copy[at]! ^ (1 << chance.below(8));
  }
  return copy;
}

const mebibyte = 1_048_576;

/** Small to send, large to hold: just above the limit, far above it, and a bomb inside of a bomb. */
const bombs = (): readonly Uint8Array[] => {
  const large = gzipSync(Buffer.alloc(64 * mebibyte));
  return [gzipSync(Buffer.alloc(16 * mebibyte + 1)), large, gzipSync(large), Buffer.concat([large, large])];
};
let madeBombs: readonly Uint8Array[] | null = null;

/** A body to be sent with `content-encoding: gzip`: right, damaged, twice compressed, in parts, or not compressed. */
export function gzipped(body: Uint8Array, chance: Chance): Uint8Array {
  const whole = gzipSync(body, { level: 1 });
  return chance.weighted<() => Uint8Array>([
    [30, () => whole],
    [30, () => damage(whole, chance)],
    [10, () => whole.subarray(0, whole.length - chance.below(9))],
    [8, () => gzipSync(whole, { level: 1 })],
    [6, () => Buffer.concat([gzipSync(body.subarray(0, 9)), gzipSync(body.subarray(9))])],
    [4, () => Buffer.concat([whole, Buffer.from('junk')])],
    // A file name without an end.
    [3, () => Buffer.concat([Buffer.from('1f8b08080000000000ff', 'hex'), Buffer.alloc(5_000, 0x61)])],
    [8, () => body],
    [0.3, () => bomb(chance)],
  ])();
}

function bomb(chance: Chance): Uint8Array {
  madeBombs ??= bombs();
  return chance.pick(madeBombs);
}
