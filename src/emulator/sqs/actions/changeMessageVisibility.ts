import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';
import { checkedVisibilityTimeout } from '../visibilityTimeout.ts';
import { noOutput } from '../wireShapes.ts';

/** Restarts the visibility timeout of one message in flight: it counts from now, 0 frees the message at once. */
export const changeMessageVisibility = defineAction<
  SqsState,
  { QueueUrl: string; ReceiptHandle: string; VisibilityTimeout: number },
  Record<string, never>
>({
  name: 'ChangeMessageVisibility',
  input: structure({
    QueueUrl: required(text),
    ReceiptHandle: required(text),
    VisibilityTimeout: required(whole()),
  }),
  output: noOutput,
  run(state, { QueueUrl, ReceiptHandle, VisibilityTimeout }) {
    const queue = state.queueFor(QueueUrl, 'ChangeMessageVisibility');
    queue.changeVisibility(ReceiptHandle, checkedVisibilityTimeout(VisibilityTimeout));
    return {};
  },
});
