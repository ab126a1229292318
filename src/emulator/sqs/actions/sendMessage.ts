import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { type SendReply, type SendRequest, sendOne } from '../sending.ts';
import type { SqsState } from '../state.ts';
import { messageAttributes, messageSystemAttributes } from '../wireShapes.ts';

export const sendMessage = defineAction<SqsState, { QueueUrl: string } & SendRequest, SendReply>({
  name: 'SendMessage',
  input: structure({
    QueueUrl: required(text),
    MessageBody: required(text),
    DelaySeconds: whole(),
    MessageAttributes: messageAttributes,
    MessageSystemAttributes: messageSystemAttributes,
    MessageDeduplicationId: text,
    MessageGroupId: text,
  }),
  output: structure({
    MD5OfMessageBody: text,
    MD5OfMessageAttributes: text,
    MD5OfMessageSystemAttributes: text,
    MessageId: text,
    SequenceNumber: text,
  }),
  run(state, input, scope) {
    const queue = state.queueFor(input.QueueUrl, 'SendMessage');
    state.quota.take(queue, 'send');
    return sendOne(state, queue, input, scope);
  },
});
