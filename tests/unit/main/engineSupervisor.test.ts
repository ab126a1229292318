import { describe, expect, it } from 'vitest';
import type { EmulatorHandle } from '../../../src/core/contract/engine.ts';
import { fail, ok, SpillwayError } from '../../../src/core/errors.ts';
import { type EngineState, superviseEngine } from '../../../src/main/engineSupervisor.ts';
import type { FromEngine, ToEngine } from '../../../src/main/protocol.ts';
import { restartDelayMs } from '../../../src/main/restart.ts';
import { forkUtility } from '../../../src/main/utilityPort.ts';
import { FakeUtility, manualTime, settle } from './fakeElectron.ts';

const start = { file: 'x.sqlite', resourcesDir: 'resources', version: '1', timeZone: 'UTC' };

function supervised(startEmulator: () => Promise<EmulatorHandle> = () => Promise.reject(new Error('none'))) {
  const time = manualTime();
  const children: FakeUtility[] = [];
  const states: EngineState[] = [];
  const lines: string[] = [];
  const pushes: unknown[] = [];
  const engine = superviseEngine({
    fork: () =>
      forkUtility<ToEngine, FromEngine>(
        () => {
          const child = new FakeUtility();
          children.push(child);
          return child as never;
        },
        'engine.js',
        'engine',
      ),
    start,
    startEmulator,
    time,
    onPush: (push) => void pushes.push(push),
    onState: (state) => void states.push(state),
    log: (line) => void lines.push(line),
  });
  return { engine, time, children, states, lines, pushes };
}

