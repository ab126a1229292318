/** SNS as the router sees it: Query XML, and its list of actions. */
import type { Action, Service, ServiceContext } from '../service.ts';
import { confirmSubscription } from './actions/confirmSubscription.ts';
import { createTopic } from './actions/createTopic.ts';
import { deleteTopic } from './actions/deleteTopic.ts';
import { getSubscriptionAttributes } from './actions/getSubscriptionAttributes.ts';
import { getTopicAttributes } from './actions/getTopicAttributes.ts';
import { listings } from './actions/listSubscriptions.ts';
import { listTopics } from './actions/listTopics.ts';
import { permissions } from './actions/permissions.ts';
import { publish } from './actions/publish.ts';
import { publishBatch } from './actions/publishBatch.ts';
import { setSubscriptionAttributes } from './actions/setSubscriptionAttributes.ts';
import { setTopicAttributes } from './actions/setTopicAttributes.ts';
import { subscribe } from './actions/subscribe.ts';
import { tagging } from './actions/tagging.ts';
import { unsubscribe } from './actions/unsubscribe.ts';
import { refuseInput } from './errors.ts';
import { mobileActions } from './mobile/actions.ts';
import { createSnsState, type SnsNeighbours, type SnsState } from './state.ts';

export type { SnsNeighbours, SnsState } from './state.ts';

const actions: readonly Action<SnsState>[] = [
  confirmSubscription,
  createTopic,
  deleteTopic,
  getSubscriptionAttributes,
  getTopicAttributes,
  ...listings,
  listTopics,
  ...permissions,
  publish,
  publishBatch,
  setSubscriptionAttributes,
  setTopicAttributes,
  subscribe,
  ...tagging,
  unsubscribe,
  ...mobileActions,
];

export function createSnsService(context: ServiceContext, neighbours: SnsNeighbours): Service<SnsState> {
  return {
    scopeName: 'sns',
    query: { version: '2010-03-31', xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/', xmlForm: 'indented' },
    json: null,
    cbor: null,
    errorNamespace: 'com.amazonaws.sns',
    actions: new Map(actions.map((action) => [action.name, action])),
    state: createSnsState({ ...context, neighbours }),
    refuseInput,
    // The links in what SNS sends have neither a version nor a signature; nobody else's requests are without both.
    ownsPath: (path) => (path === '/' ? {} : null),
  };
}
