/** What AWS itself answered about message move tasks, as public recordings have it; in both protocols. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { startMs } from '../wire/exchange.ts';
import { after, arnOf, testCloud, urlOf } from './actionHarness.ts';
import { answerTo, ask, type Input, type Output, protocols } from './recordedAnswersClient.ts';

const SourceArn = arnOf('dead');
const DestinationArn = arnOf('to');
const handleOf = (taskId: string, sourceArn: string): string =>
  Buffer.from(JSON.stringify({ taskId, sourceArn })).toString('base64');
const unknownTask = '10f57157-fc38-4da9-a113-4de7e12d05aa';
const notThere = (parameter: string) => ({
  status: 404,
  code: 'ResourceNotFoundException',
  message: `The resource that you specified for the ${parameter} parameter doesn't exist.`,
});

describe.each(protocols)('%s, as AWS answers:', (protocol) => {
  /** `from` gives up on what was received once, to `dead`; `to` is where a task may move it. */
  async function withDead(messages: number): Promise<Cloud> {
    const cloud = testCloud();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
    for (const QueueName of ['dead', 'to']) await ask(protocol, cloud, 'CreateQueue', { QueueName });
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'from', Attributes: { RedrivePolicy } });
    const from = { QueueUrl: urlOf('from') };
    for (let n = 0; n < messages; n++) {
      await ask(protocol, cloud, 'SendMessage', { ...from, MessageBody: `message-${n}` });
    }
    for (let n = 0; n < 2 * messages; n++)
      await ask(protocol, cloud, 'ReceiveMessage', { ...from, VisibilityTimeout: 0 });
    return cloud;
  }
  const start = (cloud: Cloud, more: Input = {}): Promise<Output> =>
    ask(protocol, cloud, 'StartMessageMoveTask', { SourceArn, DestinationArn, ...more });
  const list = async (cloud: Cloud): Promise<Output[]> =>
    (await ask(protocol, cloud, 'ListMessageMoveTasks', { SourceArn })).Results;
  const slowly = { MaxNumberOfMessagesPerSecond: 1 };

  it('a task from its start to its end; the handle says where it takes from', async () => {
    const cloud = await withDead(2);
    const { TaskHandle } = await start(cloud);
    const { taskId, sourceArn } = JSON.parse(Buffer.from(TaskHandle, 'base64').toString());
    expect([sourceArn, TaskHandle]).toEqual([SourceArn, handleOf(taskId, SourceArn)]);
    after(cloud, 5);
    expect(await list(cloud)).toEqual([
      {
        ApproximateNumberOfMessagesMoved: 2,
        ApproximateNumberOfMessagesToMove: 2,
        DestinationArn,
        SourceArn,
        StartedTimestamp: startMs,
        Status: 'COMPLETED',
      },
    ]);
    const moved = { QueueUrl: urlOf('to'), MaxNumberOfMessages: 10 };
    expect((await ask(protocol, cloud, 'ReceiveMessage', moved)).Messages).toHaveLength(2);
  });

  it('one that is cancelled keeps to its rate until then', async () => {
    const cloud = await withDead(10);
    const { TaskHandle } = await start(cloud, slowly);
    after(cloud, 2);
    const task = {
      ApproximateNumberOfMessagesMoved: 2,
      ApproximateNumberOfMessagesToMove: 10,
      DestinationArn,
      MaxNumberOfMessagesPerSecond: 1,
      SourceArn,
      StartedTimestamp: startMs,
    };
    expect(await list(cloud)).toEqual([{ ...task, Status: 'RUNNING', TaskHandle }]);
    expect(await ask(protocol, cloud, 'CancelMessageMoveTask', { TaskHandle })).toEqual({
      ApproximateNumberOfMessagesMoved: 2,
    });
    after(cloud, 2);
    expect(await list(cloud)).toEqual([{ ...task, Status: 'CANCELLED' }]);
  });

  it('one whose destination is deleted fails, and says why', async () => {
    const cloud = await withDead(10);
    await start(cloud, slowly);
    after(cloud, 3);
    await ask(protocol, cloud, 'DeleteQueue', { QueueUrl: urlOf('to') });
    after(cloud, 2);
    expect(await list(cloud)).toEqual([
      {
        ApproximateNumberOfMessagesMoved: 3,
        ApproximateNumberOfMessagesToMove: 10,
        DestinationArn,
        FailureReason: 'AWS.SimpleQueueService.NonExistentQueue',
        MaxNumberOfMessagesPerSecond: 1,
        SourceArn,
        StartedTimestamp: startMs,
        Status: 'FAILED',
      },
    ]);
    expect((await ask(protocol, cloud, 'ReceiveMessage', { QueueUrl: urlOf('dead') })).Messages).toHaveLength(1);
  });

  it.each([
    [
      'a text that is no handle',
      'CancelMessageMoveTask',
      { TaskHandle: 'foobared' },
      { status: 400, code: 'InvalidParameterValue', message: 'Value for parameter TaskHandle is invalid.' },
    ],
    [
      'a handle of a queue that is not there',
      'CancelMessageMoveTask',
      { TaskHandle: handleOf(unknownTask, arnOf('none')) },
      notThere('SourceArn'),
    ],
    [
      'a handle of no task',
      'CancelMessageMoveTask',
      { TaskHandle: handleOf(unknownTask, SourceArn) },
      { status: 404, code: 'ResourceNotFoundException', message: 'Task does not exist.' },
    ],
    [
      'a source that no queue gives up to',
      'StartMessageMoveTask',
      { SourceArn: DestinationArn },
      {
        status: 400,
        code: 'InvalidParameterValue',
        message: 'Source queue must be configured as a Dead Letter Queue.',
      },
    ],
    [
      'a destination that is not there',
      'StartMessageMoveTask',
      { SourceArn, DestinationArn: `${DestinationArn}doesntexist` },
      notThere('DestinationArn'),
    ],
    [
      'a second task',
      'StartMessageMoveTask',
      { SourceArn, DestinationArn },
      {
        status: 400,
        code: 'InvalidParameterValue',
        message:
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      },
    ],
  ])('%s is refused', async (_what, action, input, refused) => {
    const cloud = await withDead(10);
    await start(cloud, slowly);
    expect(await answerTo(protocol, cloud, action, input)).toEqual(refused);
  });
});
