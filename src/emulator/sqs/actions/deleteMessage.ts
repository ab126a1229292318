import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { expiredHandle, missingParameter } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { noOutput } from '../wireShapes.ts';

/** Deleting what is deleted already succeeds. */
export const deleteMessage = defineAction<
  SqsState,
  { QueueUrl: string; ReceiptHandle?: string },
  Record<string, never>
>({
  name: 'DeleteMessage',
  input: structure({ QueueUrl: required(text), ReceiptHandle: text }),
  output: noOutput,
  run(state, { QueueUrl, ReceiptHandle }) {
    const queue = state.queueFor(QueueUrl, 'DeleteMessage');
    state.quota.take(queue, 'delete');
    // By a name that the API has nowhere else.
    if (!ReceiptHandle) throw missingParameter('MessageHandle');
    if (!queue.deleteMessage(ReceiptHandle)) throw expiredHandle(ReceiptHandle);
    return {};
  },
});
