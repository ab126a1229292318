/**
 * The page at `/` for a browser on this machine: queues and topics, and `/?queue=ARN`, the messages of one.
 *
 * Made on the server from links and tables, in English or Korean as the browser prefers; it can change nothing. Loaded when first asked for.
 */
import type { Cloud, CloudRegion } from '../../cloud.ts';
import type { Queue } from '../../sqs/queue.ts';
import type { WireReply, WireRequest } from '../../wire/message.ts';
import { ownHeaders, refuseStrangers, urlFields } from '../replies.ts';
import { type Html, html } from './html.ts';
import { pageLanguage } from './language.ts';
import { type Clock, contentSecurityPolicy, layout } from './layout.ts';
import { overview } from './overview.ts';
import { queuePage } from './queuePage.ts';
import { sayIn } from './words.ts';

export function answerPage(request: WireRequest, cloud: Cloud, clock: Clock): WireReply {
  const refused = refuseStrangers(request);
  if (refused !== null) return refused;
  const language = pageLanguage(request.headers['accept-language']);
  const say = sayIn(language);
  const fields = urlFields(request);
  const arn = fields.get('queue');
  const found = arn === null ? null : findQueue(cloud, arn);
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
  if (arn === null) return page(200, null, overview(cloud, request.origin, say));
  if (found === null)
    return page(404, null, html`<p>${say('notFound', { arn })}</p><nav><a href="/">${say('all')}</a></nav>`);
  const after = /^\d{1,15}$/.exec(fields.get('after') ?? '')?.[0] ?? null;
  return page(200, found.queue.name, queuePage(found.region, found.queue, after, say));
}

function findQueue(cloud: Cloud, arn: string): { readonly region: CloudRegion; readonly queue: Queue } | null {
  for (const region of cloud.regions()) {
    const queue = region.sqs.queueByArn(arn);
    if (queue !== undefined) return { region, queue };
  }
  return null;
}
