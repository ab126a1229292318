import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { withPermission } from '../permissions.ts';
import type { SqsState } from '../state.ts';
import { flatList, noOutput } from '../wireShapes.ts';

/** A statement more in the queue's policy, under a label of its own. */
export const addPermission = defineAction<
  SqsState,
  { QueueUrl: string; Label: string; AWSAccountIds?: string[]; Actions?: string[] },
  Record<string, never>
>({
  name: 'AddPermission',
  input: structure({
    QueueUrl: required(text),
    Label: required(text),
    AWSAccountIds: flatList(text, 'AWSAccountId'),
    Actions: flatList(text, 'ActionName'),
  }),
  output: noOutput,
  run(state, { QueueUrl, Label, AWSAccountIds = [], Actions = [] }) {
    const queue = state.queueFor(QueueUrl, 'AddPermission');
    const permission = { label: Label, accountIds: AWSAccountIds, actions: Actions };
    state.setAttributes(queue, { Policy: withPermission(queue.settings.policy, queue.arn, permission) });
    return {};
  },
});
