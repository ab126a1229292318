import { type Action, defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import { withoutPermission, withPermission } from '../permissions.ts';
import type { SnsState } from '../state.ts';
import { changedTopicSettings, withoutPolicy } from '../topicSettings.ts';
import { noOutput } from '../wireShapes.ts';

/** A statement more in the topic's policy, under a label of its own. */
export const addPermission = defineAction<
  SnsState,
  { TopicArn: string; Label: string; AWSAccountId: string[]; ActionName: string[] },
  Record<string, never>
>({
  name: 'AddPermission',
  input: structure({
    TopicArn: required(text),
    Label: required(text),
    AWSAccountId: required(list(text)),
    ActionName: required(list(text)),
  }),
  output: noOutput,
  run(state, { TopicArn, Label, AWSAccountId, ActionName }) {
    const topic = state.topicFor(TopicArn, 'AddPermission');
    const permission = { label: Label, accountIds: AWSAccountId, actions: ActionName };
    const Policy = withPermission(topic.settings.get('Policy') ?? null, topic.arn, permission);
    topic.settings = changedTopicSettings(topic.settings, { Policy });
    return {};
  },
});

export const removePermission = defineAction<SnsState, { TopicArn: string; Label: string }, Record<string, never>>({
  name: 'RemovePermission',
  input: structure({ TopicArn: required(text), Label: required(text) }),
  output: noOutput,
  run(state, { TopicArn, Label }) {
    const topic = state.topicFor(TopicArn, 'RemovePermission');
    const Policy = withoutPermission(topic.settings.get('Policy') ?? null, Label);
    topic.settings = Policy === null ? withoutPolicy(topic.settings) : changedTopicSettings(topic.settings, { Policy });
    return {};
  },
});

export const permissions: readonly Action<SnsState>[] = [addPermission, removePermission];
