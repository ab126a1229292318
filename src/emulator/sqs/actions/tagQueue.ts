import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';
import { addTags } from '../tags.ts';
import { noOutput, tagMap } from '../wireShapes.ts';

export const tagQueue = defineAction<
  SqsState,
  { QueueUrl: string; Tags: Record<string, string> },
  Record<string, never>
>({
  name: 'TagQueue',
  input: structure({ QueueUrl: required(text), Tags: required(tagMap) }),
  output: noOutput,
  run(state, { QueueUrl, Tags }) {
    const queue = state.queueFor(QueueUrl, 'TagQueue');
    queue.noteCall();
    addTags(queue, Tags);
    return {};
  },
});
