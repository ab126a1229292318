import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { parseTopicArn } from '../arns.ts';
import { invalidParameter } from '../errors.ts';
import type { SnsState } from '../state.ts';
import { noOutput } from '../wireShapes.ts';

/** The topic with its subscriptions; one that is not there is deleted already. */
export const deleteTopic = defineAction<SnsState, { TopicArn: string }, Record<string, never>>({
  name: 'DeleteTopic',
  input: structure({ TopicArn: required(text) }),
  output: noOutput,
  run(state, { TopicArn }) {
    const parts = parseTopicArn(TopicArn);
    if (parts === null) throw invalidParameter('TopicArn');
    const home = state.neighbours.snsAt(parts.accountId, parts.region);
    if (home.topicByArn(TopicArn) !== undefined) home.deleteTopic(state.topicFor(TopicArn, 'DeleteTopic'));
    return {};
  },
});
