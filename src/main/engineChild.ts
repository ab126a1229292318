/**
 * The engine's side of its channel to main: starts an engine on request and carries calls, pushes and the wish for an
 * emulator across. Knows nothing of what is carried.
 */
import type { EmulatorHandle, EngineApi, EngineHost } from '../core/contract/engine.ts';
import { type Result, SpillwayError, toErrorValue } from '../core/errors.ts';
import type { HostTime } from './machineTime.ts';
import type { EngineStart, FromEngine, ParentPort, ToEngine } from './protocol.ts';

/** What `createEngine` of engine/ takes. */
export type EngineMaker = (
  options: EngineStart & {
    readonly host: EngineHost;
    readonly hostKind: 'desktop';
    readonly hostTime: HostTime;
    readonly log: (entry: { readonly level: string; readonly text: string }) => void;
  },
) => Promise<EngineApi>;

export interface EngineChildOptions {
  readonly port: ParentPort<ToEngine, FromEngine>;
  readonly createEngine: EngineMaker;
  readonly time: HostTime;
  readonly exit: (code: number) => void;
}

export function runEngineChild({ port, createEngine, time, exit }: EngineChildOptions): void {
  let engine: EngineApi | undefined;
  let nextEmulator = 1;
  const calls = new Map<number, AbortController>();
  const starting = new Map<number, (result: Result<{ readonly endpoint: string }>) => void>();
  const stopping = new Map<number, () => void>();

  const host: EngineHost = {
    startEmulator(scenario) {
      const id = nextEmulator++;
      port.postMessage({ kind: 'startEmulator', id, scenario });
      return new Promise<EmulatorHandle>((resolve, reject) => {
        starting.set(id, (result) => {
          if (!result.ok) {
            const { code, params, retryable } = result.error;
            return reject(new SpillwayError(code, params, retryable));
          }
          resolve({
            endpoint: result.value.endpoint,
            stop() {
              port.postMessage({ kind: 'stopEmulator', id });
              return new Promise<void>((stopped) => stopping.set(id, stopped));
            },
          });
        });
      });
    },
  };

  const start = async (options: EngineStart) => {
    try {
      engine = await createEngine({
        ...options,
        host,
        hostKind: 'desktop',
        hostTime: time,
        log: ({ level, text }) => port.postMessage({ kind: 'log', text: `${level}: ${text}` }),
      });
      engine.listen((push) => port.postMessage({ kind: 'push', push }));
      port.postMessage({ kind: 'ready' });
    } catch (thrown) {
      port.postMessage({ kind: 'failed', error: toErrorValue(thrown) });
    }
  };

  const call = async (id: number, method: string, input: unknown) => {
    const cancel = new AbortController();
    calls.set(id, cancel);
    // Main sends calls only after `ready`, so an engine is there.
    const result = await engine!.call(method, input, { signal: cancel.signal });
    calls.delete(id);
    if (!cancel.signal.aborted) port.postMessage({ kind: 'result', id, result });
  };

  const close = async () => {
    let code = 0;
    try {
      await engine?.close();
    } catch (thrown) {
      code = 1;
      console.error(thrown);
    }
    exit(code);
  };

  port.onMessage((message) => {
    switch (message.kind) {
      case 'start':
        return void start(message.start);
      case 'call':
        return void call(message.id, message.method, message.input);
      case 'cancel':
        return calls.get(message.id)?.abort();
      case 'emulatorStarted':
        starting.get(message.id)?.(message.result);
        return void starting.delete(message.id);
      case 'emulatorStopped':
        stopping.get(message.id)?.();
        return void stopping.delete(message.id);
      case 'close':
        return void close();
    }
  });
}
