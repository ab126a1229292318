/** What AWS itself answered to receipt handles that it refused: spent ones, those of other queues, and texts that are none. */
import { describe, expect, it } from 'vitest';
import { after, testCloud } from './actionHarness.ts';
import { fifo, invalid, isFifo, q } from './recordedAnswersCases.ts';
import { answerTo, ask, protocols } from './recordedAnswersClient.ts';

describe.each(protocols)('%s, refused as AWS does:', (protocol) => {
  it('a handle of a message that is gone, or of a FIFO message whose timeout is over', async () => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q' });
    await ask(protocol, cloud, 'SendMessage', { ...q, MessageBody: 'foo' });
    const ReceiptHandle = (await ask(protocol, cloud, 'ReceiveMessage', q)).Messages[0].ReceiptHandle;
    const change = { ...q, ReceiptHandle, VisibilityTimeout: 42 };
    await ask(protocol, cloud, 'ChangeMessageVisibility', change);
    for (const _again of [1, 2, 3]) await ask(protocol, cloud, 'DeleteMessage', { ...q, ReceiptHandle });
    expect(await answerTo(protocol, cloud, 'ChangeMessageVisibility', change)).toEqual({
      status: 400,
      ...invalid(
        `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      ),
    });

    const Attributes = { ...isFifo, VisibilityTimeout: '1', ContentBasedDeduplication: 'true' };
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q.fifo', Attributes });
    await ask(protocol, cloud, 'SendMessage', { ...fifo, MessageBody: 'g1-m1', MessageGroupId: '1' });
    const old = (await ask(protocol, cloud, 'ReceiveMessage', fifo)).Messages[0].ReceiptHandle;
    after(cloud, 2);
    expect(await answerTo(protocol, cloud, 'DeleteMessage', { ...fifo, ReceiptHandle: old })).toEqual({
      status: 400,
      ...invalid(`Value ${old} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`),
    });
    const late = { ...fifo, ReceiptHandle: old, VisibilityTimeout: 5 };
    expect(await answerTo(protocol, cloud, 'ChangeMessageVisibility', late), '[SQS-152]').toEqual({
      status: 400,
      ...invalid(`Value ${old} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`),
    });

    const failed = (Id: string, Message: string) => ({
      Id,
      Code: 'ReceiptHandleIsInvalid',
      Message,
      SenderFault: true,
    });
    const Entries = [{ Id: 'a', ReceiptHandle: old, VisibilityTimeout: 5 }];
    for (const action of ['DeleteMessageBatch', 'ChangeMessageVisibilityBatch']) {
      expect(await ask(protocol, cloud, action, { ...fifo, Entries }), '[SQS-154]').toMatchObject({
        Failed: [failed('a', 'The receipt handle has expired')],
      });
    }
    const gone = [{ Id: 'b', ReceiptHandle, VisibilityTimeout: 5 }];
    expect(
      await ask(protocol, cloud, 'ChangeMessageVisibilityBatch', { ...q, Entries: gone }),
      '[SQS-154]',
    ).toMatchObject({
      Failed: [failed('b', 'Message does not exist or is not available for visibility timeout change')],
    });
    expect(await answerTo(protocol, cloud, 'DeleteMessage', { ...fifo, ReceiptHandle }), '[SQS-155]').toEqual({
      status: 404,
      code: 'ReceiptHandleIsInvalid',
      message: `The receipt handle "${ReceiptHandle}" is not valid for this queue.`,
    });
  });

  it('[SQS-153] a handle of a standard queue, more than twelve hours after its receive', async () => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q' });
    await ask(protocol, cloud, 'SendMessage', { ...q, MessageBody: 'foo' });
    const { ReceiptHandle } = (await ask(protocol, cloud, 'ReceiveMessage', { ...q, VisibilityTimeout: 43_200 }))
      .Messages[0];
    const held = { ...q, ReceiptHandle, VisibilityTimeout: 0 };
    after(cloud, 43_200);
    expect(await answerTo(protocol, cloud, 'ChangeMessageVisibility', held)).toMatchObject({ status: 200 });
    after(cloud, 1);
    for (const action of ['DeleteMessage', 'ChangeMessageVisibility']) {
      expect(
        await answerTo(protocol, cloud, action, action === 'DeleteMessage' ? { ...q, ReceiptHandle } : held),
      ).toEqual({
        status: 400,
        ...invalid(
          `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
        ),
      });
    }
    expect((await ask(protocol, cloud, 'ReceiveMessage', q)).Messages).toHaveLength(1);
  });

  it('[SQS-155] a text that is no handle, repeated', async () => {
    const cloud = testCloud();
    await ask(protocol, cloud, 'CreateQueue', { QueueName: 'q' });
    const ReceiptHandle = 'AQEB'.repeat(100);
    expect(await answerTo(protocol, cloud, 'DeleteMessage', { ...q, ReceiptHandle })).toEqual({
      status: 404,
      code: 'ReceiptHandleIsInvalid',
      message: `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
    });
  });
});
