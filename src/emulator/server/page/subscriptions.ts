/** A topic's subscriptions: one line each, and the page of one topic with all of them. */
import type { Subscription, Topic } from '../../sns/topic.ts';
import { type Html, html } from './html.ts';
import { count } from './layout.ts';
import { type FindQueue, queueLink, topicPath } from './links.ts';
import type { Say } from './words.ts';

const perPage = 100;

/** `sqs → orders`, and what is special about it. */
export function subscriptionLine(subscription: Subscription, findQueue: FindQueue, say: Say): Html {
  const { protocol, endpoint, pending, settings } = subscription;
  const tags = [
    pending === null ? null : say('pending'),
    settings.filter === null ? null : say('filter'),
    settings.rawMessageDelivery ? say('raw') : null,
  ].filter((one) => one !== null);
  const to = protocol === 'sqs' ? queueLink(endpoint, findQueue) : html`<code>${endpoint}</code>`;
  return html`${protocol} → ${to}${tags.map((one) => html`<span class="tag">${one}</span>`)}`;
}

/** @param after how many subscriptions come before */
export function topicPage(topic: Topic, after: number, findQueue: FindQueue, say: Say): Html {
  const all = [...topic.subscriptions.values()];
  const shown = all.slice(after, after + perPage);
  const rows = shown.map(
    (one) =>
      html`<tr><td>${subscriptionLine(one, findQueue, say)}</td><td>${filterOf(one)}</td><td>${
        one.settings.deadLetterArn === null ? null : html`→ ${queueLink(one.settings.deadLetterArn, findQueue)}`
      }</td></tr>`,
  );
  const heads = [say('deliversTo'), say('filterPolicy'), say('deadLetterQueue')].map(
    (one) => html`<th scope="col">${one}</th>`,
  );
  const left = all.length - after - shown.length;
  return html`<h2>${topic.name}</h2><p class="quiet"><code>${topic.arn}</code> · ${say(topic.fifo ? 'fifo' : 'standard')}</p>
<h3>${say('subscriptions')}<span>${count(all.length)}</span></h3>
${
  all.length === 0
    ? html`<p class="quiet">${say('noSubscriptions')}</p>`
    : html`<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`
}
<nav>${after === 0 ? null : html`<a href="${topicPath(topic)}">${say('first')}</a>`}
${left > 0 ? html`<a href="${topicPath(topic, String(after + perPage))}">${say('next', { n: Math.min(left, perPage) })}</a>` : null}</nav>`;
}

function filterOf({ settings }: Subscription): Html | null {
  return settings.filter === null
    ? null
    : html`<code>${settings.texts.get('FilterPolicy') ?? ''}</code><span class="tag">${settings.filterScope}</span>`;
}
