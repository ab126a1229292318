/**
 * The engine in this process, for serve and the commands.
 */
import { createEngine, type Engine } from '../../engine/index.ts';
import { startEmulatorProcess } from './emulatorProcess.ts';
import { resourcesDir, version } from './paths.ts';
import { hostTime } from './time.ts';

/** @throws SpillwayError DATABASE_* as storage describes them */
export function startEngine(file: string, hostKind: 'serve' | 'cli'): Promise<Engine> {
  return createEngine({
    file,
    host: { startEmulator: startEmulatorProcess },
    hostKind,
    hostTime,
    resourcesDir,
    version: version(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
}
