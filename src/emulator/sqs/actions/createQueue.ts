import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
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
  },
  { QueueUrl: string }
>({
  name: 'CreateQueue',
  input: structure({ QueueName: required(text), Attributes: queueAttributes, tags: tagMap }),
  output: structure({ QueueUrl: text }),
  run(state, { QueueName, Attributes = {}, tags = {} }, { origin, accountId }) {
    const isNew = state.queueByName(QueueName) === undefined;
    const queue = state.createQueue(QueueName, Attributes);
    queue.noteCall();
    if (isNew) addTags(queue, tags);
    return { QueueUrl: queueUrl(origin, accountId, queue.name) };
  },
});
