import { describe, expect, it } from 'vitest';
import { json, startMs, testCloud } from './wire/exchange.ts';

describe('cloud', () => {
  it('has the six services, each with addresses of its own', () => {
    const { services } = testCloud().home;
    expect(services.map(({ scopeName }) => scopeName).sort()).toEqual([
      'autoscaling',
      'kinesis',
      'monitoring',
      'sns',
      'sqs',
      'sts',
    ]);
    const addresses = services.flatMap(({ query, json, cbor }) => [
      query?.version,
      json?.targetPrefix,
      cbor?.serviceName,
    ]);
    const used = addresses.filter((address) => address !== undefined);
    expect(used.length - new Set(used).size).toBe(1); // CloudWatch goes by one name in JSON and CBOR.
  });

  it('builds an account and Region when first asked, and keeps it', () => {
    const cloud = testCloud();
    const elsewhere = cloud.at('111111111111', 'eu-west-1');
    expect(cloud.at('111111111111', 'eu-west-1')).toBe(elsewhere);
    expect(cloud.at('000000000000', 'us-east-1')).toBe(cloud.home);
    expect(elsewhere.sqs.createQueue('q', {}).arn).toBe('arn:aws:sqs:eu-west-1:111111111111:q');
  });

  it("SQS traffic becomes CloudWatch's metrics by itself", async () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('q', {});
    for (const body of ['a', 'b', 'c']) queue.send({ body });
    cloud.world.advanceTo(startMs + 600_000);
    const sumOf = async (MetricName: string) => {
      const { output } = await json(cloud, 'GraniteServiceVersion20100801.GetMetricStatistics', {
        Namespace: 'AWS/SQS',
        MetricName,
        Dimensions: [{ Name: 'QueueName', Value: 'q' }],
        StartTime: startMs / 1_000,
        EndTime: startMs / 1_000 + 60,
        Period: 60,
        Statistics: ['Sum', 'SampleCount', 'Maximum'],
      });
      return output.Datapoints;
    };
    const point = { Timestamp: startMs / 1_000, Unit: 'Count' };
    expect(await sumOf('NumberOfMessagesSent')).toEqual([{ ...point, Sum: 3, SampleCount: 1, Maximum: 3 }]);
    expect(await sumOf('ApproximateNumberOfMessagesVisible')).toEqual([
      { ...point, Sum: 18, SampleCount: 6, Maximum: 3 },
    ]);
    expect(await sumOf('ApproximateNumberOfMessagesNotVisible')).toEqual([]);
  });
});
