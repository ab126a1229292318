import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { type BatchFailure, checkBatch, failedEntries, runBatch } from '../batch.ts';
import { expiredHandle } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { flatList } from '../wireShapes.ts';

export const deleteMessageBatch = defineAction<
  SqsState,
  { QueueUrl: string; Entries?: { Id: string; ReceiptHandle?: string }[] },
  { Successful?: { Id: string }[]; Failed?: BatchFailure[] }
>({
  name: 'DeleteMessageBatch',
  input: structure({
    QueueUrl: required(text),
    Entries: flatList(
      // What is missing fails in the service's own words: a batch without its id, an entry without its handle.
      structure({ Id: text, ReceiptHandle: text }),
      'DeleteMessageBatchRequestEntry',
    ),
  }),
  output: structure({
    Successful: flatList(structure({ Id: text }), 'DeleteMessageBatchResultEntry'),
    Failed: failedEntries,
  }),
  run(state, { QueueUrl, Entries = [] }) {
    const queue = state.queueFor(QueueUrl, 'DeleteMessageBatch');
    state.quota.take(queue, 'delete');
    checkBatch(Entries, 'DeleteMessageBatchRequestEntry');
    return runBatch(Entries, ({ Id, ReceiptHandle = '' }) => {
      if (!queue.deleteMessage(ReceiptHandle)) throw expiredHandle(ReceiptHandle);
      return { Id };
    });
  },
});
