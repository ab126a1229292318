/**
 * Counts what a run puts on the heap, whether it stays there or is collected: the engine's own sampling of allocations.
 *
 * Unlike the growth of the heap this also works where typed arrays make the collector run. It samples, so a figure is an estimate;
 * of nothing it is nothing.
 */
import type { HeapProfiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

/** One sample in about so many allocated bytes. */
const SAMPLING_INTERVAL_BYTES = 1024;

/** Runs before the one that counts: reading the samples of the last one collects, after which the engine compiles anew. */
const WARM_UPS = 3;

/** @returns bytes allocated on the heap while `run` ran; typed arrays' contents are not on it */
export async function allocatedBytes(run: () => unknown): Promise<number> {
  for (let warm = 0; warm < WARM_UPS; warm++) run();
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: SAMPLING_INTERVAL_BYTES,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  run();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  return bytesOf(profile.head);
}

const bytesOf = (node: HeapProfiler.SamplingHeapProfileNode): number =>
  node.children.reduce((sum, child) => sum + bytesOf(child), node.selfSize);
