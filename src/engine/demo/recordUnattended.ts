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
  const { id } = runtime.connection;
  const store = databases.of(id);
  const resources = store.resources(id);
  const main = mainResources(resources, relationsOf(resources, store.alarms(id)));
  // The newest minutes may not be published yet; the recording reaches as far as its datapoints.
  const dataThrough = main.queueResourceId === null ? undefined : store.cursor(id, `data:${main.queueResourceId}`);
  const throughMs = dataThrough === undefined ? runtime.status().recordedThroughMs : dataThrough * 1000;
  return { connectionId: id, ...main, fromMs, throughMs: throughMs ?? fromMs };
}
