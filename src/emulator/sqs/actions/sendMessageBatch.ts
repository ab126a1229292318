import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { type BatchFailure, checkBatch, failedEntries, runBatch } from '../batch.ts';
import { batchErrors, messageTooLong, missingParameter } from '../errors.ts';
import { messageSizeBytes } from '../message.ts';
import { readMessageAttributes } from '../messageAttributes.ts';
import { checkFifoBatch, type SendReply, type SendRequest, sendOne } from '../sending.ts';
import type { SqsState } from '../state.ts';
import { flatList, messageAttributes, messageSystemAttributes } from '../wireShapes.ts';

type Entry = { readonly Id: string } & SendRequest;

const maxBatchBytes = 1_048_576;

/** Up to ten messages of 1 MiB together. Replies 200 with failures per entry. */
export const sendMessageBatch = defineAction<
  SqsState,
  { QueueUrl: string; Entries?: Entry[] },
  { Successful?: SendReply[]; Failed?: BatchFailure[] }
>({
  name: 'SendMessageBatch',
  input: structure({
    QueueUrl: required(text),
    Entries: flatList(
      structure({
        // What is missing fails in the service's own words: a batch without its id, an entry without its body.
        Id: text,
        MessageBody: text,
        DelaySeconds: whole(),
        MessageAttributes: messageAttributes,
        MessageSystemAttributes: messageSystemAttributes,
        MessageDeduplicationId: text,
        MessageGroupId: text,
      }),
      'SendMessageBatchRequestEntry',
    ),
  }),
  output: structure({
    Successful: flatList(
      structure({
        Id: text,
        MessageId: text,
        MD5OfMessageBody: text,
        MD5OfMessageAttributes: text,
        MD5OfMessageSystemAttributes: text,
        SequenceNumber: text,
      }),
      'SendMessageBatchResultEntry',
    ),
    Failed: failedEntries,
  }),
  run(state, { QueueUrl, Entries = [] }, scope) {
    const queue = state.queueFor(QueueUrl, 'SendMessageBatch');
    state.quota.take(queue, 'send');
    checkBatch(Entries, 'SendMessageBatchRequestEntry');
    const sizesBytes = Entries.map((entry) => sizeBytesOf(entry, scope.printable));
    let bytes = 0;
    for (const sizeBytes of sizesBytes) bytes += sizeBytes;
    if (bytes > maxBatchBytes) throw batchErrors.tooLong(bytes);
    checkFifoBatch(queue, Entries);
    const limitBytes = queue.settings.maximumMessageSizeBytes;
    return runBatch(Entries, (entry, index) => {
      if (!entry.MessageBody) throw missingParameter(`SendMessageBatchRequestEntry.${index + 1}.MessageBody`);
      const sizeBytes = sizesBytes[index]!;
      if (sizeBytes > limitBytes) throw messageTooLong(limitBytes, true);
      return sendOne(state, queue, entry, scope, { id: entry.Id, sizeBytes });
    });
  },
});

function sizeBytesOf({ MessageBody = '', MessageAttributes }: Entry, printable: boolean): number {
  try {
    return messageSizeBytes(MessageBody, readMessageAttributes(MessageAttributes), printable);
  } catch {
    // Attributes that are refused fail their entry later, not the batch.
    return messageSizeBytes(MessageBody, null, printable);
  }
}
