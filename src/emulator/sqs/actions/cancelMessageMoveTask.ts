import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';

/** What has been moved stays moved. */
export const cancelMessageMoveTask = defineAction<
  SqsState,
  { TaskHandle: string },
  { ApproximateNumberOfMessagesMoved: number }
>({
  name: 'CancelMessageMoveTask',
  input: structure({ TaskHandle: required(text) }),
  output: structure({ ApproximateNumberOfMessagesMoved: whole() }),
  run: (state, { TaskHandle }) => ({ ApproximateNumberOfMessagesMoved: state.moveTasks.cancel(TaskHandle).moved }),
});
