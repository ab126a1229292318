import { defineAction } from '../../service.ts';
import { structure, text, whole } from '../../wire/shapes.ts';
import { notForQueueAddress } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { SqsState } from '../state.ts';
import { queueUrl } from '../urls.ts';
import { flatList } from '../wireShapes.ts';

/** Queue URLs by name. Pages only when MaxResults is given; without it the first 1,000 and no token. */
export const listQueues = defineAction<
  SqsState,
  { QueueNamePrefix?: string; NextToken?: string; MaxResults?: number; QueueUrl?: string },
  { QueueUrls?: string[]; NextToken?: string }
>({
  name: 'ListQueues',
  input: structure({
    QueueNamePrefix: text,
    NextToken: text,
    MaxResults: whole({ min: 1, max: 1_000 }),
    // There when Query was sent to the address of a queue, which knows no others.
    QueueUrl: text,
  }),
  output: structure({ QueueUrls: flatList(text, 'QueueUrl'), NextToken: text }),
  run(state, { QueueNamePrefix = '', NextToken, MaxResults, QueueUrl }, { origin, accountId }) {
    if (QueueUrl !== undefined) throw notForQueueAddress('ListQueues');
    const queues = state.queues().filter(({ name }) => name.startsWith(QueueNamePrefix));
    const { page, ...more } = pageOf(queues, NextToken, MaxResults);
    return {
      // AWS leaves an empty list out.
      ...(page.length === 0 ? {} : { QueueUrls: page.map(({ name }) => queueUrl(origin, accountId, name)) }),
      ...more,
    };
  },
});
