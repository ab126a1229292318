import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { costUsd, instancePriceUsd, loadPrices, shardHourPriceUsd } from '../../../src/engine/prices.ts';
import { callsSince, pollingCost } from '../../../src/engine/recorder/pollingCost.ts';
import { resourcesDir } from './manualHost.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function edited(change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-prices-'));
  folders.push(folder);
  writeFileSync(join(folder, 'prices.json'), change(readFileSync(join(resourcesDir, 'prices.json'), 'utf8')));
  return folder;
}

const prices = loadPrices(resourcesDir);

describe('UX-43 prices are editable data with a date', () => {
  it('the file that is shipped has a region, a date and a price for its fallback', () => {
    for (const part of [prices.polling, prices.instances, prices.kinesis!]) {
      expect(part.region).toBe('us-east-1');
      expect(part.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    expect(instancePriceUsd(prices, 'c7g.large')).toBe(0.0725);
    expect(shardHourPriceUsd(prices)).toBe(0.015);
    expect(instancePriceUsd(prices, 'x9.huge')).toBe(instancePriceUsd(prices, null));
  });

  it.each([
    {
      change: (text: string) => text.replace('"m5.large": 0.096', '"m5.large": "cheap"'),
      code: 'FILE_FIELD_INVALID',
      params: { field: 'perHour', found: '"cheap"' },
    },
    {
      change: (text: string) => text.replace('"t3.large": 0.0832', '"t3.large": -1'),
      code: 'FILE_FIELD_INVALID',
      params: { field: 't3.large', line: 17, found: '-1' },
    },
    {
      change: (text: string) => text.replace('"sqsPerMillionRequests": 0.4', '"sqs": 0.4'),
      code: 'FILE_FIELD_INVALID',
      params: { field: 'sqsPerMillionRequests', found: 'missing' },
    },
    { change: () => '{ "polling": ', code: 'FILE_SYNTAX', params: { file: 'prices.json' } },
    {
      change: (text: string) => text.replace('"shardHour": 0.015', '"shardHour": "free"'),
      code: 'FILE_FIELD_INVALID',
      params: { field: 'shardHour', found: '"free"' },
    },
  ])('a wrong edit says where: $params', ({ change, code, params }) => {
    const folder = edited(change);
    expect(() => loadPrices(folder)).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining(params) }),
    );
  });

  it('a file of an older version has no price of a shard', () => {
    const folder = edited((text) => text.replace(/,\s*"kinesis": \{[^}]*\}/, ''));
    expect(shardHourPriceUsd(loadPrices(folder))).toBeNull();
  });

  it('a missing file says so', () => {
    expect(() => loadPrices(join(resourcesDir, 'nowhere'))).toThrow(
      expect.objectContaining({ code: 'FILE_UNREADABLE' }),
    );
  });
});

describe('what polling costs', () => {
  it.each([
    { calls: {}, metricsRequested: 100_000, usd: 1, because: '0.01 per 1,000 metrics, whatever the number of calls' },
    { calls: { GetQueueAttributes: 1_000_000 }, metricsRequested: 0, usd: 0.4, because: '0.40 per million' },
    { calls: { DescribeAlarmHistory: 1000 }, metricsRequested: 0, usd: 0.01, because: '0.01 per 1,000' },
    {
      calls: { DescribeScalingActivities: 1e6, ListShards: 1e6, GetCallerIdentity: 1e6 },
      metricsRequested: 0,
      usd: 0,
      because: 'free',
    },
  ] as { calls: Record<string, number>; metricsRequested: number; usd: number; because: string }[])(
    '$usd USD: $because',
    ({ calls, metricsRequested, usd }) => {
      expect(costUsd(prices, { calls, metricsRequested })).toBeCloseTo(usd, 9);
    },
  );

  it('is made from one ordinary poll and one discovery, times how often each happens', () => {
    const before = { calls: { GetMetricData: 7, ListQueues: 1 }, metricsRequested: 500 };
    const after = { calls: { GetMetricData: 9, ListQueues: 1, GetQueueAttributes: 3 }, metricsRequested: 1500 };
    const perPoll = callsSince(before, after);
    expect(perPoll).toEqual({ calls: { GetMetricData: 2, GetQueueAttributes: 3 }, metricsRequested: 1000 });
    const perDiscovery = { calls: { ListQueues: 5 }, metricsRequested: 0 };
    const { callsPerMinute, costPerDayUsd } = pollingCost(prices, perPoll, perDiscovery, { poll: 30, discovery: 600 });
    expect(callsPerMinute).toEqual({ GetMetricData: 4, GetQueueAttributes: 6, ListQueues: 0.5 });
    expect(costPerDayUsd).toBeCloseTo(2880 * 0.01 + (2880 * 3 + 144 * 5) * 0.4e-6, 9);
  });
});
