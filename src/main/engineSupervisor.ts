/**
 * The engine's process as main sees it: started, asked, restarted with back-off when it ends, closed at the end (EL-04).
 *
 * Calls made while it starts wait for it; calls in flight when it ends get ENGINE_GONE, because nobody knows how far they
 * came. Not here: what a call means (engine), who may call (ipc).
 */
import type { CallContext } from '../core/contract/dispatch.ts';
import type { EmulatorHandle } from '../core/contract/engine.ts';
import type { Push } from '../core/contract/methods.ts';
import { type ErrorValue, fail, ok, type Result, toErrorValue } from '../core/errors.ts';
import type { HostTime } from './machineTime.ts';
import type { Child, EngineStart, FromEngine, ToEngine } from './protocol.ts';
import { restartDelayMs, restartLimit } from './restart.ts';

export type EngineState = 'starting' | 'ready' | 'gone' | 'failed' | 'closed';

export interface SupervisorOptions {
  readonly fork: () => Child<ToEngine, FromEngine>;
  readonly start: EngineStart;
  readonly startEmulator: (scenario: string) => Promise<EmulatorHandle>;
  readonly time: HostTime;
  readonly onPush: (push: Push) => void;
  readonly onState: (state: EngineState) => void;
  readonly log: (line: string) => void;
}

export interface EngineSupervisor {
  call(method: string, input: unknown, context?: CallContext): Promise<Result<unknown>>;
  state(): EngineState;
  /** It has ended at least once since it was first started. */
  wasGone(): boolean;
  /** Asks the engine to close its database, waits for its end, at most `closeTimeoutMs`. */
  close(): Promise<void>;
}

/** A transaction at hand takes milliseconds; a process that is still there after this hangs. */
const closeTimeoutMs = 5_000;
/** Calls that may wait for a starting engine; a page asks for a few dozen things. */
const maxWaitingCalls = 1_000;

interface Pending {
  readonly settle: (result: Result<unknown>) => void;
  readonly message: ToEngine & { readonly kind: 'call' };
}

/** The part of an AbortSignal that tells when; core's CancelSignal has only the state. */
interface Cancels {
  addEventListener(type: 'abort', listener: () => void, options: { once: true }): void;
}

export function superviseEngine(options: SupervisorOptions): EngineSupervisor {
  const { time, log } = options;
  let state: EngineState = 'starting';
  let child: Child<ToEngine, FromEngine>;
  let failure: ErrorValue | null = null;
  let nextId = 1;
  let cancelRestart = () => {};
  const restartsMs: number[] = [];
  const pending = new Map<number, Pending>();
  const emulators = new Map<number, EmulatorHandle>();
  const closeWaiters: (() => void)[] = [];

  const setState = (next: EngineState) => {
    state = next;
    options.onState(next);
  };

  const settleAll = (result: Result<unknown>) => {
    const waiting = [...pending.values()];
    pending.clear();
    for (const call of waiting) call.settle(result);
  };

  const giveUp = (error: ErrorValue) => {
    failure = error;
    setState('failed');
    settleAll({ ok: false, error });
  };

  const startEmulator = async (from: Child<ToEngine, FromEngine>, id: number, scenario: string) => {
    try {
      const emulator = await options.startEmulator(scenario);
      // The engine that asked may be gone by now; its emulator would run on with nobody to stop it.
      if (from !== child || state === 'gone' || state === 'closed') return void (await emulator.stop());
      emulators.set(id, emulator);
      from.postMessage({ kind: 'emulatorStarted', id, result: ok({ endpoint: emulator.endpoint }) });
    } catch (thrown) {
      from.postMessage({ kind: 'emulatorStarted', id, result: { ok: false, error: toErrorValue(thrown) } });
    }
  };

  const stopEmulator = async (from: Child<ToEngine, FromEngine>, id: number) => {
    const emulator = emulators.get(id);
    emulators.delete(id);
    await emulator?.stop();
    from.postMessage({ kind: 'emulatorStopped', id });
  };

  const stopEmulators = () => {
    for (const emulator of emulators.values()) {
      emulator.stop().catch((thrown: unknown) => log(`emulator did not stop: ${String(thrown)}`));
    }
    emulators.clear();
  };

  const onMessage = (from: Child<ToEngine, FromEngine>, message: FromEngine) => {
    if (from !== child) return;
    switch (message.kind) {
      case 'ready': {
        // Who hears that it is ready may call at once; such a call is on its way already.
        const waiting = [...pending.values()];
        setState('ready');
        for (const call of waiting) child.postMessage(call.message);
        return;
      }
      case 'failed':
        log(`engine cannot start: ${message.error.code} ${JSON.stringify(message.error.params)}`);
        return giveUp(message.error);
      case 'result': {
        const call = pending.get(message.id);
        pending.delete(message.id);
        return call?.settle(message.result);
      }
      case 'push':
        return options.onPush(message.push);
      case 'log':
        return log(`engine: ${message.text}`);
      case 'startEmulator':
        return void startEmulator(from, message.id, message.scenario);
      case 'stopEmulator':
        return void stopEmulator(from, message.id);
    }
  };

  const onExit = (from: Child<ToEngine, FromEngine>, code: number) => {
    if (from !== child) return;
    stopEmulators();
    if (state === 'closed') {
      for (const waiter of closeWaiters.splice(0)) waiter();
      return;
    }
    log(`engine ended with code ${code}`);
    if (state === 'failed') return;
    const delayMs = restartDelayMs(restartsMs, time.nowMs());
    if (delayMs === null) {
      const { error } = fail('ENGINE_FAILED', {
        times: restartLimit.times + 1,
        minutes: restartLimit.windowMs / 60_000,
      });
      return giveUp(error);
    }
    setState('gone');
    settleAll(fail('ENGINE_GONE', {}, true));
    cancelRestart = time.setTimer(delayMs, () => {
      restartsMs.push(time.nowMs());
      start();
    });
  };

  const start = () => {
    const started = options.fork();
    child = started;
    started.onMessage((message) => onMessage(started, message));
    started.onExit((code) => onExit(started, code));
    started.postMessage({ kind: 'start', start: options.start });
  };
  start();

  return {
    state: () => state,
    wasGone: () => restartsMs.length > 0,

    call(method, input, context) {
      if (failure !== null) return Promise.resolve({ ok: false, error: failure });
      if (state === 'gone' || state === 'closed' || pending.size >= maxWaitingCalls) {
        return Promise.resolve(fail('ENGINE_GONE', {}, true));
      }
      const id = nextId++;
      const message = { kind: 'call', id, method, input } as const;
      if (state === 'ready') child.postMessage(message);
      const signal = context?.signal as Partial<Cancels> | undefined;
      return new Promise((settle) => {
        pending.set(id, { settle, message });
        signal?.addEventListener?.(
          'abort',
          () => {
            if (!pending.delete(id)) return;
            if (state === 'ready') child.postMessage({ kind: 'cancel', id });
            settle(fail('CANCELLED'));
          },
          { once: true },
        );
      });
    },

    async close() {
      cancelRestart();
      const running = state === 'starting' || state === 'ready';
      setState('closed');
      settleAll(fail('ENGINE_GONE', {}, true));
      if (!running) return stopEmulators();
      await new Promise<void>((resolve) => {
        const cancelTimer = time.setTimer(closeTimeoutMs, () => {
          log('engine did not close in time and was ended');
          child.kill();
          resolve();
        });
        closeWaiters.push(() => {
          cancelTimer();
          resolve();
        });
        child.postMessage({ kind: 'close' });
      });
    },
  };
}
