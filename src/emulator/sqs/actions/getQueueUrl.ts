import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { queueDoesNotExist } from '../errors.ts';
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
  run(state, { QueueName, QueueOwnerAWSAccountId = state.accountId }, { origin, accountId }) {
    const queue = state.queueByName(QueueName);
    // Another account's queue needs a policy of its own; to this one it does not exist.
    if (queue === undefined || QueueOwnerAWSAccountId !== state.accountId) throw queueDoesNotExist();
    queue.noteCall();
    return { QueueUrl: queueUrl(origin, accountId, queue.name) };
  },
});
