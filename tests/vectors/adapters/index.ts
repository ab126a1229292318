/** Every adapter there is; a new area adds its line here. */
import type { Adapters } from '../adapter.ts';
import { mergeAdapters } from '../run.ts';
import { alarmsAdapters } from './alarms.ts';
import { compositeAdapters } from './composite.ts';
import { cooldownAdapters } from './cooldown.ts';
import { defaultsAdapters } from './defaults.ts';
import { kinesisAdapters } from './kinesis.ts';
import { kubernetesAdapters } from './kubernetes.ts';
import { lambdaAdapters } from './lambda.ts';
import { lifecycleAdapters } from './lifecycle.ts';
import { metricMathAdapters } from './metricMath.ts';
import { queueAdapters } from './queue.ts';
import { queueingAdapters } from './queueing/index.ts';
import { scalingAdapters } from './scaling.ts';
import { scheduleAdapters } from './schedule.ts';
import { targetTrackingAdapters } from './targetTracking.ts';
import { traceAdapters } from './trace.ts';

export const adapters: Adapters = mergeAdapters([
  alarmsAdapters,
  metricMathAdapters,
  compositeAdapters,
  scalingAdapters,
  targetTrackingAdapters,
  cooldownAdapters,
  scheduleAdapters,
  lifecycleAdapters,
  defaultsAdapters,
  lambdaAdapters,
  kinesisAdapters,
  kubernetesAdapters,
  queueAdapters,
  queueingAdapters,
  traceAdapters,
]);
