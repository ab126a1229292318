/** One message of SendMessage or SendMessageBatch: checked, sent, and answered with its checksums. */
import { isXmlText } from '../wire/xml.ts';
import { md5OfAttributes, md5OfBody } from './checksums.ts';
import { invalidMessageContents, invalidParameter, invalidValue, missingParameter } from './errors.ts';
import { type MessageAttributes, messageSizeBytes } from './message.ts';
import { readMessageAttributes, type WireAttributeValue } from './messageAttributes.ts';
import type { Queue } from './queue.ts';
import type { SqsState } from './state.ts';

export interface SendRequest {
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: Readonly<Record<string, WireAttributeValue>>;
  readonly MessageSystemAttributes?: Readonly<Record<string, WireAttributeValue>>;
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

export interface SendReply {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
}

/** @throws AwsError for whatever is wrong with the message */
export function sendOne(state: SqsState, queue: Queue, request: SendRequest): SendReply {
  const { MessageBody: body, DelaySeconds: delaySeconds, MessageGroupId: groupId } = request;
  checkBody(body);
  checkDelay(delaySeconds);
  if (request.MessageDeduplicationId !== undefined) {
    throw invalidValue(
      'MessageDeduplicationId',
      request.MessageDeduplicationId,
      'The request includes a parameter that is not valid for this queue type',
    );
  }
  if (groupId !== undefined && !/^[\x21-\x7e]{1,128}$/.test(groupId)) {
    throw invalidValue(
      'MessageGroupId',
      groupId,
      'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length',
    );
  }
  const attributes = readMessageAttributes(request.MessageAttributes);
  const system = readSystemAttributes(request.MessageSystemAttributes);
  const limitBytes = queue.settings.maximumMessageSizeBytes;
  if (messageSizeBytes(body, attributes) > limitBytes) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limitBytes} bytes.`,
    );
  }
  const traceHeader = system?.get('AWSTraceHeader')?.value;
  const message = queue.send({
    body,
    ...(attributes === null ? {} : { attributes }),
    ...(typeof traceHeader === 'string' ? { traceHeader } : {}),
    ...(groupId === undefined ? {} : { groupId }),
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
  });
  return {
    MessageId: state.messageId(message),
    MD5OfMessageBody: md5OfBody(body),
    ...(attributes === null ? {} : { MD5OfMessageAttributes: md5OfAttributes(attributes) }),
    ...(system === null ? {} : { MD5OfMessageSystemAttributes: md5OfAttributes(system) }),
  };
}

function checkBody(body: string): void {
  if (body.length === 0) throw missingParameter('MessageBody');
  if (!isXmlText(body)) throw invalidMessageContents();
}

function checkDelay(delaySeconds: number | undefined): void {
  if (delaySeconds !== undefined && (delaySeconds < 0 || delaySeconds > 900)) {
    throw invalidValue('DelaySeconds', delaySeconds, 'DelaySeconds must be >= 0 and <= 900');
  }
}

/** The trace header is the only one there is, and it has no part in the message's size. */
function readSystemAttributes(wire: SendRequest['MessageSystemAttributes']): MessageAttributes | null {
  const system = readMessageAttributes(wire);
  for (const [name, { dataType }] of system ?? []) {
    if (name !== 'AWSTraceHeader' || dataType !== 'String') {
      throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
    }
  }
  return system;
}
