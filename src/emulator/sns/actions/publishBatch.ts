import { AwsError, defineAction } from '../../service.ts';
import { flag, list, required, structure, text } from '../../wire/shapes.ts';
import { batchErrors } from '../errors.ts';
import {
  checkIds,
  checkTexts,
  type PublishRequest,
  protectedContent,
  publish as publishTo,
  readContent,
} from '../publishing.ts';
import type { SnsState } from '../state.ts';
import { maximumMessageSizeBytes } from '../topicSettings.ts';
import { messageAttributes } from '../wireShapes.ts';

type Entry = { readonly Id: string } & PublishRequest;

interface Reply {
  readonly Successful: { Id: string; MessageId: string; SequenceNumber?: string }[];
  readonly Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[];
}

const mostEntries = 10;

/**
 * Up to ten messages of the topic's size together. An entry whose text is refused fails by itself in a reply of 200; attributes, ids and
 * structure that are refused are the whole batch's fault, and nothing is published.
 */
export const publishBatch = defineAction<SnsState, { TopicArn: string; PublishBatchRequestEntries?: Entry[] }, Reply>({
  name: 'PublishBatch',
  input: structure({
    TopicArn: required(text),
    PublishBatchRequestEntries: list(
      structure({
        Id: required(text),
        Message: required(text),
        Subject: text,
        MessageStructure: text,
        MessageAttributes: messageAttributes,
        MessageDeduplicationId: text,
        MessageGroupId: text,
      }),
    ),
  }),
  output: structure({
    Successful: list(structure({ Id: text, MessageId: text, SequenceNumber: text })),
    Failed: list(structure({ Id: text, Code: text, Message: text, SenderFault: flag })),
  }),
  run(state, { TopicArn, PublishBatchRequestEntries: entries = [] }, scope) {
    const topic = state.topicFor(TopicArn, 'Publish');
    checkEntries(entries);
    const reply: Reply = { Successful: [], Failed: [] };
    /** @returns null, and the entry has failed, when this throws */
    const orFailed = <T>({ Id }: Entry, run: () => T): T | null => {
      try {
        return run();
      } catch (thrown) {
        if (!(thrown instanceof AwsError)) throw thrown;
        const { queryCode: Code, message: Message, fault } = thrown;
        reply.Failed.push({ Id, Code, Message, SenderFault: fault === 'Sender' });
        return null;
      }
    };
    const taken = entries.filter((entry) => orFailed(entry, () => checkTexts(entry)) !== null);
    const contents = taken.map((entry) => {
      const content = readContent(entry);
      checkIds(topic, entry);
      return { entry, content };
    });
    const bytes = contents.reduce((sum, { content }) => sum + content.sizeBytes, 0);
    if (bytes > maximumMessageSizeBytes(topic.settings)) throw batchErrors.tooLong();
    const read = contents.flatMap(({ entry, content }) => {
      const left = orFailed(entry, () => protectedContent(topic, content, state.accountId));
      return left === null ? [] : { entry, content: left };
    });
    // Not what data protection denied.
    if (read.length > 0) topic.metrics.published(read.reduce((sum, { content }) => sum + content.sizeBytes, 0));
    for (const { entry, content } of read) {
      const { messageId, sequenceNumber } = publishTo(state, topic, content, entry, scope);
      const number = sequenceNumber === null ? {} : { SequenceNumber: sequenceNumber };
      reply.Successful.push({ Id: entry.Id, MessageId: messageId, ...number });
    }
    return reply;
  },
});

function checkEntries(entries: readonly Entry[]): void {
  if (entries.length === 0) throw batchErrors.empty();
  if (entries.length > mostEntries) throw batchErrors.tooMany();
  if (!entries.every(({ Id }) => /^[\w-]{1,80}$/.test(Id))) throw batchErrors.invalidId();
  if (new Set(entries.map(({ Id }) => Id)).size !== entries.length) throw batchErrors.repeatedId();
}
