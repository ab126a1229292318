/**
 * Answers that are attested in public tests that imitate AWS, and in no recording of AWS itself: the best there is to go by. Where a recording
 * turns up, it counts for more (recordedAnswers*.test.ts).
 */
import { describe, expect, it } from 'vitest';
import { arnOf, testCloud } from './actionHarness.ts';
import { expectRefusal, invalid, q, type Refused, refusal } from './recordedAnswersCases.ts';
import { answerTo, ask, protocols } from './recordedAnswersClient.ts';

const cannotCreate = "Amazon SQS can't create the redrive allow policy";
const sources = (count: number): string[] => Array.from({ length: count }, (_, n) => arnOf(`s${n}`));
const setAllow = (RedriveAllowPolicy: string) => ({
  action: 'SetQueueAttributes',
  input: { ...q, Attributes: { RedriveAllowPolicy } },
});

const allowPolicies: readonly Refused[] = [
  ...[
    'x',
    '[]',
    '{}',
    '{"redrivePermission":"some"}',
    '{"redrivePermission":"allowAll","more":1}',
    '{"redrivePermission":"byQueue","sourceQueueArns":"arn:aws:sqs"}',
    '{"redrivePermission":"byQueue","sourceQueueArns":[5]}',
  ].map(
    (policy): Refused => ({
      what: `[SQS-141] the redrive allow policy ${policy}`,
      ...setAllow(policy),
      ...refusal(
        'InvalidAttributeValue',
        `Invalid value for the parameter RedriveAllowPolicy. Reason: ${cannotCreate}, as it’s in an unsupported format.`,
      ),
    }),
  ),
  ...(
    [
      [
        { redrivePermission: 'byQueue' },
        'When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values',
      ],
      [
        { redrivePermission: 'byQueue', sourceQueueArns: sources(11) },
        'The maximum number of source queue ARNs you can specify is 10',
      ],
      [
        { redrivePermission: 'denyAll', sourceQueueArns: sources(1) },
        'To specify one or more source queue ARNs, you must set redrivePermission to byQueue',
      ],
    ] as const
  ).map(([policy, reason]): Refused => {
    const written = JSON.stringify(policy);
    return {
      what: `[SQS-141] the redrive allow policy ${written.slice(0, 60)}`,
      ...setAllow(written),
      ...invalid(`Value ${written} for parameter RedriveAllowPolicy is invalid. Reason: ${cannotCreate}. ${reason}.`),
    };
  }),
];

const pages: readonly Refused[] = [
  ...['ListQueues', 'ListDeadLetterSourceQueues'].map(
    (action): Refused => ({
      what: `[SQS-147] ${action} with more than a thousand a page`,
      action,
      input: { ...(action === 'ListQueues' ? {} : q), MaxResults: 1_001 },
      ...invalid(
        'Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.',
      ),
    }),
  ),
  {
    what: '[SQS-147] more than ten move tasks',
    action: 'ListMessageMoveTasks',
    input: { SourceArn: arnOf('q'), MaxResults: 11 },
    ...invalid("Value for parameter MaxResults is invalid. Reason: You must enter a number that's between 1 and 10."),
  },
];

const moveTasks: readonly Refused[] = ['', 'q', 'arn:aws:sqs:us-east-1'].flatMap((arn) =>
  (['StartMessageMoveTask', 'ListMessageMoveTasks'] as const).map(
    (action): Refused => ({
      what: `[SQS-148] ${action} from "${arn}"`,
      action,
      input: { SourceArn: arn },
      ...invalid(
        'You must use this format to specify the SourceArn: arn:<partition>:<service>:<region>:<account-id>:<resource-id>',
      ),
    }),
  ),
);

describe.each(protocols)('%s, refused as is attested:', (protocol) => {
  it.each([...allowPolicies, ...pages, ...moveTasks])('$what', (refused) => expectRefusal(protocol, refused));

  it('[SQS-148] a destination that is no ARN', async () => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'd' });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('d'), maxReceiveCount: 1 });
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q', Attributes: { RedrivePolicy } });
    const start = { SourceArn: arnOf('d'), DestinationArn: 'q' };
    expect(await answerTo(protocol, cloud, 'StartMessageMoveTask', start)).toEqual({
      status: 400,
      ...invalid(
        'You must use this format to specify the DestinationArn: arn:<partition>:<service>:<region>:<account-id>:<resource-id>',
      ),
    });
  });

  it('[SQS-143] a queue with an empty name', async () => {
    expect(await answerTo(protocol, testCloud(), 'CreateQueue', { QueueName: '' })).toEqual({
      status: 400,
      ...invalid('Queue name cannot be empty'),
    });
  });

  it('[SQS-144] what an entry lacks fails the entry alone', async () => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q' });
    const failed = async (action: string, entry: object): Promise<unknown> => {
      const Entries = [{ Id: 'a', ...entry }];
      return (await ask(protocol, cloud, action, { ...q, Entries })).Failed;
    };
    const lacks = (parameter: string) => [
      {
        Id: 'a',
        Code: 'MissingParameter',
        Message: `The request must contain the parameter ${parameter}.`,
        SenderFault: true,
      },
    ];
    const body = lacks('SendMessageBatchRequestEntry.1.MessageBody');
    expect(await failed('SendMessageBatch', {})).toEqual(body);
    expect(await failed('SendMessageBatch', { MessageBody: '' })).toEqual(body);
    expect(await failed('DeleteMessageBatch', {})).toEqual(lacks('ReceiptHandle'));
    expect(await failed('ChangeMessageVisibilityBatch', { VisibilityTimeout: 1 })).toEqual(lacks('ReceiptHandle'));
    expect(await failed('ChangeMessageVisibilityBatch', { ReceiptHandle: 'h' })).toEqual(
      lacks('ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout'),
    );
  });

  it('[SQS-146] of accounts those that can be are enough, and a policy has twenty statements', async () => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q' });
    const add = (Label: string) =>
      answerTo(protocol, cloud, 'AddPermission', {
        ...q,
        Label,
        AWSAccountIds: ['nobody', '111122223333'],
        Actions: ['SendMessage'],
      });
    for (let n = 1; n <= 20; n++) expect(await add(`l${n}`)).toMatchObject({ status: 200 });
    expect(await add('l21')).toEqual({
      status: 403,
      ...refusal('OverLimit', '21 Statements were found, maximum allowed is 20.'),
    });
    const read = await ask(protocol, cloud, 'GetQueueAttributes', { ...q, AttributeNames: ['Policy'] });
    const { Statement } = JSON.parse(read.Attributes.Policy);
    expect([Statement.length, Statement[0].Principal]).toEqual([20, { AWS: 'arn:aws:iam::111122223333:root' }]);
  });
});

it('[SQS-145] AWS JSON: an attribute of nothing', async () => {
  const cloud = testCloud();
  await ask('AWS JSON', cloud, 'CreateQueue', { QueueName: 'q' });
  const input = { ...q, MessageBody: 'x', MessageAttributes: { name: {} } };
  expect(await answerTo('AWS JSON', cloud, 'SendMessage', input)).toEqual({
    status: 400,
    ...invalid("The message (user) attribute 'name' must contain a non-empty message attribute value."),
  });
});
