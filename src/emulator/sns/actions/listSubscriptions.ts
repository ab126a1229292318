import { type Action, defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import { pageOf } from '../paging.ts';
import type { SnsState } from '../state.ts';
import type { Subscription } from '../topic.ts';

const written = structure({ SubscriptionArn: text, Owner: text, Protocol: text, Endpoint: text, TopicArn: text });
const output = structure({ Subscriptions: list(written), NextToken: text });

interface Page {
  readonly Subscriptions: Record<string, string>[];
  readonly NextToken?: string;
}

/** Of all topics of this account and Region. */
export const listSubscriptions = defineAction<SnsState, { NextToken?: string }, Page>({
  name: 'ListSubscriptions',
  input: structure({ NextToken: text }),
  output,
  run(state, { NextToken }) {
    return write(
      state.topics().flatMap(({ subscriptions }) => [...subscriptions.values()]),
      NextToken,
      'ListSubscriptions',
    );
  },
});

export const listSubscriptionsByTopic = defineAction<SnsState, { TopicArn: string; NextToken?: string }, Page>({
  name: 'ListSubscriptionsByTopic',
  input: structure({ TopicArn: required(text), NextToken: text }),
  output,
  run(state, { TopicArn, NextToken }) {
    const { arn, subscriptions } = state.topicFor(TopicArn, 'ListSubscriptionsByTopic');
    return write([...subscriptions.values()], NextToken, `ListSubscriptionsByTopic ${arn}`);
  },
});

export const listings: readonly Action<SnsState>[] = [listSubscriptions, listSubscriptionsByTopic];

function write(subscriptions: readonly Subscription[], token: string | undefined, list: string): Page {
  const sorted = subscriptions.toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const { page, ...more } = pageOf(sorted, ({ arn }) => arn, token, list);
  return {
    Subscriptions: page.map(({ arn, ownerId, protocol, endpoint, topic, pending }) => ({
      SubscriptionArn: pending === null ? arn : 'PendingConfirmation',
      Owner: ownerId,
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: topic.arn,
    })),
    ...more,
  };
}
