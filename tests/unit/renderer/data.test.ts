import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/core/contract/client.ts';
import { createModel } from '../../../src/renderer/data/model.ts';
import { throttle } from '../../../src/renderer/data/throttle.ts';
import {
  backOffMs,
  createWebSocketTransport,
  pageCodec,
  type SocketLike,
} from '../../../src/renderer/data/webSocketTransport.ts';
import * as world from '../../fixtures/renderer/data.ts';
import { createFakeTransport } from '../../fixtures/renderer/fakeTransport.ts';

/** Time that moves only when told to, with its timers. */
function manualHost() {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  return {
    nowMs: () => now,
    setTimer(ms: number, run: () => void) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance(ms: number) {
      const until = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((one) => one !== next);
        now = next.at;
        next.run();
      }
      now = until;
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the throttle', () => {
  it('runs at once, then at most once per interval, and once more at the end', () => {
    const host = manualHost();
    const ran: number[] = [];
    const ask = throttle(host, 1_000, () => ran.push(host.nowMs()));
    ask();
    ask();
    ask();
    host.advance(400);
    ask();
    host.advance(5_000);
    ask();
    expect(ran).toEqual([0, 1_000, 5_400]);
  });
});

describe('the WebSocket transport', () => {
  function setUp() {
    const host = manualHost();
    const codec = pageCodec();
    const sockets: (SocketLike & { sent: { id: number; method: string; input: unknown }[] })[] = [];
    const states: boolean[] = [];
    const transport = createWebSocketTransport({
      codec,
      setTimer: host.setTimer,
      onState: (connected) => states.push(connected),
      open() {
        const sent: { id: number; method: string; input: unknown }[] = [];
        const socket = {
          sent,
          send: (bytes: Uint8Array) => void sent.push(codec.decode(bytes) as (typeof sent)[number]),
          close() {},
          onopen: null,
          onclose: null,
          onmessage: null,
        };
        sockets.push(socket);
        return socket;
      },
    });
    return { host, codec, sockets, states, transport };
  }

  it('answers calls by id and hands on pushes, columns and all', async () => {
    const { codec, sockets, transport } = setUp();
    const pushes: unknown[] = [];
    transport.listen((push) => pushes.push(push));
    sockets[0]!.onopen!();
    const first = transport.call('a', { n: 1 });
    const second = transport.call('b', {});
    const reply = (id: number, value: unknown) =>
      sockets[0]!.onmessage!(codec.encode({ id, result: { ok: true, value } }));
    reply(sockets[0]!.sent[1]!.id, Float64Array.of(1, Number.NaN));
    reply(sockets[0]!.sent[0]!.id, 'one');
    sockets[0]!.onmessage!(codec.encode({ push: { topic: 'demo', sequence: 1, payload: { x: 1 } } }));
    expect(await first).toEqual({ ok: true, value: 'one' });
    expect(await second).toEqual({ ok: true, value: Float64Array.of(1, Number.NaN) });
    expect(pushes).toEqual([{ topic: 'demo', sequence: 1, payload: { x: 1 } }]);
  });

  it('holds calls until the line is open', () => {
    const { sockets, transport } = setUp();
    void transport.call('a', {});
    expect(sockets[0]!.sent).toEqual([]);
    sockets[0]!.onopen!();
    expect(sockets[0]!.sent.map(({ method }) => method)).toEqual(['a']);
  });

  it('answers ENGINE_GONE for what was in flight, says so, and comes back with back-off', async () => {
    const { host, sockets, states, transport } = setUp();
    sockets[0]!.onopen!();
    const lost = transport.call('a', {});
    sockets[0]!.onclose!();
    expect(await lost).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE', retryable: true } });
    host.advance(backOffMs(0));
    expect(sockets).toHaveLength(2);
    const unopened = transport.call('b', {});
    sockets[1]!.onclose!();
    expect(await unopened).toMatchObject({ ok: false });
    host.advance(backOffMs(1) - 1);
    expect(sockets).toHaveLength(2);
    host.advance(1);
    sockets[2]!.onopen!();
    expect(states).toEqual([true, false, false, true]);
  });

  it('waits longer after each failure, up to 8 s', () => {
    expect([0, 1, 2, 3, 4, 5, 20].map(backOffMs)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  });
});

describe('the model', () => {
  async function setUp(scene = {}) {
    const host = manualHost();
    const transport = createFakeTransport(scene);
    const model = createModel(createClient(transport), host);
    await model.start();
    return { host, transport, model };
  }

  it('UX-85 shows the demo alone when there is nothing else', async () => {
    const { model } = await setUp();
    expect(model.scope.get()).toBe(world.connectionId);
    expect(model.nowMs()).toBe(world.nowMs);
  });

  it('goes on with the clock of the connection at its speed', async () => {
    const { host, transport, model } = await setUp();
    transport.push('connections', [{ ...model.connections.get()![0]!, nowMs: world.nowMs, speed: 60 }]);
    host.advance(2_000);
    expect(model.nowMs()).toBe(world.nowMs + 120_000);
  });

  it('asks again when something was recorded, at most once a second', async () => {
    const { host, transport, model } = await setUp();
    host.advance(5_000);
    const before = model.refresh.get();
    for (let i = 0; i < 10; i++) {
      transport.push('recorded', { connectionId: world.connectionId, throughMs: 0, newEvents: 0 });
      host.advance(100);
    }
    host.advance(1_000);
    expect(model.refresh.get() - before).toBeLessThanOrEqual(3);
    expect(model.refresh.get()).toBeGreaterThan(before);
  });

  it('EL-14 asks for everything again after a gap', async () => {
    const { host, transport, model } = await setUp();
    host.advance(5_000);
    transport.push('demo', { ...model.demo.get()!, progress: 0.5 }, 1);
    const before = transport.calls.length;
    transport.push('demo', { ...model.demo.get()!, progress: 0.7 }, 5);
    await settle();
    expect(transport.calls.slice(before).map(({ method }) => method)).toContain('connections.list');
  });

  it('UX-15 stands still while paused, and catches up after', async () => {
    const { host, transport, model } = await setUp();
    transport.push('connections', [{ ...model.connections.get()![0]!, nowMs: world.nowMs, speed: 1 }]);
    host.advance(5_000);
    model.setPaused(true);
    const drawn = model.drawnNowMs();
    const tick = model.refresh.get();
    transport.push('recorded', { connectionId: world.connectionId, throughMs: 0, newEvents: 0 });
    host.advance(60_000);
    expect(model.drawnNowMs()).toBe(drawn);
    expect(model.refresh.get()).toBe(tick);
    model.setPaused(false);
    host.advance(1_000);
    expect(model.refresh.get()).toBeGreaterThan(tick);
    expect(model.drawnNowMs()).toBeGreaterThan(drawn);
  });

  it('keeps a few toasts, each for a few seconds', async () => {
    const { host, model } = await setUp();
    for (let i = 0; i < 9; i++) model.toast('good', String(i));
    expect(model.toasts.get().map(({ text }) => text)).toEqual(['5', '6', '7', '8']);
    host.advance(6_000);
    expect(model.toasts.get()).toEqual([]);
  });

  it('says why it could not start', async () => {
    const { model } = await setUp({ failing: ['session.get'] });
    expect(model.startError.get()).toMatchObject({ code: 'ENDPOINT_UNREACHABLE' });
  });
});
