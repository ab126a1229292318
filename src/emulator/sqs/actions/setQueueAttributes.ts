import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import type { SqsState } from '../state.ts';
import { noOutput, queueAttributes } from '../wireShapes.ts';

/** All of the given attributes, or none when one is refused. AWS takes up to a minute; here it is at once. */
export const setQueueAttributes = defineAction<
  SqsState,
  { QueueUrl: string; Attributes: Record<string, string> },
  Record<string, never>
>({
  name: 'SetQueueAttributes',
  input: structure({ QueueUrl: required(text), Attributes: required(queueAttributes) }),
  output: noOutput,
  run(state, { QueueUrl, Attributes }) {
    state.setAttributes(state.queueFor(QueueUrl, 'SetQueueAttributes'), Attributes);
    return {};
  },
});
