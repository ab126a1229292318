import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { invalidState } from '../errors.ts';
import type { SnsState } from '../state.ts';
import { noOutput } from '../wireShapes.ts';

/** The topic with its subscriptions; one that is not there is deleted already. */
export const deleteTopic = defineAction<SnsState, { TopicArn: string }, Record<string, never>>({
  name: 'DeleteTopic',
  input: structure({ TopicArn: required(text) }),
  output: noOutput,
  run(state, { TopicArn }) {
    const owner = state.ownerOf(TopicArn);
    if (owner.topicByArn(TopicArn) === undefined) return {};
    const topic = state.topicFor(TopicArn, 'DeleteTopic');
    if (topic.archiveSinceMs !== null) throw invalidState('Cannot delete a topic with an ArchivePolicy');
    owner.deleteTopic(topic);
    return {};
  },
});
