import { defineAction } from '../../service.ts';
import { structure, text } from '../../wire/shapes.ts';
import { mustSpecifyQueueName, notForQueueAddress, queueTagsDiffer } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { addTags, checkTags, hasTags } from '../tags.ts';
import { queueUrl } from '../urls.ts';
import { queueAttributes, tagMap } from '../wireShapes.ts';

/** A new queue, or the existing one of that name when it has the attributes and tags that the request names. Refused, nothing is made. */
export const createQueue = defineAction<
  SqsState,
  {
    QueueName?: string;
    Attributes?: Record<string, string>;
    tags?: Record<string, string>;
    QueueUrl?: string;
  },
  { QueueUrl: string }
>({
  name: 'CreateQueue',
  // QueueUrl is there when Query was sent to the address of a queue, which cannot make others.
  input: structure({ QueueName: text, Attributes: queueAttributes, tags: tagMap, QueueUrl: text }),
  output: structure({ QueueUrl: text }),
  run(state, { QueueName, Attributes = {}, tags = {}, QueueUrl }, { origin, accountId }) {
    if (QueueUrl !== undefined) throw notForQueueAddress('CreateQueue');
    if (QueueName === undefined) throw mustSpecifyQueueName();
    const isNew = state.queueByName(QueueName) === undefined;
    checkTags(QueueName, tags);
    const queue = state.createQueue(QueueName, Attributes);
    if (!isNew && !hasTags(queue, tags)) throw queueTagsDiffer();
    queue.noteCall();
    if (isNew) addTags(queue, tags);
    return { QueueUrl: queueUrl(origin, accountId, queue.name) };
  },
});
