import { describe, expect, it } from 'vitest';
import type { EngineApi, EngineHost } from '../../../src/core/contract/engine.ts';
import { fail, ok, SpillwayError } from '../../../src/core/errors.ts';
import { runEmulatorChild } from '../../../src/main/emulatorChild.ts';
import { startEmulatorProcess } from '../../../src/main/emulatorProcess.ts';
import { type EngineMaker, runEngineChild } from '../../../src/main/engineChild.ts';
import type { Child, FromEmulator, FromEngine, ToEmulator, ToEngine } from '../../../src/main/protocol.ts';
import { parentPort } from '../../../src/main/utilityPort.ts';
import { manualTime, settle } from './fakeElectron.ts';

/** Both ends of a channel in one process. */
function channel<To, From>() {
  const said: From[] = [];
  let toChild: (message: To) => void = () => {};
  let toParent: (message: From) => void = () => {};
  let exited: (code: number) => void = () => {};
  const child: Child<To, From> = {
    postMessage: (message) => toChild(message),
    onMessage(handler) {
      toParent = handler;
    },
    onExit(handler) {
      exited = handler;
    },
    kill: () => exited(15),
  };
  const port = {
    postMessage(message: From) {
      said.push(message);
      toParent(message);
    },
    onMessage(handler: (message: To) => void) {
      toChild = handler;
    },
  };
  const codes: number[] = [];
  const exit = (code: number) => {
    codes.push(code);
    exited(code);
  };
  return { child, port, said, exit, codes };
}

const start = { file: 'x.sqlite', resourcesDir: 'resources', version: '1', timeZone: 'UTC' };

describe('runEngineChild', () => {
  const run = (createEngine: EngineMaker) => {
    const wire = channel<ToEngine, FromEngine>();
    runEngineChild({ port: wire.port, createEngine, time: manualTime(), exit: wire.exit });
    wire.child.postMessage({ kind: 'start', start });
    return wire;
  };
  const engineWith = (call: EngineApi['call']): EngineApi => ({ call, listen: () => () => {}, close: async () => {} });

  it('[EL-02] starts the engine with what came over the channel, answers calls, closes and ends', async () => {
    const options: unknown[] = [];
    const wire = run(async (given) => {
      options.push(given);
      return engineWith(async (method, input) => ok([method, input]));
    });
    await settle();
    expect(options).toEqual([expect.objectContaining({ ...start, hostKind: 'desktop' })]);
    wire.child.postMessage({ kind: 'call', id: 3, method: 'overview.get', input: { a: 1 } });
    await settle();
    expect(wire.said).toEqual([{ kind: 'ready' }, { kind: 'result', id: 3, result: ok(['overview.get', { a: 1 }]) }]);
    wire.child.postMessage({ kind: 'close' });
    await settle();
    expect(wire.codes).toEqual([0]);
  });

  it('says why it cannot start', async () => {
    const wire = run(() => Promise.reject(new SpillwayError('DATABASE_LOCKED', { file: 'x.sqlite' })));
    await settle();
    expect(wire.said).toEqual([{ kind: 'failed', error: fail('DATABASE_LOCKED', { file: 'x.sqlite' }).error }]);
  });

  it('[UX-70] a cancelled call sees its signal aborted and is not answered', async () => {
    let signal: { aborted: boolean } | undefined;
    let finish = () => {};
    const wire = run(async () =>
      engineWith((_method, _input, context) => {
        signal = context?.signal;
        return new Promise((resolve) => {
          finish = () => resolve(ok(1));
        });
      }),
    );
    await settle();
    wire.child.postMessage({ kind: 'call', id: 1, method: 'replay.run', input: {} });
    wire.child.postMessage({ kind: 'cancel', id: 1 });
    expect(signal?.aborted).toBe(true);
    finish();
    await settle();
    expect(wire.said).toEqual([{ kind: 'ready' }]);
  });

  it('asks main for an emulator and has it stopped there', async () => {
    let host: EngineHost | undefined;
    const wire = run(async (given) => {
      host = given.host;
      return engineWith(async () => ok(null));
    });
    await settle();
    const started = host!.startEmulator('flash-crowd');
    expect(wire.said.at(-1)).toEqual({ kind: 'startEmulator', id: 1, scenario: 'flash-crowd' });
    wire.child.postMessage({ kind: 'emulatorStarted', id: 1, result: ok({ endpoint: 'http://127.0.0.1:9' }) });
    const emulator = await started;
    expect(emulator.endpoint).toBe('http://127.0.0.1:9');
    const stopped = emulator.stop();
    expect(wire.said.at(-1)).toEqual({ kind: 'stopEmulator', id: 1 });
    wire.child.postMessage({ kind: 'emulatorStopped', id: 1 });
    await stopped;

    const refused = host!.startEmulator('nothing');
    wire.child.postMessage({
      kind: 'emulatorStarted',
      id: 2,
      result: fail('FILE_UNREADABLE', { file: 'n', detail: 'd' }),
    });
    await expect(refused).rejects.toThrow('FILE_UNREADABLE');
  });
});

describe('the emulator over its channel', () => {
  const begin = (startEmulator: () => Promise<{ endpoint: string; stop: () => Promise<void> }>) => {
    const wire = channel<ToEmulator, FromEmulator>();
    runEmulatorChild({ port: wire.port, startEmulator, exit: wire.exit });
    const time = manualTime();
    return { wire, time, handle: startEmulatorProcess(() => wire.child, { scenario: 's', resourcesDir: 'r' }, time) };
  };

  it('starts, tells its endpoint, stops and ends', async () => {
    let stops = 0;
    const { wire, handle } = begin(async () => ({ endpoint: 'http://127.0.0.1:1', stop: async () => void stops++ }));
    const emulator = await handle;
    expect(emulator.endpoint).toBe('http://127.0.0.1:1');
    await emulator.stop();
    expect(stops).toBe(1);
    expect(wire.codes).toEqual([0]);
  });

  it('passes its own reason on when it cannot start', async () => {
    const { wire, handle } = begin(() =>
      Promise.reject(new SpillwayError('FILE_UNREADABLE', { file: 'x', detail: 'y' })),
    );
    await expect(handle).rejects.toMatchObject({ code: 'FILE_UNREADABLE', params: { file: 'x', detail: 'y' } });
    expect(wire.codes).toEqual([1]);
  });

  it('is ended when it does not stop', async () => {
    const { wire, time, handle } = begin(async () => ({ endpoint: '', stop: () => new Promise(() => {}) }));
    const emulator = await handle;
    const stopped = emulator.stop();
    time.advance(2_000);
    await stopped;
    expect(wire.codes).toEqual([]);
  });
});

it('[EL-04] a child ends when its channel closes', () => {
  const handlers = new Map<string, (event: { data: unknown }) => void>();
  const codes: number[] = [];
  const fake = { postMessage: () => {}, on: (event: string, handler: never) => handlers.set(event, handler) };
  const got: unknown[] = [];
  parentPort(fake as never, (code) => void codes.push(code)).onMessage((message) => void got.push(message));
  handlers.get('message')?.({ data: 'hello' });
  handlers.get('close')?.({ data: undefined });
  expect(got).toEqual(['hello']);
  expect(codes).toEqual([0]);
});
