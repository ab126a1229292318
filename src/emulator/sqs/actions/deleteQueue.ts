import { giveBackMemory } from '../../memory.ts';
import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';
import { noOutput } from '../wireShapes.ts';

/** The queue is gone at once; its name stays taken for 60 s. */
export const deleteQueue = defineAction<SqsState, { QueueUrl: string }, Record<string, never>>({
  name: 'DeleteQueue',
  input: structure({ QueueUrl: required(text) }),
  output: noOutput,
  run(state, { QueueUrl }) {
    const queue = state.queueFor(QueueUrl, 'DeleteQueue');
    const released = queue.heapBytes;
    state.deleteQueue(queue);
    giveBackMemory(released);
    return {};
  },
});
