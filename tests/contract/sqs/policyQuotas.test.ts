/** Queue policies that are too large, in the words of public recordings (those for principals and conditions follow their form), and one without Version. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import type { Step } from '../calls.ts';
import { patienceMs, sqsClients } from '../everyClient.ts';
import { startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;

beforeEach(async () => {
  emulator = await startTestEmulator();
});

afterEach(() => emulator.stop());

const QueueUrl = '$queue.QueueUrl';
const Resource = 'arn:aws:sqs:us-east-1:000000000000:q';
const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource };
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const accounts = (count: number) => times(count, (n) => String(111_122_220_000 + n));
const tooMany = (message: string) => ({ error: 'OverLimit', message });

const Version = '2012-10-17';
const cases: readonly (readonly [policy: object, heard: unknown])[] = [
  [{ Version, Statement: times(20, () => statement) }, {}],
  [
    { Version, Statement: times(21, () => statement) },
    tooMany('21 statements were found in the submitted policy, max allowed is 20'),
  ],
  [
    { Version, Statement: [{ ...statement, Action: times(10, () => 'sqs:SendMessage') }] },
    tooMany('10 actions were found in a statement from the submitted policy, max allowed is 7'),
  ],
  [
    { Version, Statement: [{ ...statement, Principal: { AWS: accounts(51) } }] },
    tooMany('51 principals were found in the submitted policy, max allowed is 50'),
  ],
  [
    {
      Version,
      Statement: times(11, () => ({ ...statement, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } } })),
    },
    tooMany('11 conditions were found in the submitted policy, max allowed is 10'),
  ],
  [{ Version, Id: 'i'.repeat(8_192), Statement: [statement] }, tooMany('Submitted policy is over max allowed size.')],
  [{ Statement: [statement] }, {}],
];

const steps: readonly Step[] = [
  { action: 'CreateQueue', input: { QueueName: 'q' }, as: 'queue' },
  ...cases.map(([policy]) => ({
    action: 'SetQueueAttributes',
    input: { QueueUrl, Attributes: { Policy: JSON.stringify(policy) } },
  })),
  { action: 'GetQueueAttributes', input: { QueueUrl, AttributeNames: ['Policy'] } },
];

describe.each(sqsClients)('SQS with %s', (_name, leftOut, run) => {
  it.skipIf(leftOut)('[SQS-93] [SQS-131] the policies of a queue', { timeout: patienceMs }, async () => {
    const [, ...heard] = await run(emulator, steps);
    expect(heard.slice(0, -1)).toEqual(cases.map(([, outcome]) => outcome));
    expect(heard.at(-1)).toEqual({
      Attributes: { Policy: JSON.stringify({ Version: '2008-10-17', Statement: [statement] }) },
    });
  });
});
