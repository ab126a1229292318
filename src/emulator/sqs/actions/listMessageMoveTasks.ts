import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { type MoveTask, namedQueue } from '../moveTasks.ts';
import type { SqsState } from '../state.ts';
import { flatList } from '../wireShapes.ts';

/** Of one source, newest first; one unless more are asked for. */
export const listMessageMoveTasks = defineAction<
  SqsState,
  { SourceArn: string; MaxResults?: number },
  { Results?: Record<string, unknown>[] }
>({
  name: 'ListMessageMoveTasks',
  input: structure({ SourceArn: required(text), MaxResults: whole({ min: 1, max: 10 }) }),
  output: structure({
    Results: flatList(
      structure({
        TaskHandle: text,
        Status: text,
        SourceArn: text,
        DestinationArn: text,
        MaxNumberOfMessagesPerSecond: whole(),
        ApproximateNumberOfMessagesMoved: whole(),
        ApproximateNumberOfMessagesToMove: whole(),
        FailureReason: text,
        StartedTimestamp: whole(),
      }),
      'ListMessageMoveTasksResultEntry',
    ),
  }),
  run(state, { SourceArn, MaxResults = 1 }) {
    namedQueue(state, 'SourceArn', SourceArn).noteCall();
    return { Results: state.moveTasks.ofSource(SourceArn).slice(0, MaxResults).map(write) };
  },
});

function write(task: MoveTask): Record<string, unknown> {
  return {
    // Only a running task can be named.
    ...(task.status === 'RUNNING' ? { TaskHandle: task.handle } : {}),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(task.destinationArn === null ? {} : { DestinationArn: task.destinationArn }),
    ...(task.maxPerSecond === null ? {} : { MaxNumberOfMessagesPerSecond: task.maxPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason === null ? {} : { FailureReason: task.failureReason }),
    StartedTimestamp: task.startedAtMs,
  };
}
