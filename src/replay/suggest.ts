/**
 * Two alternatives to the deployed setup, to start comparing from: one that notices sooner, one that answers harder.
 *
 * Ordinary settings a person would try first, not an optimum. Rules: docs/rules/replay.md (SUG-01 to SUG-03).
 */
import type { ReplayAlarm, ReplaySetup } from '../core/contract/shapes.ts';

type Driven = ReplaySetup['policies'][number];

/** @returns two setups with plain names; policies and alarms keep their names, so decisions compare. Throws nothing. */
export function suggestSetups(deployed: ReplaySetup): ReplaySetup[] {
  return [
    deployed.policies.some((driven) => scalesOut(driven) && !actsOnOneMinute(driven))
      ? rewrite(deployed, 'Scale out sooner: one datapoint', (driven) => (scalesOut(driven) ? sooner(driven) : driven))
      : rewrite(deployed, 'Scale out sooner: half the threshold', (driven) =>
          scalesOut(driven) ? half(driven) : driven,
        ),
    rewrite(deployed, 'Larger steps out, slower in', (driven) => (scalesOut(driven) ? larger(driven) : slower(driven))),
  ];
}

function rewrite(deployed: ReplaySetup, label: string, change: (driven: Driven) => Driven): ReplaySetup {
  return { ...deployed, label, policies: deployed.policies.map(change) };
}

/** By the alarm's side: a policy on a high alarm is there to add. */
function scalesOut({ alarm }: Driven): boolean {
  return alarm.comparisonOperator.startsWith('Greater');
}

function actsOnOneMinute({ alarm }: Driven): boolean {
  return alarm.periodSeconds === 60 && alarm.evaluationPeriods === 1;
}

/** The steps are offsets from the threshold, so they come down with it (STEP-02). */
function half({ policy, alarm }: Driven): Driven {
  return { policy, alarm: { ...alarm, threshold: alarm.threshold / 2 } };
}

function sooner({ policy, alarm }: Driven): Driven {
  const once: ReplayAlarm = { ...alarm, periodSeconds: 60, evaluationPeriods: 1, datapointsToAlarm: 1 };
  return { policy, alarm: once };
}

function larger({ policy, alarm }: Driven): Driven {
  const steps = policy.steps.map((step) => ({ ...step, adjustment: doubled(step.adjustment) }));
  return { policy: { ...policy, steps }, alarm };
}

/** Twice as many; what does not add stays. */
function doubled(adjustment: number): number {
  return adjustment <= 0 ? adjustment : adjustment * 2;
}

function slower({ policy, alarm }: Driven): Driven {
  const periods = Math.min(alarm.evaluationPeriods * 2, Math.floor(86_400 / alarm.periodSeconds));
  const evaluationPeriods = Math.max(alarm.evaluationPeriods, periods);
  const datapointsToAlarm = Math.min(evaluationPeriods, alarm.datapointsToAlarm * 2);
  return { policy, alarm: { ...alarm, evaluationPeriods, datapointsToAlarm } };
}
