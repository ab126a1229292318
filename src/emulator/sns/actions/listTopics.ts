import { defineAction } from '../../service.ts';
import { list, structure, text } from '../../wire/shapes.ts';
import { pageOf } from '../paging.ts';
import type { SnsState } from '../state.ts';

export const listTopics = defineAction<
  SnsState,
  { NextToken?: string },
  { Topics: { TopicArn: string }[]; NextToken?: string }
>({
  name: 'ListTopics',
  input: structure({ NextToken: text }),
  output: structure({ Topics: list(structure({ TopicArn: text })), NextToken: text }),
  run(state, { NextToken }) {
    const { page, ...more } = pageOf(state.topics(), ({ arn }) => arn, NextToken, 'ListTopics');
    return { Topics: page.map(({ arn }) => ({ TopicArn: arn })), ...more };
  },
});
