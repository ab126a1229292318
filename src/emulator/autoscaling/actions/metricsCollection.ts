/**
 * EnableMetricsCollection and DisableMetricsCollection: group metrics exist only while enabled (GMET-01).
 */

import { groupMetricNames } from '../../../core/scaling/groupMetrics.ts';
import { defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import { validationError } from '../errors.ts';
import { type AutoScalingState, groupNamed } from '../state.ts';

interface EnableInput {
  readonly AutoScalingGroupName: string;
  readonly Metrics?: readonly string[];
  readonly Granularity: string;
}

export const enableMetricsCollection = defineAction<AutoScalingState, EnableInput, Record<string, never>>({
  name: 'EnableMetricsCollection',
  input: structure({ AutoScalingGroupName: required(text), Metrics: list(text), Granularity: required(text) }),
  output: null,
  run(state, { AutoScalingGroupName, Metrics, Granularity }) {
    const group = groupNamed(state, AutoScalingGroupName);
    if (Granularity !== '1Minute') throw validationError("Granularity must be '1Minute'");
    for (const name of namesOf(Metrics)) group.enabledMetrics.add(name);
    return {};
  },
});

export const disableMetricsCollection = defineAction<
  AutoScalingState,
  { readonly AutoScalingGroupName: string; readonly Metrics?: readonly string[] },
  Record<string, never>
>({
  name: 'DisableMetricsCollection',
  input: structure({ AutoScalingGroupName: required(text), Metrics: list(text) }),
  output: null,
  run(state, { AutoScalingGroupName, Metrics }) {
    const group = groupNamed(state, AutoScalingGroupName);
    for (const name of namesOf(Metrics)) group.enabledMetrics.delete(name);
    return {};
  },
});

/** No names mean all metrics that this emulator has. */
function namesOf(names: readonly string[] | undefined): readonly string[] {
  if (names === undefined || names.length === 0) return groupMetricNames;
  const unknown = names.find((name) => !groupMetricNames.some((known) => known === name));
  if (unknown !== undefined) {
    throw validationError(`Metric ${unknown} is not supported. Use one of ${groupMetricNames.join(', ')}.`);
  }
  return names;
}
