/** Closed forms of queueing theory; see README.md. */
export { allenCunneen } from './allenCunneen.ts';
export { batchArrivals } from './batchArrivals.ts';
export { type BoundedQueue, finiteSource, mmck, type RefusingQueue } from './bounded.ts';
export { erlangB, erlangC } from './erlang.ts';
export {
  type Drain,
  drain,
  type StepResponse,
  sinusoidalOverload,
  stepResponse,
  triangularOverload,
  type Wave,
} from './fluid.ts';
export { mdc, mdcLaw, mdcWaitWithin } from './mdc.ts';
export { type Mg1Queue, mg1 } from './mg1.ts';
export { type MmcLoad, type MmcQueue, mmc, mmcWaitQuantileSeconds, mmcWaitTail } from './mmc.ts';
export { kieferWolfowitz, lindley, type Sequence } from './sequences.ts';
export { serversForWait, type WaitGoal } from './sizing.ts';
export { infiniteServersMean, mmcTransient, type TransientMeans, timeToEmpty } from './transient.ts';
export type { SteadyQueue } from './types.ts';
