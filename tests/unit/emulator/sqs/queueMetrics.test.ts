import { describe, expect, it } from 'vitest';
import { type Account, account, startMs } from './harness.ts';

const names = ({ recorded }: Account, minute: number): string[] =>
  recorded
    .filter(({ point }) => point.atMs === startMs + minute * 60_000)
    .map(({ metricName }) => metricName)
    .sort();
const point = ({ recorded }: Account, metricName: string, minute: number) =>
  recorded.find((one) => one.metricName === metricName && one.point.atMs === startMs + minute * 60_000)?.point;

describe('AWS/SQS metrics', () => {
  it('[SQS-50, 54] counts a minute of traffic, and samples gauges six times in it', () => {
    const cloud = account();
    const queue = cloud.sqs.createQueue('q', {});
    cloud.at(15);
    for (const body of ['a', 'bb', 'cccc']) queue.send({ body });
    cloud.at(35);
    const received = queue.receive(2);
    queue.receive(1);
    queue.receive(1);
    cloud.at(45);
    queue.deleteMessage(received[0]!.receiptHandle);
    queue.deleteMessage(received[0]!.receiptHandle);
    cloud.at(60);
    const gauge = (sum: number, minimum: number, maximum: number) => ({
      atMs: startMs,
      count: 6,
      sum,
      minimum,
      maximum,
    });
    const total = (sum: number) => ({ atMs: startMs, count: 1, sum, minimum: sum, maximum: sum });
    // Samples at 0, 10, 20, 30, 40, 50 s.
    expect(point(cloud, 'ApproximateNumberOfMessagesVisible', 0)).toEqual(gauge(0 + 0 + 3 + 3 + 0 + 0, 0, 3));
    expect(point(cloud, 'ApproximateNumberOfMessagesNotVisible', 0)).toEqual(gauge(3 + 2, 0, 3));
    expect(point(cloud, 'ApproximateAgeOfOldestMessage', 0)).toMatchObject({ count: 4, minimum: 5, maximum: 35 });
    expect(point(cloud, 'NumberOfMessagesSent', 0)).toEqual(total(3));
    expect(point(cloud, 'NumberOfMessagesReceived', 0)).toEqual(total(3));
    // A delete that is repeated counts again.
    expect(point(cloud, 'NumberOfMessagesDeleted', 0)).toEqual(total(2));
    expect(point(cloud, 'NumberOfEmptyReceives', 0)).toEqual(total(1));
    expect(point(cloud, 'SentMessageSize', 0)).toEqual({ atMs: startMs, count: 3, sum: 7, minimum: 1, maximum: 4 });
    expect(new Set(cloud.recorded.map(({ metricName, unit }) => `${metricName} ${unit}`))).toContain(
      'SentMessageSize Bytes',
    );
    expect(new Set(cloud.recorded.map(({ queueName }) => queueName))).toEqual(new Set(['q']));
  });

  it('[SQS-51, 52] missing is not zero: an empty queue has no age, no size, nothing in flight and nothing delayed', () => {
    const cloud = account();
    cloud.sqs.createQueue('q', {});
    cloud.at(60);
    expect(names(cloud, 0)).toEqual([
      'ApproximateNumberOfMessagesVisible',
      'NumberOfEmptyReceives',
      'NumberOfMessagesDeleted',
      'NumberOfMessagesReceived',
      'NumberOfMessagesSent',
    ]);
  });

  it('[SQS-52] delayed messages are counted while there are any', () => {
    const cloud = account();
    const queue = cloud.sqs.createQueue('q', {});
    queue.send({ body: 'x', delaySeconds: 30 });
    cloud.at(120);
    expect(point(cloud, 'ApproximateNumberOfMessagesDelayed', 0)).toMatchObject({ sum: 3, maximum: 1 });
    expect(point(cloud, 'ApproximateNumberOfMessagesDelayed', 1)).toBeUndefined();
  });

  it('[SQS-53] the age leaves out a message from its third receive on', () => {
    const cloud = account();
    const queue = cloud.sqs.createQueue('q', { VisibilityTimeout: '5' });
    queue.send({ body: 'poison' });
    cloud.at(30);
    queue.send({ body: 'fresh' });
    expect(queue.oldestMessageAgeMs()).toBe(30_000);
    for (const second of [30, 36, 42]) {
      cloud.at(second);
      expect(queue.receive(1)[0]?.message.body).toBe('poison');
    }
    expect(queue.oldestMessageAgeMs()).toBe(12_000);
    queue.deleteMessage(queue.receive(1)[0]!.receiptHandle);
    expect(queue.oldestMessageAgeMs()).toBeNull();
  });

  it('[SQS-51] a queue without messages rests after six hours, and a call wakes it', () => {
    const cloud = account();
    const queue = cloud.sqs.createQueue('q', {});
    cloud.at(8 * 3_600);
    const lastMinute = Math.max(...cloud.recorded.map(({ point: { atMs } }) => (atMs - startMs) / 60_000));
    expect(lastMinute).toBe(360);
    queue.noteCall();
    cloud.at(8 * 3_600 + 60);
    expect(names(cloud, 480)).toContain('ApproximateNumberOfMessagesVisible');
  });

  it('[SQS-51] a queue that holds a message never rests', () => {
    const cloud = account();
    cloud.sqs.createQueue('q', {}).send({ body: 'x' });
    cloud.at(10 * 3_600);
    expect(point(cloud, 'ApproximateAgeOfOldestMessage', 599)).toMatchObject({ maximum: 36_000 - 10 });
  });

  it('[SQS-32] a move into a dead-letter queue is no send', () => {
    const cloud = account();
    const dead = cloud.sqs.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = cloud.sqs.createQueue('q', { RedrivePolicy, VisibilityTimeout: '1' });
    queue.send({ body: 'x' });
    queue.receive(1);
    cloud.at(5);
    queue.receive(1);
    cloud.at(60);
    const sent = cloud.recorded.filter(
      ({ metricName, point: { sum } }) => metricName === 'NumberOfMessagesSent' && sum > 0,
    );
    expect(sent.map(({ queueName }) => queueName)).toEqual(['q']);
    expect(
      cloud.recorded.find(({ queueName, metricName }) => queueName === 'dead' && metricName.endsWith('Visible'))?.point
        .maximum,
    ).toBe(1);
  });

  it('[SQS-50] traffic between the last sample and the full minute belongs to that minute', () => {
    const cloud = account();
    cloud.at(55);
    cloud.sqs.createQueue('q', {}).send({ body: 'x' });
    cloud.at(60);
    expect(point(cloud, 'NumberOfMessagesSent', 0)?.sum).toBe(1);
  });
});
