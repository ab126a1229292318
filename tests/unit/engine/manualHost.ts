/**
 * A host whose time moves only when told to: clock, timers in order, and the options of an engine on a fake account.
 */
import { fileURLToPath } from 'node:url';
import type { EngineHost } from '../../../src/core/contract/engine.ts';
import type { EngineOptions, HostTime } from '../../../src/engine/options.ts';
import { connectTo, type FakeAccount } from './fakeAws.ts';

export interface ManualTime extends HostTime {
  /** Runs due timers in order, letting what they started finish before the next one. */
  advance(ms: number): Promise<void>;
  /** Milliseconds until each timer that waits. */
  waiting(): number[];
}

/** Lets everything that is ready run: answers of a fake account need no real time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function manualTime(startMs: number): ManualTime {
  let now = startMs;
  const timers = new Set<{ atMs: number; run: () => void }>();
  return {
    nowMs: () => now,
    setTimer(ms, run) {
      const timer = { atMs: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    waiting: () => [...timers].map(({ atMs }) => atMs - now).sort((a, b) => a - b),
    async advance(ms) {
      const until = now + ms;
      for (;;) {
        await settle();
        const next = [...timers].filter(({ atMs }) => atMs <= until).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.atMs);
        next.run();
      }
      now = until;
      await settle();
    },
  };
}

export const resourcesDir = fileURLToPath(new URL('../../../resources', import.meta.url));

const noEmulator: EngineHost = {
  startEmulator() {
    throw new Error('this test starts no emulator');
  },
};

export function engineOptions(
  account: FakeAccount,
  hostTime: HostTime,
  more: Partial<EngineOptions> = {},
): EngineOptions {
  return {
    file: ':memory:',
    host: noEmulator,
    hostKind: 'serve',
    hostTime,
    resourcesDir,
    version: '0.1.0',
    timeZone: 'Europe/Berlin',
    connectAws: connectTo(account),
    ...more,
  };
}
