/**
 * A group of a scenario file: its sizes and delays, the work its instances do, its step policies.
 *
 * Everything else of the file is parse.ts.
 */
import type { StepScalingPolicy } from '../../core/scaling/types.ts';
import { validateStepPolicy } from '../../core/scaling/validate.ts';
import type { Fields } from './fields.ts';
import type { GroupSpec, SecondsRange, ServiceTimeSpec, WorkSpec } from './spec.ts';

const whole = { whole: true } as const;

export function readGroup(fields: Fields): GroupSpec {
  const minSize = fields.number('minSize', { min: 0, max: 10_000, ...whole });
  const maxSize = fields.number('maxSize', { min: 0, max: 10_000, ...whole });
  const desiredCapacity = fields.number('desiredCapacity', { min: 0, max: 10_000, ...whole }, minSize);
  if (maxSize < minSize) fields.invalid('maxSize', `>= minSize (${minSize})`);
  else if (desiredCapacity < minSize || desiredCapacity > maxSize) {
    fields.invalid('desiredCapacity', `minSize..maxSize (${minSize}..${maxSize})`);
  }
  return {
    name: fields.text('name'),
    instanceType: fields.text('instanceType', 'm7g.large'),
    minSize,
    maxSize,
    desiredCapacity,
    defaultInstanceWarmupSeconds: fields.has('defaultInstanceWarmupSeconds')
      ? fields.number('defaultInstanceWarmupSeconds', { min: 0, max: 3_600, ...whole })
      : null,
    defaultCooldownSeconds: fields.number('defaultCooldownSeconds', { min: 0, max: 86_400, ...whole }, 300),
    launchSeconds: readRange(fields, 'launchSeconds', { from: 60, to: 180 }),
    terminateSeconds: readRange(fields, 'terminateSeconds', { from: 10, to: 40 }),
    reactionSeconds: readRange(fields, 'reactionSeconds', { from: 5, to: 30 }),
    metricsCollection: fields.flag('metricsCollection', true),
    work: fields.object('work', readWork),
    policies: fields.list('policies', readPolicy),
  };
}

function readRange(fields: Fields, name: string, fallback: SecondsRange): SecondsRange {
  const range = fields.object(name, (inner) => {
    const from = inner.number('from', { min: 0, max: 3_600 });
    const to = inner.number('to', { min: 0, max: 3_600 });
    if (to < from) inner.invalid('to', `>= from (${from})`);
    return { from, to };
  });
  return range ?? fallback;
}

function readWork(fields: Fields): WorkSpec {
  const serviceTime = fields.requiredObject('serviceTime', readServiceTime);
  return {
    queue: fields.text('queue'),
    serviceTime: serviceTime ?? { distribution: 'constant', meanSeconds: 1 },
    concurrency: fields.number('concurrency', { min: 1, max: 1_000, ...whole }, 1),
    batchSize: fields.number('batchSize', { min: 1, max: 10, ...whole }, 10),
    waitSeconds: fields.number('waitSeconds', { min: 1, max: 20, ...whole }, 20),
    onTermination: fields.choice('onTermination', ['finish', 'abandon'], 'finish'),
  };
}

function readServiceTime(fields: Fields): ServiceTimeSpec {
  const distribution = fields.choice('distribution', ['constant', 'exponential', 'lognormal']);
  const meanSeconds = fields.number('meanSeconds', { min: 0.001, max: 43_200 });
  if (distribution !== 'lognormal') return { distribution, meanSeconds };
  return { distribution, meanSeconds, variation: fields.number('variation', { min: 0, max: 20 }, 0.5) };
}

function readPolicy(fields: Fields): StepScalingPolicy {
  const policy: StepScalingPolicy = {
    name: fields.text('name'),
    adjustmentType: fields.choice('adjustmentType', ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity']),
    steps: fields.list('steps', (inner) => ({
      lowerBound: inner.has('from') ? inner.number('from', {}) : null,
      upperBound: inner.has('to') ? inner.number('to', {}) : null,
      adjustment: inner.number('adjustment', whole),
    })),
    minAdjustmentMagnitude: fields.has('minAdjustmentMagnitude')
      ? fields.number('minAdjustmentMagnitude', { min: 1, ...whole })
      : null,
    metricAggregationType: fields.choice('metricAggregationType', ['Average', 'Minimum', 'Maximum'], 'Average'),
    estimatedInstanceWarmupSeconds: fields.has('estimatedInstanceWarmupSeconds')
      ? fields.number('estimatedInstanceWarmupSeconds', { min: 0, max: 86_400, ...whole })
      : null,
    enabled: fields.flag('enabled', true),
  };
  for (const fault of validateStepPolicy(policy)) fields.refuse(fault.field, fault.problem);
  return policy;
}
