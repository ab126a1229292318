/** The page at `/` when the state file has no room: looking settles what is due, so it has to be written, too. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { StateFile } from '../../../src/emulator/journal/stateFile.ts';
import { startTestEmulator } from '../../contract/testEmulator.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'spillway-full-'));
let emulator: RunningEmulator | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('[STATE-31] says that the disk is full instead of closing the connection', async () => {
  emulator = await startTestEmulator({ stateFile: path.join(folder, 'state') });
  const { endpoint } = emulator;
  await fetch(`${endpoint}/?Action=CreateQueue&QueueName=q&Version=2012-11-05`);
  vi.spyOn(StateFile.prototype, 'append').mockImplementation(() => {
    throw new Error('ENOSPC: no space left on device');
  });
  const full = await fetch(endpoint);
  expect([full.status, await full.text()]).toEqual([500, expect.stringContaining('no space left')]);
  vi.restoreAllMocks();
  const page = await fetch(endpoint);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('>q</a>')]);
});
