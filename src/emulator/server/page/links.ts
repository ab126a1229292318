/** Addresses of the page's own views, and of the same as JSON. */
import type { CloudRegion } from '../../cloud.ts';
import type { Queue } from '../../sqs/queue.ts';
import { type Html, html } from './html.ts';
import type { Say } from './words.ts';

type Named = Pick<Queue, 'arn'>;

export type FindQueue = (arn: string) => Queue | undefined;

/** @param after the token of the page before; null begins */
export const queuePath = ({ arn }: Named, after: string | null = null): string =>
  `/?${new URLSearchParams({ queue: arn, ...(after === null ? {} : { after }) })}`;

export const topicPath = ({ arn }: Named, after: string | null = null): string =>
  `/?${new URLSearchParams({ topic: arn, ...(after === null ? {} : { after }) })}`;

export const messagesPath = ({ accountId, region }: CloudRegion, { name }: Queue): string =>
  `/_spillway/sqs/messages?${new URLSearchParams({ QueueUrl: `/${accountId}/${name}`, Region: region })}`;

/** A link by the queue's name, or the ARN as text where there is no such queue. */
export function queueLink(arn: string, findQueue: FindQueue): Html {
  const queue = findQueue(arn);
  return queue === undefined ? html`<code>${arn}</code>` : html`<a href="${queuePath(queue)}">${queue.name}</a>`;
}

/** Links to the first so many, and how many more there are. */
export function queueLinks(queues: readonly Queue[], most: number, say: Say): Html {
  const links = queues
    .slice(0, most)
    .map((queue, index) => html`${index === 0 ? null : ', '}<a href="${queuePath(queue)}">${queue.name}</a>`);
  return html`${links}${queues.length > most ? html` ${say('more', { n: queues.length - most })}` : null}`;
}
