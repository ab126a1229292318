import { defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { pageOf } from '../paging.ts';
import type { SqsState } from '../state.ts';
import { queueUrl } from '../urls.ts';
import { flatList } from '../wireShapes.ts';

/** The queues whose RedrivePolicy names this one. */
export const listDeadLetterSourceQueues = defineAction<
  SqsState,
  { QueueUrl: string; NextToken?: string; MaxResults?: number },
  { queueUrls: string[]; NextToken?: string }
>({
  name: 'ListDeadLetterSourceQueues',
  input: structure({ QueueUrl: required(text), NextToken: text, MaxResults: whole({ min: 1, max: 1_000 }) }),
  output: structure({ queueUrls: flatList(text, 'QueueUrl'), NextToken: text }),
  run(state, { QueueUrl, NextToken, MaxResults }, { origin, accountId }) {
    const target = state.queueFor(QueueUrl, 'ListDeadLetterSourceQueues');
    target.noteCall();
    const sources = state.queues().filter(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === target.arn);
    const { page, ...more } = pageOf(sources, NextToken, MaxResults);
    return {
      queueUrls: page.map(({ name }) => queueUrl(origin, accountId, name)),
      ...more,
    };
  },
});
