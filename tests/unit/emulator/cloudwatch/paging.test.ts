/** Pages of GetMetricData while the clock runs on: together they are what the first page saw. */
import { expect, it } from 'vitest';
import { json, startMs, testCloud } from '../wire/exchange.ts';

const minuteMs = 60_000;

it('every page reads as of the first one', async () => {
  const cloud = testCloud();
  cloud.home.sqs.createQueue('q', {});
  cloud.world.advanceTo(startMs + 10 * minuteMs);
  const request = {
    StartTime: startMs / 1_000,
    EndTime: startMs / 1_000 + 3_600,
    MaxDatapoints: 2,
    MetricDataQueries: [
      {
        Id: 'visible',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SQS',
            MetricName: 'ApproximateNumberOfMessagesVisible',
            Dimensions: [{ Name: 'QueueName', Value: 'q' }],
          },
          Period: 60,
          Stat: 'Average',
        },
      },
    ],
  };
  const times: number[] = [];
  let NextToken: unknown;
  let pages = 0;
  do {
    const { output } = await json(cloud, 'GraniteServiceVersion20100801.GetMetricData', { ...request, NextToken });
    const [result] = output.MetricDataResults as { Timestamps: number[] }[];
    times.push(...result!.Timestamps);
    NextToken = output.NextToken;
    pages++;
    cloud.world.advanceTo(cloud.world.nowMs() + minuteMs);
  } while (NextToken !== undefined);
  expect(pages).toBeGreaterThan(2);
  // Newest first, each minute once, none left out.
  const newest = times[0]!;
  expect(times).toEqual(times.map((_, index) => newest - 60 * index));
  expect(times.at(-1)).toBe(startMs / 1_000);
});
