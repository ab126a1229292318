/**
 * The answering side of the contract: a handler per method, input validated strictly before it runs (SEC-12).
 *
 * Used by the engine for its own methods and by main, serve and the CLI for `host` ones. Nothing thrown gets past
 * here: failures come back as values, stacks stay behind.
 */
import type { z } from 'zod';
import { fail, ok, type Result, SpillwayError, toErrorValue } from '../errors.ts';
import { type MethodName, methods, type Output, type ParsedInput } from './methods.ts';

/** The part of an AbortSignal that core may know about; every AbortSignal is one. */
export interface CancelSignal {
  readonly aborted: boolean;
}

export interface CallContext {
  /** Aborted when the caller cancels or goes away (UX-70). */
  readonly signal: CancelSignal;
}

export type Handler<M extends MethodName> = (
  input: ParsedInput<M>,
  context: CallContext,
) => Output<M> | Promise<Output<M>>;
/** Answered by the process that owns the window or terminal. */
export type HostMethod = Extract<MethodName, `host.${string}`>;
export type EngineMethod = Exclude<MethodName, HostMethod>;
/** The engine must have a handler for each of its methods; leaving one out does not compile. */
export type EngineHandlers = { readonly [M in EngineMethod]: Handler<M> };
export type HostHandlers = { readonly [M in HostMethod]: Handler<M> };

export type Dispatch = (method: string, input: unknown, context: CallContext) => Promise<Result<unknown>>;

export function createDispatch(
  handlers: EngineHandlers | HostHandlers,
  onFailure?: (method: string, thrown: unknown) => void,
): Dispatch {
  return async (method, input, context) => {
    const parsed = parseCall(method, input);
    if (!parsed.ok) return parsed;
    const handler = (handlers as Partial<Record<MethodName, (input: unknown, context: CallContext) => unknown>>)[
      parsed.value.method
    ];
    if (handler === undefined) return fail('NOT_AVAILABLE_HERE', { what: method, why: 'no handler in this process' });
    try {
      return ok(await handler(parsed.value.input, context));
    } catch (thrown) {
      if (!(thrown instanceof SpillwayError)) onFailure?.(method, thrown);
      return { ok: false, error: toErrorValue(thrown) };
    }
  };
}

/** Is this a known method with a valid input? Main and the server ask before anything is passed on. */
export function parseCall(method: unknown, input: unknown): Result<{ method: MethodName; input: unknown }> {
  if (typeof method !== 'string' || !Object.hasOwn(methods, method)) {
    return fail('METHOD_UNKNOWN', { method: String(method).slice(0, 80) });
  }
  const name = method as MethodName;
  const parsed = (methods[name].input as z.ZodType).safeParse(input ?? {});
  if (parsed.success) return ok({ method: name, input: parsed.data });
  const issue = parsed.error.issues[0];
  return fail('INPUT_INVALID', {
    method: name,
    path: issue?.path.join('.') || '(input)',
    problem: issue?.message ?? 'invalid',
  });
}
