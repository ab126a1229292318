import { describe, expect, it } from 'vitest';
import type { Decision, Judgement, ReplayRun } from '../../../../src/core/contract/shapes.ts';
import { withJudgement } from '../../../../src/engine/replay/withJudgement.ts';

const judgement = { antipatterns: [] } as unknown as Judgement;

/** As a replay gives it: decisions are told at the first reading. */
function replayed(): { readonly run: ReplayRun; readonly tellings: () => number } {
  let tellings = 0;
  const run = {
    label: 'a',
    get decisions(): Decision[] {
      tellings++;
      return [];
    },
    get alarmChanges() {
      tellings++;
      return [];
    },
  } as unknown as ReplayRun;
  return { run, tellings: () => tellings };
}

describe('[REP-80] a run with its judgement', () => {
  it('tells decisions and changes of alarms when somebody reads them, not before', () => {
    const { run, tellings } = replayed();
    const judged = withJudgement(run, judgement);
    expect(tellings()).toBe(0);
    expect(judged.decisions).toEqual([]);
    expect(tellings()).toBe(1);
  });

  it('is a run like any other, and leaves the one it was made from as it was', () => {
    const { run } = replayed();
    const judged = withJudgement(run, judgement);
    expect(structuredClone(judged)).toEqual({ label: 'a', decisions: [], alarmChanges: [], judgement });
    expect(Object.keys(judged)).toEqual(['label', 'decisions', 'alarmChanges', 'judgement']);
    expect(run.judgement).toBeUndefined();
  });
});
