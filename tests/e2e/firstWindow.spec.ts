/**
 * How long a person waits: from the start of the app to a window, and to the table with data in it (EL-30, EL-70). The
 * figures are printed, not asserted: they say as much about the machine as about the app.
 *
 * The recording is some days long, so that the spec stays short; benchmarks/first-window.ts runs it with a month.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { makeRecording } from '../../benchmarks/lib/recording.ts';
import { openStore } from '../../src/storage/index.ts';
import { launchDesktop } from './desktop.ts';

const resources = 200;
const days = Number(process.env.FIRST_WINDOW_DAYS ?? 3);

test('[EL-30] starts on a recording of 200 resources and shows them', async () => {
  test.setTimeout(90_000);
  const file = path.join(tmpdir(), `spillway-first-window-${process.pid}.sqlite`);
  const endMs = Math.floor(Date.now() / 60_000) * 60_000;
  const store = openStore(file, { nowMs: endMs });
  makeRecording(store, { resources, days, seed: 1, endMs });
  store.close();

  const from = performance.now();
  const desktop = await launchDesktop(['--db', file, '--lang=en']);
  try {
    const windowMs = performance.now() - from;
    await expect(desktop.page.getByTestId('overview-row').first()).toBeVisible();
    const dataMs = performance.now() - from;
    console.log(`first window after ${Math.round(windowMs)} ms, data after ${Math.round(dataMs)} ms`);
  } finally {
    await desktop.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
});
