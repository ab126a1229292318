/** Step adjustments and alarms with the policies they drive, alike for groups and services. */
import type { ReplayAlarm, ReplaySetup } from '../contract/shapes.ts';

type Steps = ReplaySetup['policies'][number]['policy'];

export function stepsOf({ steps }: Steps): object[] {
  return steps.map(({ lowerBound, upperBound, adjustment }) => ({
    ...(lowerBound === null ? {} : { MetricIntervalLowerBound: lowerBound }),
    ...(upperBound === null ? {} : { MetricIntervalUpperBound: upperBound }),
    ScalingAdjustment: adjustment,
  }));
}

/** The variables that hold the names of the policies each alarm drives; alarms of one name are one alarm. */
export class Driven {
  readonly alarms = new Map<ReplayAlarm, string[]>();

  add(alarm: ReplayAlarm, variable: string): void {
    const same = [...this.alarms.keys()].find(({ name }) => name === alarm.name) ?? alarm;
    this.alarms.set(same, [...(this.alarms.get(same) ?? []), variable]);
  }
}
