/**
 * A real emulator in this process and a real engine on a real file: everything between them goes over the wire.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '../../../src/core/contract/client.ts';
import type { EngineHost } from '../../../src/core/contract/engine.ts';
import type { ConnectionInput } from '../../../src/core/contract/shapes.ts';
import { type RunningEmulator, startEmulator } from '../../../src/emulator/index.ts';
import { parseScenario, type Scenario } from '../../../src/emulator/scenarios/index.ts';
import { createEngine, type Engine, type EngineOptions, type HostTime } from '../../../src/engine/index.ts';

const root = new URL('../../../', import.meta.url);

/** The machine's own: sockets answer in real time. */
export const machineTime: HostTime = {
  nowMs: () => Date.now(),
  setTimer(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export function readScenario(path: string): Scenario {
  const file = fileURLToPath(new URL(path, root));
  const parsed = parseScenario(readFileSync(file, 'utf8'), file);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.value;
}

export interface Stage {
  /** Ends when the test ends, as everything made here. */
  emulator(scenario: Scenario): Promise<RunningEmulator>;
  engine(file: string, more?: Partial<EngineOptions>): Promise<{ engine: Engine; client: Client }>;
  folder(): string;
  close(): Promise<void>;
}

export function createStage(): Stage {
  const closing: (() => unknown)[] = [];
  return {
    async emulator(scenario) {
      const running = await startEmulator({
        port: 0,
        seed: scenario.seed,
        startMs: scenario.startMs,
        scenario,
        clock: 'stepped',
        hostTime: machineTime,
      });
      closing.push(() => running.stop());
      return running;
    },
    async engine(file, more = {}) {
      const host: EngineHost = {
        startEmulator() {
          throw new Error('this test starts no emulator through the engine');
        },
      };
      const engine = await createEngine({
        file,
        host,
        hostKind: 'cli',
        hostTime: machineTime,
        resourcesDir: fileURLToPath(new URL('resources', root)),
        version: '0.1.0',
        timeZone: 'UTC',
        ...more,
      });
      closing.push(() => engine.close());
      return { engine, client: createClient(engine) };
    },
    folder() {
      const path = mkdtempSync(join(tmpdir(), 'spillway-engine-'));
      closing.push(() => rmSync(path, { recursive: true, force: true }));
      return path;
    },
    async close() {
      for (const close of closing.splice(0).reverse()) await close();
    },
  };
}

export function connectionTo(emulator: RunningEmulator): ConnectionInput {
  return {
    name: 'emulated',
    kind: 'emulator',
    region: 'us-east-1',
    endpoint: emulator.endpoint,
    credentials: { kind: 'static', accessKeyId: 'test', secretAccessKey: 'test' },
    pollIntervalSeconds: 60,
  };
}
