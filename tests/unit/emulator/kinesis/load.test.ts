import { describe, expect, it } from 'vitest';
import { playStream } from '../../../../src/emulator/kinesis/index.ts';
import type { StreamSpec } from '../../../../src/emulator/scenarios/spec.ts';
import { kinesis, startMs } from './harness.ts';

const hourSeconds = 3_600;

const clicks: StreamSpec = {
  name: 'clicks',
  shards: 4,
  retentionHours: 24,
  shardLevelMetrics: ['ALL'],
  producers: [
    {
      name: 'web',
      load: { basePerMinute: 240, daily: null, crowds: [] },
      recordBytes: 100_000,
      batchSize: 50,
      keys: 64,
      hotKeyShare: 0.6,
      hotShard: 2,
    },
  ],
  consumers: [
    { name: 'fast', pollSeconds: 1, recordsPerPoll: 1_000, bytesPerSecond: null, startAt: 'LATEST' },
    { name: 'slow', pollSeconds: 5, recordsPerPoll: 1_000, bytesPerSecond: 150_000, startAt: 'LATEST' },
  ],
};

function played(spec: StreamSpec, seconds: number) {
  const aws = kinesis();
  playStream(aws.state, spec, aws.world.random.stream('streams'));
  aws.advanceSeconds(seconds);
  return aws;
}

const total = (points: readonly { sum: number }[]) => points.reduce((sum, point) => sum + point.sum, 0);
const shardId = (index: number) => `shardId-00000000000${index}`;

describe('a scenario stream', () => {
  it('offers the load it was given, most of it to the hot shard', () => {
    const aws = played(clicks, hourSeconds);
    const records = total(aws.metric('IncomingRecords'));
    expect(records).toBeGreaterThan(240 * 60 * 0.95);
    expect(records).toBeLessThan(240 * 60 * 1.05);
    const shares = [0, 1, 2, 3].map((index) => total(aws.shardMetric('IncomingRecords', shardId(index))) / records);
    expect(shares[2]).toBeGreaterThan(0.65);
    for (const index of [0, 1, 3]) expect(shares[index]).toBeLessThan(0.15);
  });

  it('the slow consumer falls behind on the hot shard and nowhere else', () => {
    const aws = played(clicks, hourSeconds);
    const age = (index: number) => aws.shardMetric('IteratorAgeMilliseconds', shardId(index)).at(-1)!.maximum;
    expect(age(2)).toBeGreaterThan(600_000);
    for (const index of [0, 1, 3]) expect(age(index)).toBeLessThan(15_000);
  });

  it('records a shard refused are offered again: after a burst nothing is lost', () => {
    const burst: StreamSpec = {
      ...clicks,
      producers: [
        {
          ...clicks.producers[0]!,
          load: {
            basePerMinute: 60,
            daily: null,
            crowds: [{ fromMs: startMs, toMs: startMs + 60_000, riseMs: 0, fallMs: 0, factor: 20 }],
          },
          hotKeyShare: 1,
        },
      ],
    };
    const aws = played(burst, 600);
    expect(total(aws.metric('WriteProvisionedThroughputExceeded'))).toBeGreaterThan(100);
    const offered = total(aws.metric('PutRecords.TotalRecords')) - total(aws.metric('PutRecords.ThrottledRecords'));
    expect(total(aws.metric('IncomingRecords'))).toBe(offered);
    expect(total(aws.metric('IncomingRecords'))).toBeGreaterThan(1_100);
  });

  it('consumers follow a reshard into the children', () => {
    const aws = played({ ...clicks, consumers: [clicks.consumers[0]!] }, 60);
    aws.call('UpdateShardCount', { StreamName: 'clicks', TargetShardCount: 8, ScalingType: 'UNIFORM_SCALING' });
    aws.advanceSeconds(600);
    const read = total(aws.metric('GetRecords.Records'));
    expect(read).toBeGreaterThan(total(aws.metric('IncomingRecords')) - 40);
    expect(aws.metric('GetRecords.IteratorAgeMilliseconds').at(-1)!.maximum).toBeLessThan(3_000);
  });

  it('repeats: one seed, one result', () => {
    expect(played(clicks, 900).published).toEqual(played(clicks, 900).published);
  });
});
