/**
 * What happens to a call of the page: checked against the contract here (SEC-12), then answered by the host itself or
 * passed to the engine.
 */
import { createDispatch, type HostHandlers, parseCall } from '../core/contract/dispatch.ts';
import { type MethodName, methods, type Output } from '../core/contract/methods.ts';
import { fail } from '../core/errors.ts';
import type { EngineSupervisor } from './engineSupervisor.ts';
import type { Answer } from './ipc.ts';

export interface CallsOptions {
  readonly engine: Pick<EngineSupervisor, 'call'>;
  readonly host: HostHandlers;
  /** The engine told the session, or changed it: menu and window follow. */
  readonly onSession: (session: Output<'session.get'>) => void;
  readonly log: (line: string) => void;
}

const tellsSession: ReadonlySet<MethodName> = new Set(['session.get', 'session.setPreferences']);

export function createCalls({ engine, host, onSession, log }: CallsOptions): Answer {
  const dispatchHost = createDispatch(host, (method, thrown) => log(`${method} failed: ${String(thrown)}`));
  return async (method, input, context) => {
    const parsed = parseCall(method, input);
    if (!parsed.ok) return parsed;
    const name = parsed.value.method;
    // No profile can be unlocked yet, so whatever needs it is refused here and never reaches the engine.
    if (methods[name].unlock) return fail('WRITES_LOCKED');
    if (name.startsWith('host.')) return dispatchHost(name, parsed.value.input, context);
    const result = await engine.call(name, parsed.value.input, context);
    if (result.ok && tellsSession.has(name)) onSession(result.value as Output<'session.get'>);
    return result;
  };
}
