/**
 * The bundled emulator in a utility process of its own, so that its load never disturbs recording.
 */
import type { EmulatorHandle } from '../core/contract/engine.ts';
import { SpillwayError } from '../core/errors.ts';
import type { HostTime } from './machineTime.ts';
import type { Child, EmulatorStart, FromEmulator, ToEmulator } from './protocol.ts';

const stopTimeoutMs = 2_000;

/** @throws SpillwayError with the emulator's own reason, or INTERNAL when its process ended before it was ready */
export function startEmulatorProcess(
  fork: () => Child<ToEmulator, FromEmulator>,
  start: EmulatorStart,
  time: HostTime,
): Promise<EmulatorHandle> {
  const child = fork();
  const exited = new Promise<number>((resolve) => child.onExit(resolve));

  const stop = () => {
    child.postMessage({ kind: 'stop' });
    return new Promise<void>((resolve) => {
      const cancel = time.setTimer(stopTimeoutMs, () => child.kill());
      void exited.then(() => {
        cancel();
        resolve();
      });
    });
  };

  return new Promise((resolve, reject) => {
    child.onMessage((message) => {
      if (message.kind === 'ready') return resolve({ endpoint: message.endpoint, stop });
      const { code, params, retryable } = message.error;
      reject(new SpillwayError(code, params, retryable));
    });
    void exited.then((code) => {
      reject(new SpillwayError('INTERNAL', { detail: `the emulator's process ended with code ${code}` }, true));
    });
    child.postMessage({ kind: 'start', start });
  });
}
