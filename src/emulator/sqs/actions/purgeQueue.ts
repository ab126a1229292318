import { giveBackMemory } from '../../memory.ts';
import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { purgeQueueInProgress } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { noOutput } from '../wireShapes.ts';

const gapMs = 60_000;

/** Every message at once, in flight and delayed ones included; once in 60 s. */
export const purgeQueue = defineAction<SqsState, { QueueUrl: string }, Record<string, never>>({
  name: 'PurgeQueue',
  input: structure({ QueueUrl: required(text) }),
  output: noOutput,
  run(state, { QueueUrl }) {
    const queue = state.queueFor(QueueUrl, 'PurgeQueue');
    if (queue.lastPurgeMs !== null && state.world.nowMs() - queue.lastPurgeMs < gapMs) {
      throw purgeQueueInProgress(queue.name);
    }
    const released = queue.heapBytes;
    queue.purge();
    giveBackMemory(released);
    return {};
  },
});
