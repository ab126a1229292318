/**
 * What the antipattern search needs, out of a replayed run.
 */
import type { ReplayAssumptions, ReplayRun } from '../../core/contract/shapes.ts';
import { effectiveWarmupSeconds } from '../../core/scaling/warmup.ts';
import { alarmsOfSetup } from '../scalers/plan.ts';
import type { AntipatternInput } from './types.ts';

/**
 * @param demand instances needed per minute (replay/yardsticks)
 * @param cpuPct mean CPU of the group per minute, where it was recorded
 */
export function antipatternInputOf(
  run: Pick<ReplayRun, 'columns' | 'setup'>,
  assumptions: ReplayAssumptions,
  demand: Float64Array,
  cpuPct?: Float64Array,
): AntipatternInput {
  const { columns, setup } = run;
  const { group, policies } = setup;
  const alarms = alarmsOfSetup(setup);
  return {
    times: columns.times,
    backlog: columns.backlog,
    ageSeconds: columns.ageSeconds,
    desired: columns.desired,
    inService: columns.inService,
    demand,
    ...(cpuPct === undefined ? {} : { cpuPct }),
    minSize: group.minSize,
    maxSize: group.maxSize,
    ageGoalSeconds: assumptions.ageGoalSeconds,
    throughputPerInstancePerMinute: assumptions.throughputPerInstancePerMinute,
    launchDelaySeconds: assumptions.launchDelaySeconds,
    warmupSeconds: Math.max(
      0,
      ...[...policies.map(({ policy }) => policy), ...(setup.tracking ?? [])].map((policy) =>
        effectiveWarmupSeconds(policy, group),
      ),
    ),
    scaleInMinutes: Math.max(
      0,
      ...alarms
        .filter(({ comparisonOperator }) => comparisonOperator.startsWith('Less'))
        .map(({ evaluationPeriods, periodSeconds }) => (evaluationPeriods * periodSeconds) / 60),
    ),
    measures: alarms.map(({ measure }) => measure),
  };
}
