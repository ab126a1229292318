import { defineAction } from '../../service.ts';
import { map, required, structure, text } from '../../wire/shapes.ts';
import { missingParameter } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { addTags, type Tags } from '../tags.ts';
import { noOutput, tagMap } from '../wireShapes.ts';

/** The Java SDKs write `Tags.1.Key` in Query where AWS's model says `Tag.1.Key`; the service takes both, here only. */
const tagsOfJava = map(text, { flattened: true, queryName: 'Tags', keyName: 'Key', valueName: 'Value' });

export const tagQueue = defineAction<
  SqsState,
  { QueueUrl: string; Tags?: Tags; TagsOfJava?: Tags },
  Record<string, never>
>({
  name: 'TagQueue',
  input: structure({ QueueUrl: required(text), Tags: tagMap, TagsOfJava: tagsOfJava }),
  output: noOutput,
  run(state, { QueueUrl, Tags, TagsOfJava }) {
    const tags = { ...Tags, ...TagsOfJava };
    const queue = state.queueFor(QueueUrl, 'TagQueue');
    queue.noteCall();
    if (Object.keys(tags).length === 0) throw missingParameter('Tags');
    addTags(queue, tags);
    return {};
  },
});
