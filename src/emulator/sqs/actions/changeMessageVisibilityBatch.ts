import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { type BatchFailure, checkBatch, failedEntries, runBatch } from '../batch.ts';
import { missingParameter } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { checkedVisibilityTimeout } from '../visibilityTimeout.ts';
import { flatList } from '../wireShapes.ts';

interface Entry {
  readonly Id: string;
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
}

export const changeMessageVisibilityBatch = defineAction<
  SqsState,
  { QueueUrl: string; Entries?: Entry[] },
  { Successful?: { Id: string }[]; Failed?: BatchFailure[] }
>({
  name: 'ChangeMessageVisibilityBatch',
  input: structure({
    QueueUrl: required(text),
    Entries: flatList(
      // What is missing fails in the service's own words: a batch without its id, an entry without the rest.
      structure({ Id: text, ReceiptHandle: text, VisibilityTimeout: whole() }),
      'ChangeMessageVisibilityBatchRequestEntry',
    ),
  }),
  output: structure({
    Successful: flatList(structure({ Id: text }), 'ChangeMessageVisibilityBatchResultEntry'),
    Failed: failedEntries,
  }),
  run(state, { QueueUrl, Entries = [] }) {
    const queue = state.queueFor(QueueUrl, 'ChangeMessageVisibilityBatch');
    checkBatch(Entries, 'ChangeMessageVisibilityBatchRequestEntry');
    return runBatch(Entries, ({ Id, ReceiptHandle = '', VisibilityTimeout }, index) => {
      if (VisibilityTimeout === undefined) {
        throw missingParameter(`ChangeMessageVisibilityBatchRequestEntry.${index + 1}.VisibilityTimeout`);
      }
      queue.changeVisibility(ReceiptHandle, checkedVisibilityTimeout(VisibilityTimeout));
      return { Id };
    });
  },
});
