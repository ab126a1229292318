/** One message as the page of its queue shows it: its state and until when, its text, where it comes from. All text is text. */
import type { PeekedMessage } from '../messages.ts';
import { type Html, html } from './html.ts';
import { count, duration, instant } from './layout.ts';
import { type FindQueue, queueLink } from './links.ts';
import { beginningOf, long } from './long.ts';
import type { Say } from './words.ts';

export function messageCard(message: PeekedMessage, nowMs: number, findQueue: FindQueue, say: Say): Html {
  const { state, messageId, body } = message;
  const shown = beginningOf(body);
  return html`<article><header><span class="state ${state}">${say(state)}</span>${until(message, nowMs, say)}<code>${messageId}</code></header>
<pre dir="auto">${shown}</pre>
${shown.length === body.length ? null : html`<p class="quiet">${say('cut', { shown: shown.length, all: body.length })}</p>`}
<dl class="facts">${facts(message, findQueue, say)}</dl>${more(message, say)}</article>`;
}

function until({ state, visibleAtMs }: PeekedMessage, nowMs: number, say: Say): Html | null {
  if (visibleAtMs === null) return null;
  const left = duration(visibleAtMs - nowMs, say);
  const words = say(state === 'delayed' ? 'delayEnds' : 'visibleAgain', { left });
  return html`<span>${words} <span class="quiet">${instant(visibleAtMs)}</span></span>`;
}

type Fact = readonly [name: string, value: string | Html | null];

function list(rows: readonly Fact[], wrapped: boolean): Html[] {
  return rows.flatMap(([name, value]) => {
    if (value === null) return [];
    const pair = html`<dt>${name}</dt><dd dir="auto">${value}</dd>`;
    return [wrapped ? html`<div>${pair}</div>` : pair];
  });
}

function facts(message: PeekedMessage, findQueue: FindQueue, say: Say): Html[] {
  const { deadLetterSourceArn: source } = message;
  return list(
    [
      [say('sent'), instant(message.sentAtMs)],
      [say('receiveCount'), count(message.receiveCount)],
      [say('sender'), message.senderId],
      [say('group'), message.messageGroupId],
      [say('from'), source === null ? null : queueLink(source, findQueue)],
    ],
    true,
  );
}

function more(message: PeekedMessage, say: Say): Html {
  const attributes = Object.entries(message.attributes).map(
    ([name, value]): Fact => [
      `${name} (${value.dataType})`,
      long('stringValue' in value ? value.stringValue : value.binaryValue, say),
    ],
  );
  const at = (ms: number | null): string | null => (ms === null ? null : instant(ms));
  const rows: readonly Fact[] = [
    ...attributes,
    ['MessageDeduplicationId', message.messageDeduplicationId],
    ['SequenceNumber', message.sequenceNumber],
    ['AWSTraceHeader', message.traceHeader],
    [say('enqueued'), at(message.enqueuedAtMs)],
    [say('firstReceived'), at(message.firstReceivedAtMs)],
    [say('lastReceived'), at(message.lastReceivedAtMs)],
    [say('receivesHere'), count(message.receiveCountHere)],
  ];
  const { length } = attributes;
  return html`<details><summary>${say('details')}${length === 0 ? null : html`<span class="tag">${say('attributes', { n: length })}</span>`}</summary>
<dl>${list(rows, false)}</dl></details>`;
}
