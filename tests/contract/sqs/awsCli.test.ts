import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { awsCli, awsJson, runAws } from '../clients.ts';
import { startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(() => emulator.stop());

/** Every command is a process of its own that takes a second to start. */
const patienceMs = 120_000;

describe('SQS with the AWS CLI', () => {
  it.skipIf(awsCli.leftOut)(
    'the whole flow',
    async () => {
      const sqs = (...args: string[]) =>
        awsJson(emulator.endpoint, ['sqs', ...args]) as Promise<Record<string, unknown>>;
      const { QueueUrl } = await sqs('create-queue', '--queue-name', 'orders', '--attributes', 'VisibilityTimeout=30');
      const url = String(QueueUrl);
      expect(await sqs('get-queue-url', '--queue-name', 'orders')).toEqual({ QueueUrl: url });

      const sent = await sqs('send-message', '--queue-url', url, '--message-body', 'one');
      expect(sent).toEqual({
        MD5OfMessageBody: 'f97c5d29941bfb1b2fdab0874906ab82',
        MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      const entries = JSON.stringify([
        { Id: 'a', MessageBody: 'two' },
        { Id: 'b', MessageBody: 'three' },
      ]);
      const batch = await sqs('send-message-batch', '--queue-url', url, '--entries', entries);
      expect(batch.Successful).toHaveLength(2);

      const received = await sqs(
        ...['receive-message', '--queue-url', url, '--wait-time-seconds', '5'],
        ...['--max-number-of-messages', '10', '--attribute-names', 'All'],
      );
      const messages = received.Messages as {
        Body: string;
        ReceiptHandle: string;
        Attributes: Record<string, string>;
      }[];
      expect(messages.map(({ Body }) => Body)).toEqual(['one', 'two', 'three']);
      expect(messages[0]!.Attributes.ApproximateReceiveCount).toBe('1');
      const handle = messages[0]!.ReceiptHandle;
      const visibility = ['--receipt-handle', handle, '--visibility-timeout', '0'];
      expect(await sqs('change-message-visibility', '--queue-url', url, ...visibility)).toBeNull();
      expect(
        await sqs('delete-message', '--queue-url', url, '--receipt-handle', messages[1]!.ReceiptHandle),
      ).toBeNull();

      const { Attributes } = await sqs('get-queue-attributes', '--queue-url', url, '--attribute-names', 'All');
      expect(Attributes).toMatchObject({
        ApproximateNumberOfMessages: '1',
        ApproximateNumberOfMessagesNotVisible: '1',
        VisibilityTimeout: '30',
      });
      expect(await sqs('purge-queue', '--queue-url', url)).toBeNull();
      // Nothing there: the CLI prints nothing.
      expect(await sqs('receive-message', '--queue-url', url)).toBeNull();

      const missing = await runAws(emulator.endpoint, ['sqs', 'get-queue-url', '--queue-name', 'none']);
      expect(missing.status).not.toBe(0);
      expect(missing.stderr).toContain(
        '(AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation',
      );
      expect(await awsJson(emulator.endpoint, ['sts', 'get-caller-identity'])).toMatchObject({
        Account: '000000000000',
      });
    },
    patienceMs,
  );
});
