/** An error value as its sentence; a code of another version is shown as it is, never swallowed. */
import type { ErrorValue } from '../../core/errors.ts';
import { type Language, type MessageKey, messages, messageText } from '../../core/messages/index.ts';

export interface ErrorLike {
  readonly code: string;
  readonly params: ErrorValue['params'];
}

export function errorText(language: Language, error: ErrorLike): string {
  if (Object.hasOwn(messages, error.code)) {
    return messageText(language, { code: error.code as MessageKey, params: error.params });
  }
  return `${error.code} ${JSON.stringify(error.params)}`;
}
