/** Candidates without steps in the form: what it does not show goes through, and their one figure can be tried out. */
import { expect, it } from 'vitest';
import type { ReplaySetup } from '../../../src/core/contract/shapes.ts';
import { replaySetup } from '../../../src/core/contract/shapes.ts';
import { candidateKinds, candidateOf, kindOf } from '../../../src/core/scaling/candidates.ts';
import { readSetup, setupDraft } from '../../../src/renderer/features/replay/draft.ts';
import { translator } from '../../../src/renderer/i18n/index.ts';
import { validateSetup } from '../../../src/replay/index.ts';
import { outAndIn } from '../replay/setups.ts';

const t = translator('en');
const read = (draft: ReturnType<typeof setupDraft>) => readSetup(draft, t, 'en');
const whole: ReplaySetup = {
  ...outAndIn,
  group: {
    ...outAndIn.group,
    hooks: { launchSeconds: 60, terminateSeconds: 0 },
    warmPool: { minSize: 1, maxPreparedCapacity: null, state: 'Stopped', startSeconds: 20 },
  },
  schedule: [
    {
      name: 'night',
      startMs: null,
      endMs: null,
      recurrence: '0 22 * * *',
      timeZone: null,
      minSize: 1,
      maxSize: null,
      desiredCapacity: null,
    },
  ],
  policies: outAndIn.policies.map((driven) => ({ ...driven, cooldownSeconds: 60 })),
};

it('a candidate that is read back unchanged is the same, schedule, hooks, pool and cooldowns with it', () => {
  expect(read(setupDraft(whole))).toEqual({ value: whole, faults: new Map() });
  expect(read({ ...setupDraft(whole), maxSize: '9' }).value).toEqual({
    ...whole,
    group: { ...whole.group, maxSize: 9 },
  });
});

it.each(candidateKinds)('a candidate turned into %s is valid, keeps its limits, and is read back the same', (kind) => {
  const candidate = candidateOf(kind, whole, 357);
  expect(replaySetup.safeParse(candidate).error).toBeUndefined();
  expect(validateSetup(candidate)).toEqual([]);
  expect(kindOf(candidate)).toBe(kind);
  expect(candidate.group).toEqual(whole.group);
  expect(read(setupDraft(candidate))).toEqual({ value: candidate, faults: new Map() });
});

it('the figure of a candidate can be tried out, and a wrong one is refused beside its field', () => {
  const tracking = setupDraft(candidateOf('tracking', whole, 357));
  expect(tracking.targets).toEqual(['360']);
  expect(read({ ...tracking, targets: ['120'] }).value.tracking![0]!.targetValue).toBe(120);
  expect([...read({ ...tracking, targets: ['0'] }).faults.keys()]).toEqual(['tracking.0.targetValue']);
  const lambda = setupDraft(candidateOf('lambda', whole, 357));
  expect(read({ ...lambda, targets: [''] }).value.scaler).toMatchObject({ maximumConcurrency: null });
  expect([...read({ ...lambda, targets: ['1'] }).faults.keys()]).toEqual(['scaler']);
});
