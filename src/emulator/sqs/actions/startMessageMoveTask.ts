import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { invalidParameter } from '../errors.ts';
import { mostPerSecond, namedQueue } from '../moveTasks.ts';
import type { SqsState } from '../state.ts';

/** Moves what is in a dead-letter queue, in its own time: to the destination, or back to where each message came from. */
export const startMessageMoveTask = defineAction<
  SqsState,
  { SourceArn: string; DestinationArn?: string; MaxNumberOfMessagesPerSecond?: number },
  { TaskHandle: string }
>({
  name: 'StartMessageMoveTask',
  input: structure({
    SourceArn: required(text),
    DestinationArn: text,
    MaxNumberOfMessagesPerSecond: whole({ min: 1, max: mostPerSecond }),
  }),
  output: structure({ TaskHandle: text }),
  run(state, { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond }) {
    const source = namedQueue(state, 'SourceArn', SourceArn);
    source.noteCall();
    const isDeadLetterQueue = state
      .queues()
      .some(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === source.arn);
    if (!isDeadLetterQueue) throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
    const destination = DestinationArn === undefined ? null : namedQueue(state, 'DestinationArn', DestinationArn);
    if (destination === source)
      throw invalidParameter('Source queue arn and destination queue arn cannot be the same.');
    if (destination !== null && destination.kind !== source.kind) {
      throw invalidParameter('The source queue and destination queue must be of the same queue type.');
    }
    const task = state.moveTasks.start(source, destination, MaxNumberOfMessagesPerSecond ?? null);
    return { TaskHandle: task.handle };
  },
});
