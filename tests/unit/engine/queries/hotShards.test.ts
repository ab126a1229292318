import { describe, expect, it } from 'vitest';
import { hotShards, shardBytesPerSecond as mib } from '../../../../src/engine/queries/hotShards.ts';

const shards = (...uses: [bytes: number, records: number][]) =>
  uses.map(([bytesPerSecond, recordsPerSecond], at) => ({ shardId: `s${at}`, bytesPerSecond, recordsPerSecond }));
const hot = (...uses: [number, number][]): string[] => hotShards(shards(...uses)).map(({ shardId }) => shardId);

describe('UX-05 a hot shard has over 2x the mean and over 80 % of a limit', () => {
  it.each([
    {
      uses: [
        [0.9 * mib, 100],
        [0.1 * mib, 100],
        [0.1 * mib, 100],
        [0.1 * mib, 100],
      ],
      hot: ['s0'],
      because: 'bytes',
    },
    {
      uses: [
        [1e4, 100],
        [1e4, 950],
        [1e4, 100],
        [1e4, 100],
      ],
      hot: ['s1'],
      because: 'records',
    },
    {
      uses: [
        [0.9 * mib, 900],
        [0.9 * mib, 900],
        [0.9 * mib, 900],
      ],
      hot: [],
      because: 'all are busy alike: the stream is too small',
    },
    {
      uses: [
        [0.5 * mib, 10],
        [0.01 * mib, 10],
        [0.01 * mib, 10],
      ],
      hot: [],
      because: 'uneven, but far from a limit',
    },
    {
      uses: [
        [0.9 * mib, 900],
        [0.5 * mib, 500],
      ],
      hot: [],
      because: 'two shards: 1.3 times the mean',
    },
    { uses: [[0.99 * mib, 999]], hot: [], because: 'one shard has nothing to be compared with' },
    {
      uses: [
        [0, 0],
        [0, 0],
      ],
      hot: [],
      because: 'no traffic',
    },
  ] as { uses: [number, number][]; hot: string[]; because: string }[])('$because', ({ uses, hot: expected }) => {
    expect(hot(...uses)).toEqual(expected);
  });

  it('names the share of the nearer limit and the multiple of the mean', () => {
    const [first] = hotShards(shards([0.95 * mib, 990], [0.1 * mib, 10], [0.1 * mib, 10], [0.05 * mib, 10]));
    expect(first).toMatchObject({ shardId: 's0' });
    expect(first!.shareOfLimit).toBeCloseTo(0.99);
    expect(first!.timesMean).toBeCloseTo(990 / 255);
  });
});
