/**
 * The topics and subscriptions of one account in one Region: made, found, confirmed, removed.
 *
 * Not here: publishing (publishing.ts), delivery (delivery/), platform applications and SMS (mobile/).
 */
import { partitionOf } from '../../core/partitions.ts';
import { arnOf, rootArn } from '../arns.ts';
import { type IdSeed, idOf } from '../ids.ts';
import type { MetricSink } from '../metricSink.ts';
import { evaluate } from '../policy/index.ts';
import { Deduplication } from '../sqs/deduplication.ts';
import type { Queue } from '../sqs/queue.ts';
import type { World } from '../world/world.ts';
import { requiredSubscriptionArn, requiredTopicArn } from './arns.ts';
import type { Deliveries } from './delivery/deliveries.ts';
import { createDirectMetrics, type DirectMetrics } from './directMetrics.ts';
import { amongAttributes, authorizationError, invalidParameter, notFound } from './errors.ts';
import { flagIn } from './flags.ts';
import { createMobileState, type MobileState } from './mobile/state.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { Subscription, Topic } from './topic.ts';
import { createTopicMetrics, minuteMs } from './topicMetrics.ts';
import { policyOf } from './topicPolicy.ts';
import { changedTopicSettings, defaultTopicSettings } from './topicSettings.ts';

/** What SNS needs of the cloud around it: it delivers across accounts and Regions. */
export interface SnsNeighbours {
  queueByArn(arn: string): Queue | undefined;
  /** SNS of another account or Region. */
  snsAt(accountId: string, region: string): SnsState;
  readonly deliveries: Deliveries;
}

export interface SnsState {
  readonly accountId: string;
  readonly region: string;
  /** Who this account is in answers. */
  readonly callerArn: string;
  readonly world: World;
  readonly neighbours: SnsNeighbours;
  readonly mobile: MobileState;
  readonly outbox: Outbox;
  /** Of what is published to phones and devices without a topic. */
  readonly directMetrics: DirectMetrics;
  /** In the order of their names. */
  topics(): Topic[];
  /** Of this account and Region. */
  topicByArn(arn: string): Topic | undefined;
  /**
   * Who keeps the topics of the account that the ARN names. Other accounts can be reached, other Regions cannot.
   *
   * @throws AwsError InvalidParameter for what is no topic's ARN or one of another Region
   */
  ownerOf(topicArn: string): SnsState;
  /**
   * A topic of any account in this Region, for an action of this account.
   *
   * @param action `Publish`, as the topic's policy names it behind `SNS:`
   * @throws AwsError InvalidParameter as ownerOf, NotFound, AuthorizationError
   */
  topicFor(arn: string, action: string): Topic;
  /** @throws AwsError InvalidParameter, NotFound */
  subscriptionFor(arn: string): Subscription;
  /** Returns the topic of that name when it has equal attributes and tags. @throws AwsError InvalidParameter */
  createTopic(name: string, attributes: Readonly<Record<string, string>>, tags: ReadonlyMap<string, string>): Topic;
  deleteTopic(topic: Topic): void;
  nextId(): string;
}

