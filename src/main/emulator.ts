/**
 * Entry of the emulator's utility process: a plain Node program that imports no Electron. It ends when its channel closes.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SpillwayError } from '../core/errors.ts';
import { startEmulator } from '../emulator/index.ts';
import { parseScenario } from '../emulator/scenarios/parse.ts';
import type { Scenario } from '../emulator/scenarios/spec.ts';
import { runEmulatorChild } from './emulatorChild.ts';
import { machineTime } from './machineTime.ts';
import { parentPort } from './utilityPort.ts';

const exit = (code: number) => process.exit(code);

/** @throws SpillwayError FILE_* when the scenario cannot be read or is wrong; the first fault is said */
function readScenario(resourcesDir: string, name: string): Scenario {
  const file = path.join(resourcesDir, 'scenarios', `${name}.yaml`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new SpillwayError('FILE_UNREADABLE', {
      file,
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
  const parsed = parseScenario(text, file);
  if (parsed.ok) return parsed.value;
  const { code, params } = parsed.errors[0]!;
  throw new SpillwayError(code, params);
}

runEmulatorChild({
  port: parentPort(process.parentPort, exit),
  exit,
  startEmulator(start) {
    const scenario = readScenario(start.resourcesDir, start.scenario);
    return startEmulator({
      port: 0,
      scenario,
      seed: scenario.seed,
      startMs: scenario.startMs,
      clock: 'stepped',
      hostTime: machineTime,
    });
  },
});
