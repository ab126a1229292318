import { describe, expect, it } from 'vitest';
import { evenStarts, parseHashKey } from '../../../../src/core/kinesis/hashRange.ts';
import { planUniformScaling } from '../../../../src/core/kinesis/resharding.ts';
import { hashKeyOf } from '../../../../src/emulator/kinesis/hash.ts';
import { parseSequenceNumber, sequenceNumber } from '../../../../src/emulator/kinesis/sequence.ts';

describe('hash keys', () => {
  it('a partition key is placed by the MD5 of its UTF-8 bytes, read as a number', () => {
    expect(hashKeyOf('a')).toBe(0x0cc175b9c0f1b6a831c399e269772661n);
    expect(hashKeyOf('클릭')).not.toBe(hashKeyOf('clicks'));
  });

  it('three shards split the range where AWS splits it', () => {
    expect(evenStarts(3).map(String)).toEqual([
      '0',
      '113427455640312821154458202477256070485',
      '226854911280625642308916404954512140970',
    ]);
  });

  it.each([
    ['0', 0n],
    ['340282366920938463463374607431768211455', (1n << 128n) - 1n],
    ['340282366920938463463374607431768211456', null],
    ['-1', null],
    ['01', null],
    ['abc', null],
  ])('%s as an explicit hash key is %s', (given, expected) => {
    expect(parseHashKey(given)).toBe(expected);
  });
});

describe('sequence numbers', () => {
  it('have 56 digits, rise within a shard and say where they belong', () => {
    const position = { createdSecond: 1_772_409_600, ordinal: 7, shardIndex: 3 };
    const number = sequenceNumber(position);
    expect(number).toMatch(/^\d{56}$/);
    expect(parseSequenceNumber(number)).toEqual(position);
    expect(BigInt(sequenceNumber({ ...position, ordinal: 8 }))).toBeGreaterThan(BigInt(number));
  });

  it.each(['0', '', 'x', '1'.repeat(56)])('%s is none', (given) => {
    expect(parseSequenceNumber(given)).toBeNull();
  });
});

describe('KIN-02 uniform scaling as splits and merges', () => {
  const even = (count: number) => evenStarts(count);
  it.each([
    { from: 2, to: 4, splits: 2, merges: 0 },
    { from: 4, to: 2, splits: 0, merges: 2 },
    { from: 4, to: 4, splits: 0, merges: 0 },
    { from: 4, to: 3, splits: 2, merges: 3 },
  ])('$from to $to takes $splits splits and $merges merges', ({ from, to, splits, merges }) => {
    const steps = planUniformScaling(even(from), to);
    expect(steps.filter((step) => step.kind === 'split')).toHaveLength(splits);
    expect(steps.filter((step) => step.kind === 'merge')).toHaveLength(merges);
    const cuts = new Set(even(from));
    for (const step of steps) {
      if (step.kind === 'split') cuts.add(step.at);
      else cuts.delete(step.at);
    }
    expect([...cuts].sort((a, b) => (a < b ? -1 : 1))).toEqual(even(to));
  });
});
