/** The page of one queue: its messages, a page at a time, seen without receiving them. */
import type { CloudRegion } from '../../cloud.ts';
import type { Queue } from '../../sqs/queue.ts';
import { countsOf, type PeekedMessage, peekMessages } from '../messages.ts';
import { type Html, html } from './html.ts';
import { instant } from './layout.ts';
import { queuePath } from './overview.ts';
import type { Say } from './words.ts';

const perPage = 50;
/** A message may have a megabyte, a page of them would have fifty. */
const mostShown = 4_000;

/** @param after the token of the page before; null begins */
export function queuePage(region: CloudRegion, queue: Queue, after: string | null, say: Say): Html {
  const counts = countsOf(queue);
  const peek = peekMessages(region, queue, perPage, after);
  const states = (['visible', 'inFlight', 'delayed'] as const).map(
    (state) => html`<span class="${state}">${say(state)}: ${counts[state].toLocaleString('en-US')}</span>`,
  );
  return html`<nav><a href="/">${say('all')}</a><a href="${jsonPath(region, queue)}">${say('asJson')}</a></nav>
<h2>${queue.name}</h2><p><code>${queue.arn}</code></p>${deadLetters(queue, say)}<nav>${states}</nav><p>${say('looking')}</p>
${peek === null ? html`<p>${say('tooLarge')}</p>` : peek.messages.map((message) => article(message, say))}
${peek?.messages.length === 0 ? html`<p>${say('empty')}</p>` : null}
<nav>${after === null ? null : html`<a href="${queuePath(queue)}">${say('first')}</a>`}
${peek?.nextToken == null ? null : html`<a href="${queuePath(queue, peek.nextToken)}">${say('next', { n: perPage })}</a>`}</nav>`;
}

const jsonPath = ({ accountId, region }: CloudRegion, { name }: Queue): string =>
  `/_spillway/sqs/messages?${new URLSearchParams({ QueueUrl: `/${accountId}/${name}`, Region: region })}`;

function deadLetters({ settings: { redrivePolicy } }: Queue, say: Say): Html | null {
  if (redrivePolicy === null) return null;
  const { deadLetterTargetArn, maxReceiveCount } = redrivePolicy;
  return html`<p>${say('deadLetters', { n: maxReceiveCount, queue: deadLetterTargetArn })}</p>`;
}

function article(message: PeekedMessage, say: Say): Html {
  const { state, messageId, body, receiveCount } = message;
  const shown = body.slice(0, mostShown);
  return html`<article><div><strong class="${state}">${say(state)}</strong><code>${messageId}</code>
<span>${instant(message.sentAtMs)}</span><span>${say('receives', { n: receiveCount })}</span></div>
<pre dir="auto">${shown}</pre>
${shown.length === body.length ? null : html`<p>${say('cut', { shown: shown.length, all: body.length })}</p>`}
<details><summary>${say('details')}</summary><dl>${facts(message, say)}</dl></details></article>`;
}

function facts(message: PeekedMessage, say: Say): Html[] {
  const attributes = Object.entries(message.attributes).map(([name, value]): [string, string] => [
    `${name} (${value.dataType})`,
    'stringValue' in value ? value.stringValue : value.binaryValue,
  ]);
  const at = (ms: number | null): string | null => (ms === null ? null : instant(ms));
  const rows: (readonly [string, string | null])[] = [
    ...attributes,
    ['MessageGroupId', message.messageGroupId],
    ['MessageDeduplicationId', message.messageDeduplicationId],
    ['SequenceNumber', message.sequenceNumber],
    ['AWSTraceHeader', message.traceHeader],
    [say('from'), message.deadLetterSourceArn],
    [say('sent'), at(message.sentAtMs)],
    [say('enqueued'), at(message.enqueuedAtMs)],
    [say('firstReceived'), at(message.firstReceivedAtMs)],
    [say('lastReceived'), at(message.lastReceivedAtMs)],
    [say('receivesHere'), String(message.receiveCountHere)],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [html`<dt>${name}</dt><dd dir="auto">${value}</dd>`]));
}
