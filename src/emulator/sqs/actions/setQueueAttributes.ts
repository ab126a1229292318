import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { missingParameter } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { noOutput, queueAttributes } from '../wireShapes.ts';

/** All of the given attributes, or none when one is refused. AWS takes up to a minute; here it is at once. */
export const setQueueAttributes = defineAction<
  SqsState,
  { QueueUrl: string; Attributes?: Record<string, string> },
  Record<string, never>
>({
  name: 'SetQueueAttributes',
  input: structure({ QueueUrl: required(text), Attributes: queueAttributes }),
  output: noOutput,
  run(state, { QueueUrl, Attributes = {} }) {
    const queue = state.queueFor(QueueUrl, 'SetQueueAttributes');
    // In the words of Query, which has no way to write an empty map.
    if (Object.keys(Attributes).length === 0) throw missingParameter('Attribute.Name');
    state.setAttributes(queue, Attributes);
    return {};
  },
});
