/** Bands of one run on request, with progress and cancel; gone as soon as the settings they belong to change. */
import { useEffect, useRef, useState } from 'react';
import type { ReplayBands, ReplayRequest, ReplaySetup } from '../../../core/contract/shapes.ts';
import type { ErrorValue } from '../../../core/errors.ts';
import { useModel } from '../../data/context.ts';
import { errorOf } from '../../data/model.ts';
import { newJobId } from './useReplay.ts';

export interface Bands {
  readonly bands: ReplayBands | null;
  readonly progress: number | null;
  readonly error: ErrorValue | null;
  ask(): void;
  cancel(): void;
}

const runsOfFlow = 200;
/** Message by message a run takes as long as a hundred of a flow. */
const runsOfMessages = 20;

/** @param about what the bands belong to, as text: another one clears them */
export function useBands(request: Omit<ReplayRequest, 'setups'>, setup: ReplaySetup | undefined, about: string): Bands {
  const model = useModel();
  const [bands, setBands] = useState<{ readonly about: string; readonly bands: ReplayBands } | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<ErrorValue | null>(null);
  const job = useRef<string | null>(null);

  useEffect(
    () =>
      model.client.on('progress', ({ jobId, share }) => {
        if (jobId === job.current) setProgress(share);
      }),
    [model],
  );
  const cancel = (): void => {
    if (job.current !== null) void model.client.call('jobs.cancel', { jobId: job.current }).catch(() => {});
  };
  useEffect(() => {
    setError(null);
    return cancel;
  }, [about]);

  async function ask(): Promise<void> {
    if (setup === undefined || job.current !== null) return;
    const jobId = newJobId();
    job.current = jobId;
    setProgress(0);
    setError(null);
    const { resourceId, range, assumptions, plant, messages } = request;
    try {
      const made = await model.client.call('replay.bands', {
        resourceId,
        range,
        assumptions,
        plant,
        messages,
        setup,
        runs: plant === 'per-message' ? runsOfMessages : runsOfFlow,
        jobId,
      });
      setBands({ about, bands: made });
    } catch (thrown) {
      const failure = errorOf(thrown);
      if (failure.code !== 'CANCELLED') setError(failure);
    } finally {
      job.current = null;
      setProgress(null);
    }
  }

  return { bands: bands?.about === about ? bands.bands : null, progress, error, ask: () => void ask(), cancel };
}
