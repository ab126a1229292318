/**
 * The unattended recording (see unattended.ts): a connection that is polled only when its clock was moved.
 */
import { SpillwayError } from '../../core/errors.ts';
import type { Connections } from '../connections/manager.ts';
import type { Databases } from '../databases.ts';
import { relationsOf } from '../queries/relations.ts';
import { advanceInSteps, mainResources } from './steps.ts';
import type { UnattendedOptions, UnattendedRecording } from './unattended.ts';

const defaultStepSeconds = 300;

/**
 * @throws SpillwayError what polling throws (unreachable, malformed ...); NOT_AVAILABLE_HERE when the endpoint is no
 *   Spillway emulator. What was recorded before stays.
 */
export async function recordUnattended(
  { connections, databases }: { readonly connections: Connections; readonly databases: Databases },
  { connection, stepSeconds = defaultStepSeconds, untilMs, onProgress, signal }: UnattendedOptions,
): Promise<UnattendedRecording> {
  const runtime = await connections.add(
    // A poll every step is the plan here, so a silence of one step is no gap.
    { ...connection, pollIntervalSeconds: Math.min(3600, Math.max(10, stepSeconds)) },
    { start: false, discoverEverySeconds: 3600 },
  );
  const aws = runtime.aws!;
  const abort = new AbortController();
  const fromMs = (await aws.setSpeed(0, abort.signal)).nowMs;
  await runtime.pollOnce();
  await advanceInSteps(aws, { fromMs, untilMs, stepMs: stepSeconds * 1000 }, abort.signal, async (nowMs) => {
    if (signal?.aborted) throw new SpillwayError('CANCELLED');
    await runtime.pollOnce();
    onProgress?.((nowMs - fromMs) / (untilMs - fromMs), nowMs);
  });
  const store = databases.of(runtime.connection.id);
  const resources = store.resources(runtime.connection.id);
  return {
    connectionId: runtime.connection.id,
    ...mainResources(resources, relationsOf(resources, store.alarms(runtime.connection.id))),
    fromMs,
    throughMs: runtime.status().recordedThroughMs ?? fromMs,
  };
}
