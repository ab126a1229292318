/**
 * The emulator's side of its channel to main: starts one on request, stops it on request.
 */
import { toErrorValue } from '../core/errors.ts';
import type { EmulatorStart, FromEmulator, ParentPort, ToEmulator } from './protocol.ts';

export interface StartedEmulator {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface EmulatorChildOptions {
  readonly port: ParentPort<ToEmulator, FromEmulator>;
  readonly startEmulator: (start: EmulatorStart) => Promise<StartedEmulator>;
  readonly exit: (code: number) => void;
}

export function runEmulatorChild({ port, startEmulator, exit }: EmulatorChildOptions): void {
  let emulator: StartedEmulator | undefined;

  const start = async (options: EmulatorStart) => {
    try {
      emulator = await startEmulator(options);
      port.postMessage({ kind: 'ready', endpoint: emulator.endpoint });
    } catch (thrown) {
      port.postMessage({ kind: 'failed', error: toErrorValue(thrown) });
      exit(1);
    }
  };

  const stop = async () => {
    await emulator?.stop();
    exit(0);
  };

  port.onMessage((message) => void (message.kind === 'start' ? start(message.start) : stop()));
}
