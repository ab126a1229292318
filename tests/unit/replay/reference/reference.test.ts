/**
 * The loops that run are fast because they reuse, pack and skip; the one beside this file does none of that. Ten thousand drawn
 * setups over drawn traffic: every column, decision, alarm change and figure is the same, to the last bit.
 */
import { expect, test } from 'vitest';
import type { ReplayAlarm, ReplaySetup } from '../../../../src/core/contract/shapes.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { type ReplayInput, runReplay, validateSetup } from '../../../../src/replay/index.ts';
import { loopSteps } from '../../../../src/replay/run.ts';
import { comparable, Draw, differs, drawn, drawnAlarm, finished } from './drawn.ts';
import { referenceReplay } from './replay.ts';

const SETUPS = 10_000;

test(`[REP-02] ${SETUPS} drawn setups: the kernel, the loop and the one that is written to be read agree to the last bit`, {
  timeout: 120_000,
}, () => {
  let acted = 0;
  let blocked = 0;
  let insufficient = 0;
  for (let number = 0; number < SETUPS; number++) {
    const input = drawn(number);
    if (number < 200) expect(validateSetup(input.setup), `setup ${number}`).toEqual([]);
    const run = runReplay(input);
    const { decisions, alarmChanges } = run;
    const reference = referenceReplay(input);
    const found = differs(comparable(run), reference, `setup ${number}`);
    if (found !== null) throw new Error(found);
    const inLoop = differs(comparable(finished(loopSteps(input))), reference, `setup ${number}, without the kernel`);
    if (inLoop !== null) throw new Error(inLoop);
    for (const { blockedBy } of decisions) blockedBy === null ? acted++ : blocked++;
    for (const { to } of alarmChanges) if (to === 'INSUFFICIENT_DATA') insufficient++;
  }
  // What was drawn did work: without this an empty run would pass, too.
  expect(acted).toBeGreaterThan(3 * SETUPS);
  expect(blocked).toBeGreaterThan(3 * SETUPS);
  expect(insufficient).toBeGreaterThan(SETUPS / 20);
});

test('[REP-02] as many decisions as fill several blocks of rows are told alike, and once', () => {
  const crowds = Float64Array.from({ length: 8 * 1440 }, (_, minute) => (minute % 60 < 20 ? 900 : minute % 7) + 30);
  const base = drawn(3);
  const alarmOf = (name: string, over: Partial<ReplayAlarm>): ReplayAlarm => ({
    ...drawnAlarm(new Draw(seededRandom(1, 'blocks')), name, true),
    measure: 'depth',
    statistic: 'Average',
    periodSeconds: 60,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: 60,
    comparisonOperator: 'GreaterThanThreshold',
    ...over,
  });
  const policyOf = (name: string, adjustment: number, lower: number | null, upper: number | null) => ({
    name,
    adjustmentType: 'ChangeInCapacity' as const,
    steps: [{ lowerBound: lower, upperBound: upper, adjustment }],
    minAdjustmentMagnitude: null,
    metricAggregationType: 'Average' as const,
    estimatedInstanceWarmupSeconds: 60,
    enabled: true,
  });
  const busy: ReplaySetup = {
    label: 'busy',
    group: { minSize: 1, maxSize: 30, defaultInstanceWarmupSeconds: null, defaultCooldownSeconds: 0 },
    policies: [
      { policy: policyOf('out', 2, 0, null), alarm: alarmOf('high', {}) },
      {
        policy: policyOf('in', -1, null, 0),
        alarm: alarmOf('low', { threshold: 5, comparisonOperator: 'LessThanThreshold' }),
      },
    ],
  };
  const input: ReplayInput = { ...base, arrivals: crowds, setup: busy, options: {} };
  expect(validateSetup(input.setup)).toEqual([]);
  const run = runReplay(input);
  const { decisions } = run;
  expect(differs(comparable(run), referenceReplay(input))).toBeNull();
  expect(differs(comparable(finished(loopSteps(input))), comparable(run))).toBeNull();
  expect(decisions.length).toBeGreaterThan(3 * 1024);
  expect(decisions.some(({ repeats }) => repeats > 0)).toBe(true);
  expect(run.decisions).toBe(decisions);
});
