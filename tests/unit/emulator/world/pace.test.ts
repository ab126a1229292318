import { describe, expect, it } from 'vitest';
import { createPace, type HostTime } from '../../../../src/emulator/world/pace.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';

/** A host whose time moves only when told, and whose timers fire then. */
function manualHost() {
  let nowMs = 50_000;
  let timers: { atMs: number; run: () => void }[] = [];
  const host: HostTime & { pass(ms: number): void; burn(ms: number): void; waiting(): number } = {
    nowMs: () => nowMs,
    setTimer(ms, run) {
      const timer = { atMs: nowMs + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    /** Time goes by, timers fire in order. */
    pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const next = timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        timers = timers.filter((one) => one !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
      }
      nowMs = Math.max(nowMs, endMs);
    },
    /** Work takes host time without giving timers a turn. */
    burn(ms) {
      nowMs += ms;
    },
    waiting: () => timers.length,
  };
  return host;
}

function setUp() {
  const host = manualHost();
  const world = createWorld({ startMs: 0, seed: 1 });
  return { host, world, pace: createPace(world, host) };
}

describe('pace', () => {
  it('held: time stands still', () => {
    const { host, world } = setUp();
    host.pass(60_000);
    expect([world.nowMs(), host.waiting()]).toEqual([0, 0]);
  });

  it.each([1, 60, 2_000])('%d times real time', (speed) => {
    const { host, world, pace } = setUp();
    pace.setSpeed(speed);
    host.pass(10_000);
    expect(world.nowMs()).toBe(10_000 * speed);
    pace.setSpeed(0);
    host.pass(10_000);
    expect(world.nowMs()).toBe(10_000 * speed);
    expect(host.waiting()).toBe(0);
  });

  it('a change of speed counts from the change', () => {
    const { host, world, pace } = setUp();
    pace.setSpeed(10);
    host.pass(1_000);
    pace.setSpeed(2);
    host.pass(1_000);
    expect(world.nowMs()).toBe(12_000);
  });

  it('events of an advance run in slices, with others in between', async () => {
    const { host, world, pace } = setUp();
    let events = 0;
    world.every(0, 1_000, () => {
      events++;
      host.burn(1);
    });
    const done = pace.advanceTo(600_000);
    host.pass(0);
    // 20 ms a slice, looked at every 32 events of 1 ms each.
    expect(events).toBe(32);
    expect(host.waiting()).toBe(1);
    host.pass(1_000);
    await done;
    expect([events, world.nowMs(), host.waiting()]).toEqual([601, 600_000, 0]);
  });

  it('advances queue up, and one into the past is done at once', async () => {
    const { host, world, pace } = setUp();
    const order: string[] = [];
    const all = Promise.all([
      pace.advanceTo(5_000).then(() => order.push(`5:${world.nowMs()}`)),
      pace.advanceTo(9_000).then(() => order.push('9')),
      pace.advanceTo(1_000).then(() => order.push('1')),
    ]);
    host.pass(100);
    await all;
    expect(order).toHaveLength(3);
    expect(world.nowMs()).toBe(9_000);
  });

  it('a running clock goes on from where an advance left it', async () => {
    const { host, world, pace } = setUp();
    pace.setSpeed(60);
    host.pass(1_000);
    const done = pace.advanceTo(3_600_000);
    host.pass(0);
    await done;
    host.pass(1_000);
    expect(world.nowMs()).toBe(3_600_000 + 60_000);
  });

  it('a speed beyond the machine falls behind instead of freezing the host', () => {
    const { host, world, pace } = setUp();
    world.every(0, 1_000, () => host.burn(1));
    pace.setSpeed(100_000);
    host.pass(1_000);
    expect(world.nowMs()).toBeGreaterThan(500_000);
    expect(world.nowMs()).toBeLessThan(1_100_000);
  });

  it('an event that throws fails the advance it ran in', async () => {
    const { host, world, pace } = setUp();
    world.at(500, () => {
      throw new Error('broken event');
    });
    const done = pace.advanceTo(1_000);
    const failure = expect(done).rejects.toThrow('broken event');
    host.pass(0);
    await failure;
  });

  it('stopping ends the waiting and leaves no timer', async () => {
    const { host, pace } = setUp();
    pace.setSpeed(60);
    const done = pace.advanceTo(1_000_000);
    pace.stop();
    await done;
    expect(host.waiting()).toBe(0);
    await pace.advanceTo(2_000_000);
  });
});
