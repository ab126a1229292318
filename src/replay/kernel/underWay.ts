/**
 * How many launches, or terminations, can be under way at once in a replay: what the kernel needs room for.
 */
import { effectiveWarmupSeconds } from '../../core/scaling/warmup.ts';
import { groupWarmupSeconds } from '../prepare.ts';
import type { ReplayInput } from '../types.ts';

/** Launches are told together when their delays are constant, else each by itself. */
export function mostUnderWay(input: ReplayInput): number {
  const changes = changesUnderWay(input);
  return input.options?.recordedDelays == null ? changes : changes * mostInstances(input);
}

/** More instances than there ever are at once. */
export function mostInstances({ initial, setup }: ReplayInput): number {
  return Math.max(setup.group.maxSize, initial.inService, initial.desired ?? 0) + 1;
}

/** One for each second at which alarms are evaluated and each minute that a launch takes until it is warm, or a termination. */
function changesUnderWay({ arrivals, setup, assumptions, options }: ReplayInput): number {
  const { launchSeconds = [], terminateSeconds = [] } = options?.recordedDelays ?? {};
  const { hooks } = setup.group;
  const longest = (own: readonly number[], assumed: number) => own.reduce((most, one) => Math.max(most, one), assumed);
  const warmups = setup.policies.map(({ policy }) => effectiveWarmupSeconds(policy, setup.group));
  const seconds = Math.max(
    longest(launchSeconds, assumptions.launchDelaySeconds + (hooks?.launchSeconds ?? 0)) +
      Math.max(groupWarmupSeconds(setup), ...warmups),
    longest(terminateSeconds, assumptions.terminateDelaySeconds + (hooks?.terminateSeconds ?? 0)),
  );
  const moments = new Set(setup.policies.map(({ alarm }) => alarm.phaseSeconds)).size;
  return moments * Math.min(arrivals.length + 1, Math.ceil(seconds / 60) + 2) + 2;
}
