/**
 * What real clients hear of dead-letter queues, throughput and permissions that do not go together, in the words of public recordings
 * (RedriveAllowPolicy's are attested, not recorded).
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import type { Step } from '../calls.ts';
import { patienceMs, sqsClients, sqsThroughSdk } from '../everyClient.ts';
import { startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;

beforeEach(async () => {
  emulator = await startTestEmulator();
});

afterEach(() => emulator.stop());

const QueueUrl = '$queue.QueueUrl';
const set = (Attributes: Readonly<Record<string, string>>, of = QueueUrl): Step => ({
  action: 'SetQueueAttributes',
  input: { QueueUrl: of, Attributes },
});
const redrive = (deadLetterTargetArn: string): string => JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 });
const invalid = (message: string) => ({ error: 'InvalidParameterValue', message });
const unfit = (message: string) => ({ error: 'InvalidAttributeValue', message });
const refusedRedrive = (policy: string, reason: string) =>
  invalid(`Value ${policy} for parameter RedrivePolicy is invalid. Reason: ${reason}.`);

const otherKind = redrive('arn:aws:sqs:us-east-1:000000000000:q.fifo');
const otherRegion = redrive('arn:aws:sqs:eu-west-1:000000000000:q');
const byNobody = '{"redrivePermission":"byQueue"}';

const cases: readonly (readonly [step: Step, heard: unknown])[] = [
  [{ action: 'CreateQueue', input: { QueueName: 'q' }, as: 'queue' }, expect.anything()],
  [
    { action: 'CreateQueue', input: { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } }, as: 'fifo' },
    expect.anything(),
  ],
  [
    set({ RedrivePolicy: 'x' }),
    unfit('Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.'),
  ],
  [
    set({ RedrivePolicy: otherKind }),
    refusedRedrive(otherKind, 'Dead-letter queue must be same type of queue as the source.'),
  ],
  [
    set({ RedrivePolicy: otherRegion }),
    refusedRedrive(otherRegion, 'Dead-letter target must be in same region as the source'),
  ],
  [
    set({ RedriveAllowPolicy: byNobody }),
    invalid(
      `Value ${byNobody} for parameter RedriveAllowPolicy is invalid. Reason: Amazon SQS can't create the redrive allow policy. When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.`,
    ),
  ],
  [
    set({ FifoThroughputLimit: 'perMessageGroupId' }, '$fifo.QueueUrl'),
    unfit(
      'Invalid value for the parameter FifoThroughputLimit. Reason: To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup.',
    ),
  ],
  [
    {
      action: 'AddPermission',
      input: { QueueUrl, Label: 'l', AWSAccountIds: ['111122223333'], Actions: ['SendMessageBatch'] },
    },
    invalid(
      'Value SQS:SendMessageBatch for parameter ActionName is invalid. Reason: Please refer to the appropriate WSDL for a list of valid actions.',
    ),
  ],
];

describe.each(sqsClients)('SQS with %s', (_name, leftOut, run) => {
  it.skipIf(leftOut)(
    '[SQS-140] [SQS-141] [SQS-142] [SQS-146] what does not go together is refused in words of its own',
    { timeout: patienceMs },
    async () => {
      expect(
        await run(
          emulator,
          cases.map(([step]) => step),
        ),
      ).toEqual(cases.map(([, heard]) => heard));
    },
  );
});

it('[SQS-144] the JavaScript SDK: a delete without a handle lacks its message', async () => {
  const heard = await sqsThroughSdk(emulator, [
    { action: 'CreateQueue', input: { QueueName: 'q' }, as: 'queue' },
    { action: 'DeleteMessage', input: { QueueUrl, ReceiptHandle: null } },
  ]);
  expect(heard[1]).toEqual({
    error: 'MissingParameter',
    message: 'The request must contain the parameter MessageHandle.',
  });
});
