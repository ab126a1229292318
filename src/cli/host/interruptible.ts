/**
 * A long call with a progress line on a terminal, given up at Ctrl-C.
 */
import type { EngineApi } from '../../core/contract/engine.ts';
import type { Topics } from '../../core/contract/methods.ts';
import type { CommandIo } from '../command.ts';
import { callEngine } from '../session.ts';

let count = 0;

/** @throws SpillwayError CANCELLED after Ctrl-C; whatever the call throws */
export async function interruptible<T>(
  engine: Pick<EngineApi, 'call' | 'listen'>,
  io: CommandIo,
  call: (jobId: string) => Promise<T>,
): Promise<T> {
  const jobId = `cli-${++count}`;
  const stop = (): void => void callEngine(engine, 'jobs.cancel', { jobId });
  const stopListening = engine.listen(({ topic, payload }) => {
    if (topic !== 'progress') return;
    const { jobId: about, share } = payload as Topics['progress'];
    if (about === jobId) io.progress?.(`${Math.floor(share * 100)} %`);
  });
  process.once('SIGINT', stop);
  try {
    return await call(jobId);
  } finally {
    process.off('SIGINT', stop);
    stopListening();
  }
}
