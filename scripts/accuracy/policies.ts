/**
 * Three policies for the demo's fleet: as it ships, by percent, and one that acts at once in large steps.
 *
 * The scenario is parsed, so a field that is renamed there fails here.
 */
import type { Scenario } from '../../src/emulator/index.ts';

type Group = Scenario['groups'][number];
type Policy = Group['policies'][number];
type Alarm = Scenario['alarms'][number];

export interface Variant {
  readonly name: string;
  readonly of: (scenario: Scenario) => Scenario;
}

export const variants: readonly Variant[] = [
  { name: 'as shipped: +1/+2/+4, 3 of 3', of: (scenario) => scenario },
  {
    name: 'percent: +20/+50/+100 %, -15 %',
    of: (scenario) =>
      changed(
        scenario,
        (policy) => ({
          ...policy,
          adjustmentType: 'PercentChangeInCapacity',
          minAdjustmentMagnitude: 1,
          steps: isIn(policy)
            ? policy.steps.map((step) => ({ ...step, adjustment: -15 }))
            : policy.steps.map((step, at) => ({ ...step, adjustment: [20, 50, 100][at]! })),
        }),
        (alarm) => alarm,
      ),
  },
  {
    name: 'at once: +3/+5/+8, 1 of 1, in after 8 min',
    of: (scenario) =>
      changed(
        scenario,
        (policy) =>
          isIn(policy)
            ? policy
            : { ...policy, steps: policy.steps.map((step, at) => ({ ...step, adjustment: [3, 5, 8][at]! })) },
        (alarm) => {
          const periods = isLow(alarm) ? 8 : 1;
          return { ...alarm, rule: { ...alarm.rule, evaluationPeriods: periods, datapointsToAlarm: periods } };
        },
      ),
  },
];

const isIn = (policy: Policy): boolean => policy.steps.every(({ adjustment }) => adjustment < 0);
const isLow = ({ rule }: Alarm): boolean => rule.comparisonOperator.startsWith('Less');

function changed(scenario: Scenario, policy: (of: Policy) => Policy, alarm: (of: Alarm) => Alarm): Scenario {
  return {
    ...scenario,
    groups: scenario.groups.map((group) => ({ ...group, policies: group.policies.map(policy) })),
    alarms: scenario.alarms.map(alarm),
  };
}
