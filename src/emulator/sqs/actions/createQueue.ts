import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { notForQueueAddress } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { addTags } from '../tags.ts';
import { queueUrl } from '../urls.ts';
import { queueAttributes, tagMap } from '../wireShapes.ts';

/** A new queue, or the existing one of that name when its attributes are equal to the given ones. */
export const createQueue = defineAction<
  SqsState,
  {
    QueueName: string;
    Attributes?: Record<string, string>;
    tags?: Record<string, string>;
    QueueUrl?: string;
  },
  { QueueUrl: string }
>({
  name: 'CreateQueue',
  // QueueUrl is there when Query was sent to the address of a queue, which cannot make others.
  input: structure({ QueueName: required(text), Attributes: queueAttributes, tags: tagMap, QueueUrl: text }),
  output: structure({ QueueUrl: text }),
  run(state, { QueueName, Attributes = {}, tags = {}, QueueUrl }, { origin, accountId }) {
    if (QueueUrl !== undefined) throw notForQueueAddress('CreateQueue');
    const isNew = state.queueByName(QueueName) === undefined;
    const queue = state.createQueue(QueueName, Attributes);
    queue.noteCall();
    if (isNew) addTags(queue, tags);
    return { QueueUrl: queueUrl(origin, accountId, queue.name) };
  },
});
