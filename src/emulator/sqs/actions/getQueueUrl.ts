import { AwsError, defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { queueOutOfReach } from '../errors.ts';
import type { Queue } from '../queue.ts';
import type { SqsState } from '../state.ts';
import { queueUrl } from '../urls.ts';

/** Another account's queue is found when its policy lets one. Who may not ask does not hear whether there is one. */
export const getQueueUrl = defineAction<
  SqsState,
  { QueueName: string; QueueOwnerAWSAccountId?: string },
  { QueueUrl: string }
>({
  name: 'GetQueueUrl',
  input: structure({ QueueName: required(text), QueueOwnerAWSAccountId: text }),
  output: structure({ QueueUrl: text }),
  run(state, { QueueName, QueueOwnerAWSAccountId = state.accountId }, { origin }) {
    const queue = found(state, QueueOwnerAWSAccountId, QueueName);
    queue.noteCall();
    return { QueueUrl: queueUrl(origin, QueueOwnerAWSAccountId, queue.name) };
  },
});

/** @throws AwsError QueueDoesNotExist */
function found(state: SqsState, ownerId: string, name: string): Queue {
  try {
    return state.queueOf(ownerId, name, 'GetQueueUrl');
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    const isOwnAndNotThere = ownerId === state.accountId && thrown.shape !== 'AccessDeniedException';
    throw isOwnAndNotThere ? thrown : queueOutOfReach();
  }
}
