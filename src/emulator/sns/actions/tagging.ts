import { type Action, defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import { parseTopicArn } from '../arns.ts';
import { invalidParameter, resourceNotFound } from '../errors.ts';
import type { SnsState } from '../state.ts';
import { addTags, readTags } from '../tags.ts';
import type { Topic } from '../topic.ts';
import { emptyOutput, tagList, type WireTag } from '../wireShapes.ts';

export const tagResource = defineAction<SnsState, { ResourceArn: string; Tags: WireTag[] }, Record<string, never>>({
  name: 'TagResource',
  input: structure({ ResourceArn: required(text), Tags: required(tagList) }),
  output: emptyOutput,
  run(state, { ResourceArn, Tags }) {
    addTags(topicOf(state, ResourceArn).tags, readTags(Tags));
    return {};
  },
});

export const untagResource = defineAction<SnsState, { ResourceArn: string; TagKeys: string[] }, Record<string, never>>({
  name: 'UntagResource',
  input: structure({ ResourceArn: required(text), TagKeys: required(list(text)) }),
  output: emptyOutput,
  run(state, { ResourceArn, TagKeys }) {
    const { tags } = topicOf(state, ResourceArn);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
});

export const listTagsForResource = defineAction<SnsState, { ResourceArn: string }, { Tags: WireTag[] }>({
  name: 'ListTagsForResource',
  input: structure({ ResourceArn: required(text) }),
  output: structure({ Tags: tagList }),
  run(state, { ResourceArn }) {
    return { Tags: [...topicOf(state, ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })) };
  },
});

export const tagging: readonly Action<SnsState>[] = [tagResource, untagResource, listTagsForResource];

/** Only topics have tags, and only their owner sees them. */
function topicOf(state: SnsState, arn: string): Topic {
  if (parseTopicArn(arn) === null) throw invalidParameter('ResourceArn');
  const topic = state.topicByArn(arn);
  if (topic === undefined) throw resourceNotFound('Resource does not exist');
  topic.metrics.lastCallMs = state.world.nowMs();
  return topic;
}
