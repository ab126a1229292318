import { expect, test } from 'vitest';
import { answerOutbox } from '../../../../src/emulator/server/outbox.ts';
import { after, sns, startMs, testCloud } from '../sns/harness.ts';

test('[SNS-33] the outbox of every account and Region, oldest first', async () => {
  const cloud = testCloud();
  const far = { accountId: '111122223333', region: 'eu-west-1' };
  await sns(cloud, 'Publish', { PhoneNumber: '+15550101', Message: 'first' }, far);
  after(cloud, 1);
  await sns(cloud, 'Publish', { PhoneNumber: '+15550102', Message: 'second' });
  const { status, body } = answerOutbox(cloud);
  const entry = { kind: 'sms', topicArn: null, subject: null, messageId: expect.any(String) };
  expect([status, JSON.parse(String(body))]).toEqual([
    200,
    {
      messages: [
        { ...entry, ...far, atMs: startMs, to: '+15550101', body: 'first' },
        {
          ...entry,
          accountId: '000000000000',
          region: 'us-east-1',
          atMs: startMs + 1_000,
          to: '+15550102',
          body: 'second',
        },
      ],
    },
  ]);
});
