/**
 * Our own errors, as values: a code from the message catalogue and the facts that fill its sentence.
 *
 * The words live in core/messages, in both languages. The emulator's AWS replies are not these: they are AWS's codes
 * and words (emulator/service.ts). A broken invariant is a bug and throws a plain Error.
 */
import type { MessageKey } from './messages/index.ts';

export type ErrorParams = Readonly<Record<string, string | number>>;

/** What crosses process borders. `code` is stable, `params` fill the sentence, `retryable` says whether trying again may help. */
export interface ErrorValue {
  readonly code: MessageKey;
  readonly params: ErrorParams;
  readonly retryable: boolean;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorValue };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export function fail(code: MessageKey, params: ErrorParams = {}, retryable = false): { ok: false; error: ErrorValue } {
  return { ok: false, error: { code, params, retryable } };
}

/** Thrown inside one process, turned into an `ErrorValue` at its border. */
export class SpillwayError extends Error implements ErrorValue {
  readonly code: MessageKey;
  readonly params: ErrorParams;
  readonly retryable: boolean;

  constructor(code: MessageKey, params: ErrorParams = {}, retryable = false) {
    super(`${code} ${JSON.stringify(params)}`);
    this.name = 'SpillwayError';
    this.code = code;
    this.params = params;
    this.retryable = retryable;
  }
}

/** The value form of anything that was thrown; an unknown throw becomes INTERNAL with its message. */
export function toErrorValue(thrown: unknown): ErrorValue {
  if (thrown instanceof SpillwayError) return { code: thrown.code, params: thrown.params, retryable: thrown.retryable };
  return {
    code: 'INTERNAL',
    params: { detail: thrown instanceof Error ? thrown.message : String(thrown) },
    retryable: false,
  };
}
