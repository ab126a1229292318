import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';
import { checkTagKey } from '../tags.ts';
import { flatList, noOutput } from '../wireShapes.ts';

/** Keys the queue does not have are no error. */
export const untagQueue = defineAction<SqsState, { QueueUrl: string; TagKeys?: string[] }, Record<string, never>>({
  name: 'UntagQueue',
  input: structure({ QueueUrl: required(text), TagKeys: flatList(text, 'TagKey') }),
  output: noOutput,
  run(state, { QueueUrl, TagKeys = [] }) {
    const queue = state.queueFor(QueueUrl, 'UntagQueue');
    queue.noteCall();
    // No key at all is one of no length.
    if (TagKeys.length === 0) checkTagKey('');
    for (const key of TagKeys) checkTagKey(key);
    for (const key of TagKeys) queue.tags.delete(key);
    return {};
  },
});
