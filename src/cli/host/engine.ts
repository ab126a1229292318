/**
 * The engine in this process, for serve and the commands.
 */
import { existsSync } from 'node:fs';
import { SpillwayError } from '../../core/errors.ts';
import { messageText } from '../../core/messages/index.ts';
import { createEngine, type Engine } from '../../engine/index.ts';
import type { CommandIo } from '../command.ts';
import { startEmulatorProcess } from './emulatorProcess.ts';
import { defaultDatabaseFile, resourcesDir, version } from './paths.ts';
import { hostTime } from './time.ts';

/** @throws SpillwayError DATABASE_* as storage describes them */
export async function startEngine(file: string, hostKind: 'serve' | 'cli', io: CommandIo): Promise<Engine> {
  const engine = await createEngine({
    file,
    host: { startEmulator: startEmulatorProcess },
    hostKind,
    hostTime,
    resourcesDir,
    version: version(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  if (engine.setAside !== null) {
    io.complain(messageText(io.language, { code: 'DATABASE_CORRUPT', params: engine.setAside }));
  }
  return engine;
}

/**
 * For commands that only read: a mistyped name must not begin a new database.
 *
 * @throws SpillwayError DATABASE_MISSING, DATABASE_*
 */
export async function openRecording(given: string | undefined, io: CommandIo): Promise<Engine> {
  const file = given ?? defaultDatabaseFile();
  if (!existsSync(file)) throw new SpillwayError('DATABASE_MISSING', { file });
  return startEngine(file, 'cli', io);
}