export function createSnsState(context: {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly sink: MetricSink;
  readonly neighbours: SnsNeighbours;
}): SnsState {
  const { world, accountId, region, sink, neighbours } = context;
  const chance = world.random.stream(`sns/${accountId}/${region}`);
  const idSeed: IdSeed = [Math.floor(chance.next() * 2 ** 32), Math.floor(chance.next() * 2 ** 32)];
  const topics = new Map<string, Topic>();
  let ids = 0;
  let ticking = false;

  /** One clock for all metrics, started by the first topic or direct message. */
  function startTicking(): void {
    if (ticking) return;
    ticking = true;
    world.every((Math.floor(world.nowMs() / minuteMs) + 1) * minuteMs, minuteMs, () => {
      const atMs = world.nowMs() - minuteMs;
      for (const { metrics } of topics.values()) metrics.flush(atMs);
      state.directMetrics.flush(atMs);
    });
  }

  const state: SnsState = {
    accountId,
    region,
    callerArn: rootArn(partitionOf(region), accountId),
    world,
    neighbours,
    mobile: createMobileState(),
    outbox: createOutbox(),
    directMetrics: createDirectMetrics(sink, startTicking),
    topics: () => [...topics.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1)),
    topicByArn: (arn) => topics.get(arn),
    ownerOf(topicArn) {
      const parts = requiredTopicArn(topicArn);
      if (parts.region !== region) throw invalidParameter('TopicArn');
      return parts.accountId === accountId ? state : neighbours.snsAt(parts.accountId, region);
    },
    topicFor(arn, action) {
      // Nearly always one's own, and then there is nothing to take apart.
      const topic = topics.get(arn) ?? state.ownerOf(arn).topicByArn(arn);
      if (topic === undefined) throw notFound('Topic');
      authorize(topic, action);
      topic.metrics.lastCallMs = world.nowMs();
      return topic;
    },
    subscriptionFor(arn) {
      const { topicArn, parts } = requiredSubscriptionArn(arn);
      const topic = neighbours.snsAt(parts.accountId, parts.region).topicByArn(topicArn);
      const subscription = topic?.subscriptions.get(arn);
      if (topic === undefined || subscription === undefined) throw notFound('Subscription');
      topic.metrics.lastCallMs = world.nowMs();
      return subscription;
    },
    createTopic(name, attributes, tags) {
      const { FifoTopic, ...others } = attributes;
      const fifo = FifoTopic !== undefined && amongAttributes(() => flagIn('FifoTopic', FifoTopic));
      checkName(name, fifo);
      const arn = arnOf('sns', context, name);
      const known = topics.get(arn);
      if (known !== undefined) {
        checkEqual(known, others, tags);
        return known;
      }
      const settings = changedTopicSettings(defaultTopicSettings(arn, accountId, fifo), others, 'create');
      const topic: Topic = {
        arn,
        name,
        accountId,
        region,
        fifo,
        createdAtMs: world.nowMs(),
        tags: new Map(tags),
        subscriptions: new Map(),
        metrics: createTopicMetrics(name, sink, world.nowMs()),
        sent: new Deduplication(),
        confirmedTokens: new Map(),
        left: new Map(),
        archive: [],
        archiveSinceMs: settings.has('ArchivePolicy') ? world.nowMs() : null,
        settings,
        dataProtectionPolicy: null,
        deletedSubscriptions: 0,
        sequence: 0,
      };
      topics.set(arn, topic);
      startTicking();
      return topic;
    },
    deleteTopic(topic) {
      topics.delete(topic.arn);
      topic.subscriptions.clear();
    },
    nextId: () => idOf(idSeed, ++ids),
  };

  /** The owner may do everything that no statement denies; others what a statement allows. */
  function authorize(topic: Topic, action: string): void {
    const policy = policyOf(topic);
    const verdict =
      policy === null
        ? 'neutral'
        : evaluate(policy, {
            principal: { kind: 'account', accountId },
            action: `sns:${action}`,
            resource: topic.arn,
            // Of a call in its own name the source is the caller.
            context: {
              'aws:PrincipalAccount': accountId,
              'aws:SourceOwner': accountId,
              'aws:SourceAccount': accountId,
            },
          });
    if (verdict === 'allow' || (verdict === 'neutral' && topic.accountId === accountId)) return;
    throw authorizationError(state.callerArn, `SNS:${action}`, topic.arn, verdict === 'deny');
  }

  return state;
}

function checkName(name: string, fifo: boolean): void {
  if (fifo) {
    if (/^[\w-]{1,251}\.fifo$/.test(name)) return;
    throw invalidParameter(
      'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, ' +
        'underscores, and hyphens, and must be between 1 and 256 characters long.',
    );
  }
  if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
}

/** Only what the request names is compared. */
function checkEqual(
  known: Topic,
  attributes: Readonly<Record<string, string>>,
  tags: ReadonlyMap<string, string>,
): void {
  const wanted = changedTopicSettings(known.settings, attributes, 'create');
  for (const name of Object.keys(attributes)) {
    if (known.settings.get(name) !== wanted.get(name)) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    }
  }
  for (const [key, value] of tags) {
    if (known.tags.get(key) !== value) {
      throw invalidParameter('Tags Reason: Topic already exists with different tags');
    }
  }
}
