import { defineAction } from '../../service.ts';
import { required, type Shape, structure, text } from '../../wire/shapes.ts';
import { missingParameter } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { addTags, type Tags } from '../tags.ts';
import { noOutput, tagMap } from '../wireShapes.ts';

/** The Java SDKs write `Tags.1.Key` in Query where AWS's model says `Tag.1.Key`; the service takes both, of tags here only. */
const tagsOfEither: Shape = { ...tagMap, orOwnName: true };

export const tagQueue = defineAction<SqsState, { QueueUrl: string; Tags?: Tags }, Record<string, never>>({
  name: 'TagQueue',
  input: structure({ QueueUrl: required(text), Tags: tagsOfEither }),
  output: noOutput,
  run(state, { QueueUrl, Tags = {} }) {
    const queue = state.queueFor(QueueUrl, 'TagQueue');
    queue.noteCall();
    if (Object.keys(Tags).length === 0) throw missingParameter('Tags');
    addTags(queue, Tags);
    return {};
  },
});
