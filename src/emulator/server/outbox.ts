/**
 * `GET /_spillway/sns/outbox`: of every account and Region, oldest first, the e-mails, text messages and pushes that SNS would have sent
 * (`messages`), what did not get to a subscriber and why (`undelivered`), and what audits of data protection policies found (`audits`).
 */
import type { Cloud, CloudRegion } from '../cloud.ts';
import type { WireReply } from '../wire/message.ts';
import { json } from './replies.ts';

export function answerOutbox(cloud: Cloud): WireReply {
  const gathered = <T extends { readonly atMs: number }>(of: (region: CloudRegion) => readonly T[]) =>
    cloud
      .regions()
      .flatMap((one) => of(one).map((entry) => ({ accountId: one.accountId, region: one.region, ...entry })))
      .toSorted((a, b) => a.atMs - b.atMs);
  return json(200, {
    messages: gathered(({ sns }) => sns.outbox.entries()),
    undelivered: gathered(({ sns }) => sns.outbox.undelivered()),
    audits: gathered(({ sns }) => sns.outbox.audits()),
  });
}
