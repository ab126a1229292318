import { expect, test } from 'vitest';
import { sqs, testCloud } from './sns/harness.ts';

const QueueUrl = 'http://127.0.0.1:4566/000000000000/q';
const messages = 60_000;

test.each(['PurgeQueue', 'DeleteQueue'])(
  '%s of a great many messages frees their memory without waiting for the engine',
  async (action) => {
    const cloud = testCloud();
    await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
    const queue = cloud.home.sqs.queueByName('q')!;
    for (let n = 0; n < messages; n++) queue.send({ body: Buffer.alloc(1_024, String(n % 10)).toString('latin1') });
    const full = process.memoryUsage().heapUsed;
    expect(await sqs(cloud, action, { QueueUrl })).toEqual({});
    expect(full - process.memoryUsage().heapUsed).toBeGreaterThan(messages * 1_024 * 0.8);
  },
);
