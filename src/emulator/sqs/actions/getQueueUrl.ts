import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';
import { queueUrl } from '../urls.ts';

export const getQueueUrl = defineAction<
  SqsState,
  { QueueName: string; QueueOwnerAWSAccountId?: string },
  { QueueUrl: string }
>({
  name: 'GetQueueUrl',
  input: structure({ QueueName: required(text), QueueOwnerAWSAccountId: text }),
  output: structure({ QueueUrl: text }),
  run(state, { QueueName, QueueOwnerAWSAccountId = state.accountId }, { origin }) {
    // Another account's queue is found when its policy lets one.
    const queue = state.queueOf(QueueOwnerAWSAccountId, QueueName, 'GetQueueUrl');
    queue.noteCall();
    return { QueueUrl: queueUrl(origin, QueueOwnerAWSAccountId, queue.name) };
  },
});
