/** The page of one queue: its messages, a page at a time, seen without receiving them. */
import type { CloudRegion } from '../../cloud.ts';
import type { Queue } from '../../sqs/queue.ts';
import { countsOf, type Peeked, peekMessages } from '../messages.ts';
import { type Html, html } from './html.ts';
import { count } from './layout.ts';
import { type FindQueue, messagesPath, queueLink, queueLinks, queuePath } from './links.ts';
import { messageCard } from './messageCard.ts';
import type { Say } from './words.ts';

const perPage = 50;
const mostSources = 20;

/** @param after the token of the page before; null begins */
export function queuePage(
  region: CloudRegion,
  queue: Queue,
  after: string | null,
  findQueue: FindQueue,
  say: Say,
): Html {
  const counts = countsOf(queue);
  const peek = peekMessages(region, queue, perPage, after);
  const nowMs = region.sqs.world.nowMs();
  const states = (['visible', 'inFlight', 'delayed'] as const).map(
    (state) =>
      html`<span class="state ${counts[state] === 0 ? 'none' : state}">${say(state)} ${count(counts[state])}</span>`,
  );
  return html`<h2>${queue.name}</h2>
<p class="quiet"><code>${queue.arn}</code> · ${say(queue.kind)} · <a href="${messagesPath(region, queue)}">${say('asJson')}</a></p>
${deadLetters(region, queue, findQueue, say)}<div class="counts">${states}</div>
${peek === null ? html`<p>${say('tooLarge')}</p>` : messages(peek, counts.visible + counts.inFlight + counts.delayed, nowMs, findQueue, say)}
<nav>${after === null ? null : html`<a href="${queuePath(queue)}">${say('first')}</a>`}
${peek?.nextToken == null ? null : html`<a href="${queuePath(queue, peek.nextToken)}">${say('next', { n: perPage })}</a>`}</nav>`;
}

/** @param all how many the queue holds */
function messages(peek: Peeked, all: number, nowMs: number, findQueue: FindQueue, say: Say): Html {
  if (peek.messages.length === 0)
    return html`<div class="blank"><p>${say(peek.before === 0 ? 'empty' : 'noMore')}</p></div>`;
  const from = peek.before + 1;
  const range = say('range', { from, to: peek.before + peek.messages.length, all });
  return html`<p class="quiet">${range} ${say('looking')}</p>${peek.messages.map((one) => messageCard(one, nowMs, findQueue, say))}`;
}

/** Where its messages go when they are given up, and whose come here. */
function deadLetters({ sqs }: CloudRegion, queue: Queue, findQueue: FindQueue, say: Say): Html {
  const { redrivePolicy } = queue.settings;
  const sources = sqs.queues().filter(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === queue.arn);
  const to =
    redrivePolicy === null
      ? null
      : html`<p>→ ${queueLink(redrivePolicy.deadLetterTargetArn, findQueue)} <span class="quiet">${say('deadLetters', { n: redrivePolicy.maxReceiveCount })}</span></p>`;
  return html`${to}${sources.length === 0 ? null : html`<p>← ${queueLinks(sources, mostSources, say)} <span class="quiet">${say('deadLettersOf')}</span></p>`}`;
}
