import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';
import { tagMap } from '../wireShapes.ts';

export const listQueueTags = defineAction<SqsState, { QueueUrl: string }, { Tags?: Record<string, string> }>({
  name: 'ListQueueTags',
  input: structure({ QueueUrl: required(text) }),
  output: structure({ Tags: tagMap }),
  run(state, { QueueUrl }) {
    const queue = state.queueFor(QueueUrl, 'ListQueueTags');
    queue.noteCall();
    return queue.tags.size === 0 ? {} : { Tags: Object.fromEntries(queue.tags) };
  },
});
