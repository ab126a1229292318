import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { type BatchFailure, checkBatch, failedEntries, runBatch } from '../batch.ts';
import { invalidValue, missingParameter } from '../errors.ts';
import { maxVisibilityTimeoutSeconds } from '../queue.ts';
import type { SqsState } from '../state.ts';
import { flatList } from '../wireShapes.ts';

interface Entry {
  readonly Id: string;
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout?: number;
}

export const changeMessageVisibilityBatch = defineAction<
  SqsState,
  { QueueUrl: string; Entries?: Entry[] },
  { Successful: { Id: string }[]; Failed?: BatchFailure[] }
>({
  name: 'ChangeMessageVisibilityBatch',
  input: structure({
    QueueUrl: required(text),
    Entries: flatList(
      structure({ Id: required(text), ReceiptHandle: required(text), VisibilityTimeout: whole() }),
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
    return runBatch(Entries, ({ Id, ReceiptHandle, VisibilityTimeout }) => {
      queue.changeVisibility(ReceiptHandle, checkedTimeout(VisibilityTimeout));
      return { Id };
    });
  },
});

/** Here a timeout out of range fails its entry only. */
function checkedTimeout(seconds: number | undefined): number {
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  if (seconds < 0 || seconds > maxVisibilityTimeoutSeconds) {
    throw invalidValue('VisibilityTimeout', seconds, `Must be between 0 and ${maxVisibilityTimeoutSeconds}`);
  }
  return seconds;
}
