/** The page at `/`: every queue, topic and stream of every account and Region that somebody has named, with their counts. */
import type { Cloud, CloudRegion } from '../../cloud.ts';
import type { Stream } from '../../kinesis/stream.ts';
import type { Topic } from '../../sns/topic.ts';
import type { Queue } from '../../sqs/queue.ts';
import { countsOf } from '../messages.ts';
import { type Html, html } from './html.ts';
import { count, duration } from './layout.ts';
import { type FindQueue, queueLink, queueLinks, queuePath, topicPath } from './links.ts';
import { subscriptionLine } from './subscriptions.ts';
import type { Say } from './words.ts';

/** Of each kind and Region: more would only make a browser slow. */
const mostRows = 1_000;
const mostSources = 3;
const mostSubscriptions = 5;

export function overview(cloud: Cloud, origin: string, findQueue: FindQueue, say: Say): Html {
  const sections = cloud.regions().map((region) => section(region, findQueue, say));
  if (sections.some((one) => one !== null)) return html`${sections}`;
  return html`<div class="blank"><p>${say('nothing')}</p><span class="quiet">${say('firstQueue')}</span>
<pre>aws --endpoint-url ${origin} sqs create-queue --queue-name orders</pre><span class="quiet">${say('firstMessage')}</span>
<pre>aws --endpoint-url ${origin} sqs send-message --queue-url ${origin}/${cloud.home.accountId}/orders --message-body hello</pre></div>`;
}

function section(region: CloudRegion, findQueue: FindQueue, say: Say): Html | null {
  const queues = region.sqs.queues();
  const topics = region.sns.topics();
  const streams = region.kinesis.streamNames().map((name) => region.kinesis.stream(name)!);
  if (queues.length + topics.length + streams.length === 0) return null;
  return html`<section><h2>${region.accountId} · ${region.region}</h2>
${queues.length === 0 ? null : queueTable(queues, findQueue, say)}${topics.length === 0 ? null : topicTable(topics, findQueue, say)}
${streams.length === 0 ? null : streamTable(streams, say)}</section>`;
}

interface Column {
  readonly heading: string;
  readonly looks: string;
}

function table(title: string, columns: readonly Column[], rows: readonly Html[], all: number, say: Say): Html {
  const heads = columns.map(({ heading, looks }) => html`<th scope="col" class="${looks}">${heading}</th>`);
  return html`<h3>${title}<span>${count(all)}</span></h3><div class="scroll"><table><thead><tr>${heads}</tr></thead>
<tbody>${rows}</tbody></table></div>${rows.length < all ? html`<p class="quiet">${say('cutRows', { shown: rows.length, all })}</p>` : null}`;
}

const number = (n: number): Html => html`<td class="${n === 0 ? 'n zero' : 'n'}">${count(n)}</td>`;

function queueTable(queues: readonly Queue[], findQueue: FindQueue, say: Say): Html {
  const sources = sourcesByTarget(queues);
  const rows = queues.slice(0, mostRows).map((queue) => {
    const counts = countsOf(queue);
    const ageMs = queue.oldestMessageAgeMs();
    return html`<tr><td><a href="${queuePath(queue)}">${queue.name}</a></td><td>${say(queue.kind)}</td>
${number(counts.visible)}${number(counts.inFlight)}${number(counts.delayed)}
<td class="n">${ageMs === null ? null : duration(ageMs, say)}</td><td>${arrows(queue, sources, findQueue, say)}</td></tr>`;
  });
  const columns = [
    { heading: say('name'), looks: 'name' },
    { heading: say('kind'), looks: 'kind' },
    { heading: say('visible'), looks: 'n count' },
    { heading: say('inFlight'), looks: 'n count' },
    { heading: say('delayed'), looks: 'n count' },
    { heading: say('oldest'), looks: 'n age' },
    { heading: say('deadLetterQueue'), looks: '' },
  ];
  return table(say('queues'), columns, rows, queues.length, say);
}

/** By the ARN of the dead-letter queue, the queues that give up into it. */
function sourcesByTarget(queues: readonly Queue[]): ReadonlyMap<string, readonly Queue[]> {
  const sources = new Map<string, Queue[]>();
  for (const queue of queues) {
    const target = queue.settings.redrivePolicy?.deadLetterTargetArn;
    if (target === undefined) continue;
    const known = sources.get(target);
    if (known === undefined) sources.set(target, [queue]);
    else known.push(queue);
  }
  return sources;
}

/** `→` where its messages go when they are given up, `←` whose messages come here. */
function arrows(queue: Queue, sources: ReadonlyMap<string, readonly Queue[]>, findQueue: FindQueue, say: Say): Html {
  const { redrivePolicy } = queue.settings;
  const from = sources.get(queue.arn) ?? [];
  const to =
    redrivePolicy === null
      ? null
      : html`<div>→ ${queueLink(redrivePolicy.deadLetterTargetArn, findQueue)}<span class="tag">${say('afterReceives', { n: redrivePolicy.maxReceiveCount })}</span></div>`;
  return html`${to}${from.length === 0 ? null : html`<div>← ${queueLinks(from, mostSources, say)}</div>`}`;
}

function topicTable(topics: readonly Topic[], findQueue: FindQueue, say: Say): Html {
  const rows = topics.slice(0, mostRows).map((topic) => {
    const subscriptions = [...topic.subscriptions.values()];
    const lines = subscriptions
      .slice(0, mostSubscriptions)
      .map((one) => html`<li>${subscriptionLine(one, findQueue, say)}</li>`);
    const more = subscriptions.length - lines.length;
    return html`<tr><td><a href="${topicPath(topic)}">${topic.name}</a></td><td>${say(topic.fifo ? 'fifo' : 'standard')}</td>
${number(subscriptions.length)}<td><ul>${lines}</ul>${more > 0 ? html`<a href="${topicPath(topic)}">${say('more', { n: more })}</a>` : null}</td></tr>`;
  });
  const columns = [
    { heading: say('name'), looks: 'name' },
    { heading: say('kind'), looks: 'kind' },
    { heading: say('subscriptions'), looks: 'n count' },
    { heading: say('deliversTo'), looks: '' },
  ];
  return table(say('topics'), columns, rows, topics.length, say);
}

function streamTable(streams: readonly Stream[], say: Say): Html {
  const rows = streams.slice(0, mostRows).map((stream) => {
    const records = stream
      .allShards()
      .reduce((sum, { records: { firstOrdinal, nextOrdinal } }) => sum + nextOrdinal - firstOrdinal, 0);
    return html`<tr><td>${stream.name}</td><td>${stream.status}</td>${number(stream.openShards().length)}${number(records)}
<td class="n">${say('hours', { n: stream.retentionHours })}</td><td>${stream.mode}</td></tr>`;
  });
  const columns = [
    { heading: say('name'), looks: 'name' },
    { heading: say('status'), looks: 'kind' },
    { heading: say('openShards'), looks: 'n count' },
    { heading: say('records'), looks: 'n count' },
    { heading: say('retention'), looks: 'n age' },
    { heading: say('mode'), looks: '' },
  ];
  return table(say('streams'), columns, rows, streams.length, say);
}
