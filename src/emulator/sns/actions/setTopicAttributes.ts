import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { checkSubscriptionsOfLarge } from '../largeMessages.ts';
import type { SnsState } from '../state.ts';
import { changedTopicSettings } from '../topicSettings.ts';
import { noOutput } from '../wireShapes.ts';

export const setTopicAttributes = defineAction<
  SnsState,
  { TopicArn: string; AttributeName: string; AttributeValue?: string },
  Record<string, never>
>({
  name: 'SetTopicAttributes',
  input: structure({ TopicArn: required(text), AttributeName: required(text), AttributeValue: text }),
  output: noOutput,
  run(state, { TopicArn, AttributeName, AttributeValue = '' }) {
    const topic = state.topicFor(TopicArn, 'SetTopicAttributes');
    const settings = changedTopicSettings(topic.settings, { [AttributeName]: AttributeValue });
    if (AttributeName === 'MaximumMessageSize') checkSubscriptionsOfLarge(topic, settings);
    topic.settings = settings;
    if (AttributeName === 'ArchivePolicy') {
      // Without a policy nothing is kept any more.
      const kept = topic.settings.has('ArchivePolicy');
      if (!kept) topic.archive.length = 0;
      topic.archiveSinceMs = kept ? (topic.archiveSinceMs ?? state.world.nowMs()) : null;
    }
    return {};
  },
});
