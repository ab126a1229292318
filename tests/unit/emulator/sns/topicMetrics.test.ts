import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { after, openPolicy, queueArn, sns, sqs, testCloud, topicWithQueue } from './harness.ts';

/** The sums of each AWS/SNS metric over the minutes so far, by metric. */
function sums(cloud: Cloud): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const series of cloud.home.cloudWatch.store.all()) {
    if (series.ref.namespace !== 'AWS/SNS') continue;
    expect(series.ref.dimensions).toEqual({ TopicName: 't' });
    totals[series.ref.metricName] = minutesOf(series).reduce((sum, minute) => sum + minute.sum, 0);
  }
  return totals;
}

type Series = ReturnType<Cloud['home']['cloudWatch']['store']['all']> extends Iterable<infer S> ? S : never;

function minutesOf(series: Series): { sum: number; count: number }[] {
  const found: { sum: number; count: number }[] = [];
  const firstMinute = Date.UTC(2026, 2, 2) / 60_000;
  for (let minute = firstMinute; minute < firstMinute + 600; minute++) {
    const set = series.collect(minute, minute + 1);
    if (set !== null) found.push({ sum: set.sum, count: set.count });
  }
  return found;
}

describe('AWS/SNS', () => {
  it('[SNS-90] counts what was published, delivered, held back by filters and why, failed and redriven', async () => {
    const cloud = testCloud();
    const deadArn = queueArn('dead');
    await sqs(cloud, 'CreateQueue', { QueueName: 'dead', Attributes: { Policy: openPolicy(deadArn) } });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadArn });
    const { TopicArn } = await topicWithQueue(cloud, { attributes: { FilterPolicy: '{"a":["b"]}', RedrivePolicy } });
    const a = (StringValue: string) => ({ a: { DataType: 'String', StringValue } });
    await sns(cloud, 'Publish', { TopicArn, Message: '12345', MessageAttributes: a('b') });
    await sns(cloud, 'Publish', { TopicArn, Message: 'x', MessageAttributes: a('c') });
    await sns(cloud, 'Publish', { TopicArn, Message: 'x' });
    const missing = { TopicArn, Protocol: 'sqs', Endpoint: queueArn('none'), Attributes: { RedrivePolicy } };
    await sns(cloud, 'Subscribe', missing);
    const lost = JSON.stringify({ deadLetterTargetArn: queueArn('nowhere') });
    await sns(cloud, 'Subscribe', { ...missing, Endpoint: queueArn('gone'), Attributes: { RedrivePolicy: lost } });
    await sns(cloud, 'Publish', { TopicArn, Message: 'y' });
    after(cloud, 60);
    expect(sums(cloud)).toEqual({
      NumberOfMessagesPublished: 4,
      NumberOfNotificationsDelivered: 1,
      NumberOfNotificationsFilteredOut: 3,
      'NumberOfNotificationsFilteredOut-MessageAttributes': 1,
      'NumberOfNotificationsFilteredOut-NoMessageAttributes': 2,
      NumberOfNotificationsFailed: 2,
      NumberOfNotificationsRedrivenToDlq: 1,
      NumberOfNotificationsFailedToRedriveToDlq: 1,
      PublishSize: 13 + 9 + 1 + 1,
    });
  });

  it('[SNS-90] is silent six hours after the last call', async () => {
    const cloud = testCloud();
    const { TopicArn } = await topicWithQueue(cloud);
    await sns(cloud, 'Publish', { TopicArn, Message: 'x' });
    after(cloud, 7 * 3_600);
    const published = [...cloud.home.cloudWatch.store.all()].find(
      ({ ref }) => ref.metricName === 'NumberOfMessagesPublished',
    )!;
    const minutes = minutesOf(published);
    expect(minutes.length).toBe(361);
    expect(minutes.filter(({ sum }) => sum > 0)).toHaveLength(1);
  });
});
