/** SQS as the router sees it: its addresses and its list of actions. */
import type { Action, Service, ServiceContext } from '../service.ts';
import { addPermission } from './actions/addPermission.ts';
import { cancelMessageMoveTask } from './actions/cancelMessageMoveTask.ts';
import { changeMessageVisibility } from './actions/changeMessageVisibility.ts';
import { changeMessageVisibilityBatch } from './actions/changeMessageVisibilityBatch.ts';
import { createQueue } from './actions/createQueue.ts';
import { deleteMessage } from './actions/deleteMessage.ts';
import { deleteMessageBatch } from './actions/deleteMessageBatch.ts';
import { deleteQueue } from './actions/deleteQueue.ts';
import { getQueueAttributes } from './actions/getQueueAttributes.ts';
import { getQueueUrl } from './actions/getQueueUrl.ts';
import { listDeadLetterSourceQueues } from './actions/listDeadLetterSourceQueues.ts';
import { listMessageMoveTasks } from './actions/listMessageMoveTasks.ts';
import { listQueues } from './actions/listQueues.ts';
import { listQueueTags } from './actions/listQueueTags.ts';
import { purgeQueue } from './actions/purgeQueue.ts';
import { receiveMessage } from './actions/receiveMessage.ts';
import { removePermission } from './actions/removePermission.ts';
import { sendMessage } from './actions/sendMessage.ts';
import { sendMessageBatch } from './actions/sendMessageBatch.ts';
import { setQueueAttributes } from './actions/setQueueAttributes.ts';
import { startMessageMoveTask } from './actions/startMessageMoveTask.ts';
import { tagQueue } from './actions/tagQueue.ts';
import { untagQueue } from './actions/untagQueue.ts';
import { refuseInput } from './errors.ts';
import type { SqsFaults } from './faults.ts';
import { createSqsState, type SqsState } from './state.ts';
import { parseQueuePath } from './urls.ts';

const actions: readonly Action<SqsState>[] = [
  addPermission,
  cancelMessageMoveTask,
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  createQueue,
  deleteMessage,
  deleteMessageBatch,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listMessageMoveTasks,
  listQueues,
  listQueueTags,
  purgeQueue,
  receiveMessage,
  removePermission,
  sendMessage,
  sendMessageBatch,
  setQueueAttributes,
  startMessageMoveTask,
  tagQueue,
  untagQueue,
];

/**
 * @param options `strictQuotas`: how often FIFO queues may be called is limited as in AWS; `faults`: what new queues begin
 *        with; `sqsAt`: SQS of other accounts in this Region
 */
export function createSqsService(
  context: ServiceContext,
  options: { readonly strictQuotas?: boolean; readonly faults?: SqsFaults; sqsAt?(accountId: string): SqsState } = {},
): Service<SqsState> {
  return {
    scopeName: 'sqs',
    query: {
      version: '2012-11-05',
      xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
      xmlForm: 'oneLine',
      jsonNames: { Messages: 'messages', QueueUrls: 'queueUrls' },
    },
    json: { targetPrefix: 'AmazonSQS', version: '1.0' },
    cbor: null,
    errorNamespace: 'com.amazonaws.sqs',
    actions: new Map(actions.map((action) => [action.name, action])),
    state: createSqsState({ ...context, ...options }),
    ownFrontEnd: true,
    refuseInput,
    ownsPath(path) {
      const address = parseQueuePath(path);
      // The host does not matter: the queue is found by its path.
      return address === null ? null : { QueueUrl: `http://queue${path}` };
    },
  };
}
