import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { withoutPermission } from '../permissions.ts';
import type { SqsState } from '../state.ts';
import { noOutput } from '../wireShapes.ts';

export const removePermission = defineAction<SqsState, { QueueUrl: string; Label: string }, Record<string, never>>({
  name: 'RemovePermission',
  input: structure({ QueueUrl: required(text), Label: required(text) }),
  output: noOutput,
  run(state, { QueueUrl, Label }) {
    const queue = state.queueFor(QueueUrl, 'RemovePermission');
    state.setAttributes(queue, { Policy: withoutPermission(queue.settings.policy, Label) ?? '' });
    return {};
  },
});
