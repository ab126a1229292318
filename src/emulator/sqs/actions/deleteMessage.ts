import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';
import { noOutput } from '../wireShapes.ts';

/** Deleting what is deleted already succeeds. */
export const deleteMessage = defineAction<SqsState, { QueueUrl: string; ReceiptHandle: string }, Record<string, never>>(
  {
    name: 'DeleteMessage',
    input: structure({ QueueUrl: required(text), ReceiptHandle: required(text) }),
    output: noOutput,
    run(state, { QueueUrl, ReceiptHandle }) {
      const queue = state.queueFor(QueueUrl, 'DeleteMessage');
      state.quota.take(queue, 'delete');
      queue.deleteMessage(ReceiptHandle);
      return {};
    },
  },
);
