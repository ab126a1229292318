/**
 * The caller's side of the contract, whatever carries it: the preload bridge, a WebSocket, or the engine itself.
 */
import type { ErrorValue, Result } from '../errors.ts';
import type { Input, MethodName, Output, Push, Topic, Topics } from './methods.ts';

/** What a carrier offers. The preload exposes exactly this as `window.spillway` (SEC-11). */
export interface Transport {
  call(method: string, input: unknown): Promise<Result<unknown>>;
  /** @returns a function that stops listening */
  listen(handler: (push: Push) => void): () => void;
}

/** A failed call, thrown on the caller's side only: errors cross as values (EL-12). */
export class CallError extends Error {
  readonly error: ErrorValue;
  constructor(error: ErrorValue) {
    super(error.code);
    this.name = 'CallError';
    this.error = error;
  }
}

export interface Client {
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  on<T extends Topic>(topic: T, handler: (payload: Topics[T]) => void): () => void;
  /** Called when pushes of a topic were missed, so that its reader asks again. */
  onGap(handler: (topic: Topic) => void): () => void;
}

/** @throws CallError from `call` when the engine answered with an error value */
export function createClient(transport: Transport): Client {
  const handlers = new Map<Topic, Set<(payload: never) => void>>();
  const gapHandlers = new Set<(topic: Topic) => void>();
  const lastSequence = new Map<Topic, number>();
  transport.listen((push) => {
    const last = lastSequence.get(push.topic);
    lastSequence.set(push.topic, push.sequence);
    if (last !== undefined && push.sequence !== last + 1) for (const handler of gapHandlers) handler(push.topic);
    for (const handler of handlers.get(push.topic) ?? []) handler(push.payload as never);
  });
  return {
    async call(method, input) {
      const result = await transport.call(method, input);
      if (!result.ok) throw new CallError(result.error);
      return result.value as never;
    },
    on(topic, handler) {
      const set = handlers.get(topic) ?? new Set();
      handlers.set(topic, set);
      set.add(handler as never);
      return () => set.delete(handler as never);
    },
    onGap(handler) {
      gapHandlers.add(handler);
      return () => gapHandlers.delete(handler);
    },
  };
}
