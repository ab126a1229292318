/**
 * Delivery to a queue, of a subscription or as its dead-letter queue: allowed by the queue's policy, raw or in the envelope.
 *
 * Queues are the emulator's own, so a delivery is done at once. The queue's own size limit does not hold for SNS (SNS-41).
 */
import { verdictOf } from '../../sqs/access.ts';
import type { Queue } from '../../sqs/queue.ts';
import { bodyFor, type PublishedMessage } from '../message.ts';
import { clientFault, delivered, type Outcome } from './outcome.ts';

/** SQS takes no more of them, and raw delivery makes them SQS's. */
const mostAttributes = 10;

export interface QueueDelivery {
  readonly message: PublishedMessage;
  /** Of a topic, or of the subscription whose dead-letter queue this is. */
  readonly sourceArn: string;
  readonly sourceAccountId: string;
  /** What the queue gets to read. */
  readonly body: string;
  readonly raw: boolean;
}

/** @param arn for the words, when there is no such queue */
export function deliverToQueue(queue: Queue | undefined, arn: string, delivery: QueueDelivery): Outcome {
  if (queue === undefined) return clientFault(`The queue ${arn} does not exist.`);
  if (!allowsSns(queue, delivery)) {
    return clientFault(`The policy of ${queue.arn} does not let sns.amazonaws.com send for ${delivery.sourceArn}.`);
  }
  const { message, raw } = delivery;
  if (queue.kind === 'fifo' && message.groupId === null) {
    return clientFault(`${queue.arn} is a FIFO queue and the message has no MessageGroupId.`);
  }
  const attributes = raw ? message.attributes : null;
  if (attributes !== null && attributes.size > mostAttributes) {
    return clientFault(`A raw message carries ${attributes.size} attributes, a queue takes ${mostAttributes}.`);
  }
  queue.send({
    body: raw ? bodyFor(message, 'sqs') : delivery.body,
    ...(attributes === null ? {} : { attributes }),
    ...(message.traceHeader ? { traceHeader: message.traceHeader } : {}),
    ...(message.groupId === null || isFifoToStandard(message, queue) ? {} : { groupId: message.groupId }),
    ...(queue.kind === 'fifo' && message.deduplicationId !== null ? { deduplicationId: message.deduplicationId } : {}),
  });
  return delivered;
}

/** A FIFO topic's group does not go along to a standard queue, where a standard topic's does for fair queues. */
const isFifoToStandard = ({ sequenceNumber }: PublishedMessage, { kind }: Queue): boolean =>
  sequenceNumber !== null && kind !== 'fifo';

/** A service has no rights of its own: without a statement for it nothing is let in. */
function allowsSns(queue: Queue, { sourceArn, sourceAccountId }: QueueDelivery): boolean {
  const verdict = verdictOf(queue, { kind: 'service', service: 'sns.amazonaws.com' }, 'SendMessage', {
    'aws:SourceArn': sourceArn,
    'aws:SourceAccount': sourceAccountId,
    'aws:SourceOwner': sourceAccountId,
    'aws:SecureTransport': 'true',
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': 'sns.amazonaws.com',
  });
  return verdict === 'allow';
}