describe('superviseEngine', () => {
  it('hands the start over, holds early calls until it is ready, and carries answers back', async () => {
    const { engine, children } = supervised();
    const [child] = children;
    expect(child!.received).toEqual([{ kind: 'start', start }]);
    const answered = engine.call('session.get', {});
    expect(child!.of('call')).toEqual([]);
    child!.say({ kind: 'ready' });
    const [call] = child!.of('call');
    child!.say({ kind: 'result', id: call!.id, result: ok(new Float64Array([1])) });
    expect(await answered).toEqual(ok(new Float64Array([1])));
  });

  it('passes pushes and log lines on', () => {
    const { children, pushes, lines } = supervised();
    children[0]!.say({ kind: 'push', push: { topic: 'demo', sequence: 1, payload: {} as never } });
    children[0]!.say({ kind: 'log', text: 'warn: slow' });
    expect(pushes).toHaveLength(1);
    expect(lines).toEqual(['engine: warn: slow']);
  });

  it('[EL-04] answers ENGINE_GONE to calls in flight, restarts, and works again', async () => {
    const { engine, time, children, states } = supervised();
    children[0]!.say({ kind: 'ready' });
    const inFlight = engine.call('overview.get', {});
    children[0]!.emit('exit', 134);
    expect(await inFlight).toEqual(fail('ENGINE_GONE', {}, true));
    expect(await engine.call('overview.get', {})).toEqual(fail('ENGINE_GONE', {}, true));
    expect(children).toHaveLength(1);
    time.advance(250);
    expect(children).toHaveLength(2);
    children[1]!.say({ kind: 'ready' });
    expect(states).toEqual(['ready', 'gone', 'ready']);
    expect(engine.wasGone()).toBe(true);
    void engine.call('overview.get', {});
    expect(children[1]!.of('call')).toHaveLength(1);
  });

  it('[EL-04] gives up after three restarts in five minutes, and says so', async () => {
    const { engine, time, children, states, lines } = supervised();
    for (let end = 0; end < 4; end += 1) {
      children[end]!.say({ kind: 'ready' });
      children[end]!.emit('exit', 1);
      time.advance(10_000);
    }
    expect(children).toHaveLength(4);
    expect(states.at(-1)).toBe('failed');
    expect(await engine.call('overview.get', {})).toEqual(fail('ENGINE_FAILED', { times: 4, minutes: 5 }));
    expect(lines).toContain('engine ended with code 1');
  });

  it('an engine that cannot start is not restarted, and every call tells why', async () => {
    const { engine, time, children } = supervised();
    const waiting = engine.call('session.get', {});
    const error = fail('DATABASE_NEWER', { file: 'x.sqlite', found: 9, known: 1 });
    children[0]!.say({ kind: 'failed', error: error.error });
    expect(await waiting).toEqual(error);
    children[0]!.emit('exit', 0);
    time.advance(60_000);
    expect(children).toHaveLength(1);
    expect(await engine.call('session.get', {})).toEqual(error);
  });

  it('[UX-70] a cancelled call is told to the engine and answers at once', async () => {
    const { engine, children } = supervised();
    children[0]!.say({ kind: 'ready' });
    const cancel = new AbortController();
    const answered = engine.call('replay.run', {}, { signal: cancel.signal });
    cancel.abort();
    expect(await answered).toEqual(fail('CANCELLED'));
    expect(children[0]!.of('cancel')).toHaveLength(1);
  });

  it('starts and stops an emulator for the engine, and stops it when the engine ends', async () => {
    let stopped = 0;
    const handle = {
      endpoint: 'http://127.0.0.1:1',
      stop: async () => {
        stopped += 1;
      },
    };
    const { children } = supervised(async () => handle);
    const [child] = children;
    child!.say({ kind: 'ready' });
    child!.say({ kind: 'startEmulator', id: 7, scenario: 'flash-crowd' });
    await settle();
    expect(child!.of('emulatorStarted')).toEqual([
      { kind: 'emulatorStarted', id: 7, result: ok({ endpoint: handle.endpoint }) },
    ]);
    child!.say({ kind: 'stopEmulator', id: 7 });
    await settle();
    expect(child!.of('emulatorStopped')).toEqual([{ kind: 'emulatorStopped', id: 7 }]);
    child!.say({ kind: 'startEmulator', id: 8, scenario: 'flash-crowd' });
    await settle();
    child!.emit('exit', 1);
    expect(stopped).toBe(2);
  });

  it('tells the engine why an emulator did not start, and stops one that came too late for it', async () => {
    const refused = supervised(() => Promise.reject(new SpillwayError('FILE_UNREADABLE', { file: 'x', detail: 'y' })));
    refused.children[0]!.say({ kind: 'startEmulator', id: 1, scenario: 'x' });
    await settle();
    expect(refused.children[0]!.of('emulatorStarted')[0]?.result).toEqual(
      fail('FILE_UNREADABLE', { file: 'x', detail: 'y' }),
    );

    let stopped = 0;
    const late = supervised(async () => ({
      endpoint: '',
      stop: async () => {
        stopped += 1;
      },
    }));
    late.children[0]!.say({ kind: 'startEmulator', id: 1, scenario: 'x' });
    late.children[0]!.emit('exit', 1);
    await settle();
    expect(stopped).toBe(1);
  });

  it('closes the database before it ends; a hanging engine is ended after five seconds', async () => {
    const orderly = supervised();
    orderly.children[0]!.say({ kind: 'ready' });
    const closed = orderly.engine.close();
    expect(orderly.children[0]!.of('close')).toHaveLength(1);
    orderly.children[0]!.emit('exit', 0);
    await closed;
    expect(orderly.children).toHaveLength(1);

    const hanging = supervised();
    hanging.children[0]!.say({ kind: 'ready' });
    const ended = hanging.engine.close();
    hanging.time.advance(5_000);
    await ended;
    expect(hanging.children[0]!.killed).toBe(true);
  });
});

it.each([
  { restarts: [], nowMs: 0, delay: 250 },
  { restarts: [0], nowMs: 1_000, delay: 1_000 },
  { restarts: [0, 1_000], nowMs: 5_000, delay: 4_000 },
  { restarts: [0, 1_000, 5_000], nowMs: 9_000, delay: null },
  { restarts: [0, 1_000, 5_000], nowMs: 300_000, delay: 4_000 },
])('[EL-04] after $restarts at $nowMs ms the wait is $delay', ({ restarts, nowMs, delay }) => {
  expect(restartDelayMs(restarts, nowMs)).toBe(delay);
});
