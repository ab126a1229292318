/** What a client hears when its request cannot be kept: nothing else could be promised to it. */
import { toErrorValue } from '../../core/errors.ts';
import { messageText } from '../../core/messages/index.ts';
import { refusal } from '../server/replies.ts';
import { AwsError } from '../service.ts';
import { errorReply } from '../wire/errorReply.ts';
import type { WireReply, WireRequest } from '../wire/message.ts';
import { dialectOf } from '../wire/router.ts';

/** In the dialect of the request. SDKs try again: by then there may be room. */
export function unkeptReply({ headers, path }: WireRequest, thrown: unknown, requestId: string): WireReply {
  const dialect = dialectOf(headers, path) ?? 'json-1.0';
  const error = new AwsError('InternalFailure', wordsOf(thrown), { status: 500, fault: 'Receiver' });
  return errorReply({ dialect, service: null }, error, requestId, false);
}

/** Of the emulator's own endpoints. */
export const unkeptControl = (thrown: unknown): WireReply => refusal(500, wordsOf(thrown));

const wordsOf = (thrown: unknown): string => messageText('en', toErrorValue(thrown));
