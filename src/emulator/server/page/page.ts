/**
 * The page at `/` for a browser on this machine: queues, topics and streams; `/?queue=ARN`, the messages of one; `/?topic=ARN`, its subscriptions.
 *
 * Made on the server from links and tables, in English or Korean as the browser prefers; it can change nothing. Loaded when first asked for.
 */
import type { Cloud, CloudRegion } from '../../cloud.ts';
import type { Topic } from '../../sns/topic.ts';
import type { Queue } from '../../sqs/queue.ts';
import type { WireReply, WireRequest } from '../../wire/message.ts';
import { ownHeaders, refuseStrangers, urlFields } from '../replies.ts';
import { type Html, html } from './html.ts';
import { pageLanguage } from './language.ts';
import { type Clock, contentSecurityPolicy, layout } from './layout.ts';
import { overview } from './overview.ts';
import { queuePage } from './queuePage.ts';
import { topicPage } from './subscriptions.ts';
import { sayIn } from './words.ts';

export function answerPage(request: WireRequest, cloud: Cloud, clock: Clock): WireReply {
  const refused = refuseStrangers(request);
  if (refused !== null) return refused;
  const language = pageLanguage(request.headers['accept-language']);
  const say = sayIn(language);
  const fields = urlFields(request);
  const [queueArn, topicArn] = [fields.get('queue'), fields.get('topic')];
  const page = (status: number, heading: string | null, body: Html): WireReply => ({
    status,
    headers: {
      ...ownHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'content-security-policy': contentSecurityPolicy,
      vary: 'accept-language',
    },
    body: layout(language, say, heading, clock, body),
  });
  const findQueue = (arn: string): Queue | undefined => queueOf(cloud, arn)?.queue;
  const missing = (words: string): WireReply =>
    page(404, null, html`<div class="blank"><p>${words}</p><a href="/">${say('all')}</a></div>`);
  const after = /^\d{1,15}$/.exec(fields.get('after') ?? '')?.[0] ?? null;

  if (queueArn !== null) {
    const found = queueOf(cloud, queueArn);
    if (found === null) return missing(say('notFound', { arn: queueArn }));
    return page(200, found.queue.name, queuePage(found.region, found.queue, after, findQueue, say));
  }
  if (topicArn !== null) {
    const found = topicOf(cloud, topicArn);
    if (found === null) return missing(say('noTopic', { arn: topicArn }));
    return page(200, found.name, topicPage(found, Number(after ?? 0), findQueue, say));
  }
  return page(200, null, overview(cloud, request.origin, findQueue, say));
}

function queueOf(cloud: Cloud, arn: string): { readonly region: CloudRegion; readonly queue: Queue } | null {
  for (const region of cloud.regions()) {
    const queue = region.sqs.queueByArn(arn);
    if (queue !== undefined) return { region, queue };
  }
  return null;
}

function topicOf(cloud: Cloud, arn: string): Topic | null {
  for (const { sns } of cloud.regions()) {
    const topic = sns.topicByArn(arn);
    if (topic !== undefined) return topic;
  }
  return null;
}
