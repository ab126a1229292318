/** What one poll asks for: of fair queues' metrics, which most queues never have, only now and then. */
import { describe, expect, it } from 'vitest';
import type { MetricAlarm, Resource } from '../../../../src/core/model/resources.ts';
import { planJobs, targetsOf } from '../../../../src/engine/recorder/plan.ts';
import type { Progress } from '../../../../src/engine/recorder/ranges.ts';

const nowSeconds = Date.UTC(2026, 2, 2, 7, 30) / 1_000;

function queue(name: string, fifo = false): Resource {
  const config = {
    kind: 'sqs-queue' as const,
    url: `http://x/${name}`,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 345_600,
    delaySeconds: 0,
    fifo,
    deadLetter: null,
  };
  return { id: `arn:${name}`, connectionId: 'c1', kind: 'sqs-queue', name, config, discoveredAtMs: 0 };
}

/** How far ago, in seconds, each target was asked for, and when it last had a point. */
function asked(resource: Resource, ago: Readonly<Record<string, { asked?: number; data?: number }>>) {
  const at = (seconds: number | undefined): number | undefined =>
    seconds === undefined ? undefined : nowSeconds - seconds;
  const progress = (id: string): Progress => ({
    askedThroughSeconds: at(ago[id]?.asked),
    dataThroughSeconds: at(ago[id]?.data),
  });
  const series = planJobs(targetsOf([resource], []), progress, nowSeconds * 1_000).flatMap(({ range, series: all }) =>
    all.map(({ targetId, key }) => ({ targetId, name: key.metricName, fromSeconds: range.fromSeconds })),
  );
  return {
    count: series.length,
    fair: series.filter(({ name }) => /Quiet|Noisy/.test(name)).length,
    fairFromAgo:
      nowSeconds -
      Math.min(...series.filter(({ targetId }) => targetId.startsWith('fair:')).map(({ fromSeconds }) => fromSeconds)),
  };
}

const standard = queue('orders');
const recent = { asked: 60, data: 120 };

describe('metrics of fair queues', () => {
  it('are asked for with the history of a queue that is seen for the first time', () => {
    expect(asked(standard, {})).toMatchObject({ count: 13, fair: 5, fairFromAgo: 86_400 });
  });

  it.each([
    ['without points, a minute later', { asked: 60 }, 8],
    ['without points, 14 minutes later', { asked: 14 * 60 }, 8],
    ['without points, a quarter of an hour later', { asked: 15 * 60 }, 13],
    ['with points', { asked: 60, data: 120 }, 13],
    ['with points half an hour ago', { asked: 60, data: 1_800 }, 13],
    ['with points long ago', { asked: 60, data: 7_200 }, 8],
    ['with points long ago, not asked for a quarter of an hour', { asked: 15 * 60, data: 7_200 }, 13],
  ])('%s: %j', (_what, fair, count) => {
    expect(asked(standard, { 'arn:orders': recent, 'fair:arn:orders': fair }).count).toBe(count);
  });

  it('lose no first point: each time the quarter of an hour before is asked for again', () => {
    const { fairFromAgo } = asked(standard, { 'arn:orders': recent, 'fair:arn:orders': { asked: 15 * 60 } });
    expect(fairFromAgo).toBeGreaterThan(30 * 60);
  });

  it.each([
    ['a minute, the rare ones a quarter of an hour', 60, 15 * 60],
    ['five minutes, the rare ones a quarter of an hour', 300, 15 * 60],
    ['two minutes after a late poll, the rare ones a minute late', 120, 16 * 60],
  ])('share one range with everything else that is quiet and was asked for %s ago', (_what, usual, fair) => {
    const progress = (id: string): Progress => ({
      askedThroughSeconds: nowSeconds - (id.startsWith('fair:') ? fair : usual),
      // A queue rests; another one had a point two hours ago.
      dataThroughSeconds: id === 'arn:clicks' ? nowSeconds - 7_200 : undefined,
    });
    const targets = targetsOf([standard, queue('clicks')], []);
    const jobs = planJobs(targets, progress, nowSeconds * 1_000);
    expect(jobs.map(({ series }) => series.length)).toEqual([26]);
    const { fromSeconds, toSeconds } = jobs[0]!.range;
    expect(((toSeconds - fromSeconds) / 60) * 500, 'points of one answer').toBeLessThanOrEqual(100_800);
  });

  it('are asked for once, every minute, when an alarm judges one', () => {
    const alarm = {
      connectionId: 'c1',
      name: 'noisy',
      statistic: 'Maximum',
      metric: {
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfNoisyGroups',
        dimensions: { QueueName: 'orders' },
      },
      rule: { periodSeconds: 60 },
    } as unknown as MetricAlarm;
    const noisy = targetsOf([standard], [alarm]).filter(({ keys }) =>
      keys.some(({ metricName }) => metricName === alarm.metric.metricName),
    );
    expect(noisy.map(({ id, rare }) => [id, rare])).toEqual([['arn:orders', undefined]]);
  });

  it('are never asked for of a FIFO queue', () => {
    expect(asked(queue('orders.fifo', true), {})).toMatchObject({ count: 8, fair: 0 });
  });
});
