/** A running emulator for contract tests: free port, held clock unless told otherwise, the machine's own timers. */
import { type EmulatorOptions, type HostTime, type RunningEmulator, startEmulator } from '../../src/emulator/index.ts';

export const testStartMs = Date.UTC(2026, 2, 2);

export const hostTime: HostTime = {
  nowMs: () => performance.now(),
  setTimer: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export function startTestEmulator(options: Partial<EmulatorOptions> = {}): Promise<RunningEmulator> {
  return startEmulator({ port: 0, seed: 1, startMs: testStartMs, clock: 'stepped', hostTime, ...options });
}

/** What every JavaScript SDK client needs to reach it. */
export function sdkOptions(emulator: RunningEmulator) {
  return {
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  } as const;
}
