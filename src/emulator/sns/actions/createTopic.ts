import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { parseDataProtectionPolicy, setDataProtectionPolicy } from '../dataProtection.ts';
import type { SnsState } from '../state.ts';
import { readTags } from '../tags.ts';
import { attributeMap, tagList, type WireTag } from '../wireShapes.ts';

/** A new topic, or the existing one of that name when attributes and tags are equal to the given ones. */
export const createTopic = defineAction<
  SnsState,
  { Name: string; Attributes?: Record<string, string>; Tags?: WireTag[]; DataProtectionPolicy?: string },
  { TopicArn: string }
>({
  name: 'CreateTopic',
  input: structure({ Name: required(text), Attributes: attributeMap, Tags: tagList, DataProtectionPolicy: text }),
  output: structure({ TopicArn: text }),
  run(state, { Name, Attributes = {}, Tags, DataProtectionPolicy }) {
    // Checked before anything is made.
    if (DataProtectionPolicy !== undefined) parseDataProtectionPolicy(DataProtectionPolicy);
    const topic = state.createTopic(Name, Attributes, readTags(Tags));
    if (DataProtectionPolicy !== undefined) setDataProtectionPolicy(topic, DataProtectionPolicy);
    return { TopicArn: topic.arn };
  },
});
