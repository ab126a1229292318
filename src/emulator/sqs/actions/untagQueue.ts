import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';
import { flatList, noOutput } from '../wireShapes.ts';

/** Keys the queue does not have are no error. */
export const untagQueue = defineAction<SqsState, { QueueUrl: string; TagKeys: string[] }, Record<string, never>>({
  name: 'UntagQueue',
  input: structure({ QueueUrl: required(text), TagKeys: required(flatList(text, 'TagKey')) }),
  output: noOutput,
  run(state, { QueueUrl, TagKeys }) {
    const queue = state.queueFor(QueueUrl, 'UntagQueue');
    queue.noteCall();
    for (const key of TagKeys) queue.tags.delete(key);
    return {};
  },
});
