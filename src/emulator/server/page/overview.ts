/** The page at `/`: every queue and topic of every account and Region that somebody has named, with their counts. */
import type { Cloud } from '../../cloud.ts';
import type { Topic } from '../../sns/topic.ts';
import type { Queue } from '../../sqs/queue.ts';
import { countsOf } from '../messages.ts';
import { type Html, html } from './html.ts';
import type { Say } from './words.ts';

export function overview(cloud: Cloud, origin: string, say: Say): Html {
  const sections = cloud
    .regions()
    .map((region) => ({ region, queues: region.sqs.queues(), topics: region.sns.topics() }))
    .filter(({ queues, topics }) => queues.length + topics.length > 0)
    .map(
      ({ region, queues, topics }) => html`<section><h2>${region.accountId} · ${region.region}</h2>
${queues.length === 0 ? null : queueTable(queues, say)}${topics.length === 0 ? null : topicTable(topics, say)}</section>`,
    );
  if (sections.length > 0) return html`${sections}`;
  return html`<p>${say('nothing')}</p><pre>aws --endpoint-url ${origin} sqs create-queue --queue-name orders</pre>`;
}

function queueTable(queues: readonly Queue[], say: Say): Html {
  const rows = queues.map((queue) => {
    const counts = countsOf(queue);
    const ageMs = queue.oldestMessageAgeMs();
    return html`<tr><td><a href="${queuePath(queue)}">${queue.name}</a></td><td>${say(queue.kind)}</td>
<td class="n">${count(counts.visible)}</td><td class="n">${count(counts.inFlight)}</td><td class="n">${count(counts.delayed)}</td>
<td class="n">${ageMs === null ? null : say('seconds', { n: Math.floor(ageMs / 1_000) })}</td></tr>`;
  });
  return html`<h3>${say('queues')}</h3><div class="scroll"><table><thead><tr><th>${say('name')}</th><th>${say('kind')}</th>
<th class="n">${say('visible')}</th><th class="n">${say('inFlight')}</th><th class="n">${say('delayed')}</th>
<th class="n">${say('oldest')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function topicTable(topics: readonly Topic[], say: Say): Html {
  const rows = topics.map(({ name, fifo, subscriptions }) => {
    const pending = [...subscriptions.values()].filter((one) => one.pending !== null).length;
    return html`<tr><td>${name}</td><td>${say(fifo ? 'fifo' : 'standard')}</td>
<td class="n">${count(subscriptions.size - pending)}</td><td class="n">${count(pending)}</td></tr>`;
  });
  return html`<h3>${say('topics')}</h3><div class="scroll"><table><thead><tr><th>${say('name')}</th><th>${say('kind')}</th>
<th class="n">${say('confirmed')}</th><th class="n">${say('pending')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

export const queuePath = ({ arn }: Queue, after: string | null = null): string =>
  `/?${new URLSearchParams({ queue: arn, ...(after === null ? {} : { after }) })}`;

const count = (n: number): string => n.toLocaleString('en-US');
