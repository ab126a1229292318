/** Tags of a stream: three actions on one small map. */
import { defineAction } from '../../service.ts';
import { flag, list, required, structure, text, whole } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { KinesisState } from '../state.ts';
import { findStream, nothing, type StreamTarget, streamTarget, tagMapShape } from './common.ts';

const tagsPerStream = 50;

export const addTagsToStream = defineAction({
  name: 'AddTagsToStream',
  input: structure({ ...streamTarget, Tags: required(tagMapShape) }),
  output: nothing,
  run(state: KinesisState, input: StreamTarget & { readonly Tags: Readonly<Record<string, string>> }) {
    const stream = findStream(state, input);
    const count = new Set([...stream.tags.keys(), ...Object.keys(input.Tags)]).size;
    if (count > tagsPerStream) {
      throw faults.invalid(
        `Failed to add tags to stream ${stream.name} under account ${state.context.accountId} because a given stream ` +
          `cannot have more than ${tagsPerStream} tags associated with it.`,
      );
    }
    for (const [key, value] of Object.entries(input.Tags)) stream.tags.set(key, value);
    return {};
  },
});

export const removeTagsFromStream = defineAction({
  name: 'RemoveTagsFromStream',
  input: structure({ ...streamTarget, TagKeys: required(list(text)) }),
  output: nothing,
  run(state: KinesisState, input: StreamTarget & { readonly TagKeys: readonly string[] }) {
    const stream = findStream(state, input);
    for (const key of input.TagKeys) stream.tags.delete(key);
    return {};
  },
});

export const listTagsForStream = defineAction({
  name: 'ListTagsForStream',
  input: structure({ ...streamTarget, ExclusiveStartTagKey: text, Limit: whole({ min: 1, max: 50 }) }),
  output: structure({ Tags: list(structure({ Key: text, Value: text })), HasMoreTags: flag }),
  run(state: KinesisState, input: StreamTarget & { readonly ExclusiveStartTagKey?: string; readonly Limit?: number }) {
    const stream = findStream(state, input);
    const after = input.ExclusiveStartTagKey ?? '';
    const keys = [...stream.tags.keys()].sort().filter((key) => key > after);
    const page = keys.slice(0, input.Limit ?? tagsPerStream);
    return {
      Tags: page.map((key) => ({ Key: key, Value: stream.tags.get(key)! })),
      HasMoreTags: page.length < keys.length,
    };
  },
});
