import { AwsError, defineAction } from '../../service.ts';
import { flag, list, required, structure, text } from '../../wire/shapes.ts';
import { batchErrors } from '../errors.ts';
import { contentForTopic, type PublishRequest, publish as publishTo, readContent } from '../publishing.ts';
import type { SnsState } from '../state.ts';
import { maximumMessageSizeBytes } from '../topicSettings.ts';
import { messageAttributes } from '../wireShapes.ts';

type Entry = { readonly Id: string } & PublishRequest;

interface Reply {
  readonly Successful: { Id: string; MessageId: string; SequenceNumber?: string }[];
  readonly Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[];
}

const mostEntries = 10;

/** Up to ten messages of the topic's size together. Replies 200 with failures per entry. */
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
  run(state, { TopicArn, PublishBatchRequestEntries: entries = [] }, { origin }) {
    const topic = state.topicFor(TopicArn, 'Publish');
    checkEntries(entries);
    const reply: Reply = { Successful: [], Failed: [] };
    const read = entries.flatMap((entry) => {
      try {
        return { entry, content: contentForTopic(topic, readContent(entry), entry, state.accountId) };
      } catch (thrown) {
        if (!(thrown instanceof AwsError)) throw thrown;
        const { queryCode: Code, message: Message, fault } = thrown;
        reply.Failed.push({ Id: entry.Id, Code, Message, SenderFault: fault === 'Sender' });
        return [];
      }
    });
    const bytes = read.reduce((sum, { content }) => sum + content.sizeBytes, 0);
    if (bytes > maximumMessageSizeBytes(topic.settings)) throw batchErrors.tooLong();
    topic.metrics.published(bytes);
    for (const { entry, content } of read) {
      const { messageId, sequenceNumber } = publishTo(state, topic, content, entry, origin);
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
