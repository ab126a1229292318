/** `GET /_spillway/sns/outbox`: the e-mails, text messages and pushes that SNS would have sent, oldest first, of every account and Region. */
import type { Cloud } from '../cloud.ts';
import type { WireReply } from '../wire/message.ts';
import { json } from './replies.ts';

export function answerOutbox(cloud: Cloud): WireReply {
  const messages = cloud
    .regions()
    .flatMap(({ accountId, region, sns }) => sns.outbox.entries().map((entry) => ({ accountId, region, ...entry })))
    .toSorted((a, b) => a.atMs - b.atMs);
  return json(200, { messages });
}
