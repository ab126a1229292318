/**
 * Says once per run which Electron and which browser the specs drive.
 */
import { findBrowser } from './browser.ts';

export default async function announce(): Promise<void> {
  const real = process.env.ELECTRON_EXEC_PATH;
  console.log(
    real
      ? `Electron: ${real}`
      : 'Electron: the stand-in of tests/electron-host (set ELECTRON_EXEC_PATH for a real one)',
  );
  console.log(`Browser: ${await findBrowser()}`);
}
