/**
 * Which scalers a setup has: its step policies for the loop itself, what else its alarms drive, and what has its own clock.
 */
import type { ReplayAlarm, ReplaySetup } from '../../core/contract/shapes.ts';
import { effectiveWarmupSeconds } from '../../core/scaling/warmup.ts';
import { ApplicationStepDecider, ApplicationTarget } from './application.ts';
import { KubernetesScaler } from './kubernetes.ts';
import { LambdaScaler } from './lambda.ts';
import { type SimpleCooldown, SimpleDecider } from './simple.ts';
import { alarmsOfTracking, TrackingDecider } from './tracking.ts';
import type { Decider, DecisionLog, ReadAlarm, TimedScaler } from './types.ts';

export interface PlannedScalers {
  /** For an EC2 group: the loop decides these itself, without allocation. */
  readonly stepPolicies: ReplaySetup['policies'];
  readonly deciders: readonly {
    readonly decider: Decider;
    /** Seconds of the minute at which an alarm of it is evaluated. */
    readonly phases: ReadonlySet<number>;
  }[];
  readonly timed: TimedScaler | null;
}

export interface ScalerTools {
  readonly log: DecisionLog;
  /** The alarm as the loop follows it. */
  readonly alarm: (alarm: ReplayAlarm) => ReadAlarm;
  readonly servicePerInstanceSecond: number;
}

/** Every alarm that has a say, those that the service makes for target tracking among them. */
export function alarmsOfSetup({ policies, simple = [], tracking = [] }: ReplaySetup): ReplayAlarm[] {
  return [
    ...policies.map(({ alarm }) => alarm),
    ...simple.map(({ alarm }) => alarm),
    ...tracking.flatMap((settings) => {
      const { high, low } = alarmsOfTracking(settings);
      return low === null ? [high] : [high, low];
    }),
  ];
}

export function planScalers(setup: ReplaySetup, tools: ScalerTools): PlannedScalers {
  const { policies, simple = [], tracking = [], scaler, group } = setup;
  const { log } = tools;
  const target = scaler?.kind === 'ecs' ? new ApplicationTarget() : null;
  const deciders: { decider: Decider; phases: ReadonlySet<number> }[] = [];
  if (target !== null) {
    for (const driven of policies) {
      const decider = new ApplicationStepDecider(driven, tools.alarm(driven.alarm), target, log);
      deciders.push({ decider, phases: new Set([driven.alarm.phaseSeconds]) });
    }
  }
  const cooldown: SimpleCooldown = { endsAtSeconds: null };
  for (const { policy, alarm } of simple) {
    const decider = new SimpleDecider(policy, tools.alarm(alarm), group, cooldown, log);
    deciders.push({ decider, phases: new Set([alarm.phaseSeconds]) });
  }
  if (tracking.length > 0) {
    const tracked = tracking.map((settings) => {
      const { high, low } = alarmsOfTracking(settings);
      return {
        settings,
        alarms: { high: tools.alarm(high), low: low === null ? null : tools.alarm(low) },
        warmupSeconds: target === null ? effectiveWarmupSeconds(settings, group) : 0,
      };
    });
    const phases = new Set(tracking.map(({ phaseSeconds }) => phaseSeconds));
    deciders.push({ decider: new TrackingDecider(tracked, target, log), phases });
  }
  return { stepPolicies: target === null ? policies : [], deciders, timed: timedOf(setup, tools) };
}

function timedOf({ scaler }: ReplaySetup, { log, servicePerInstanceSecond }: ScalerTools): TimedScaler | null {
  if (scaler?.kind === 'keda' || scaler?.kind === 'hpa') return new KubernetesScaler(scaler, log);
  return scaler?.kind === 'lambda' ? new LambdaScaler(scaler, servicePerInstanceSecond, log) : null;
}
