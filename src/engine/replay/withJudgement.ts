/**
 * A run with its judgement, as another object: runs in memory are shared and must not be changed.
 *
 * Copied by its properties as they are. Decisions and changes of alarms are told when they are first read (REP-80), and a spread would read
 * them: of a year that is a quarter of the time until its yardsticks stand, for a hundred thousand objects that hardly anybody looks at.
 */
import type { Judgement, ReplayRun } from '../../core/contract/shapes.ts';

export function withJudgement(run: ReplayRun, judgement: Judgement): ReplayRun {
  const copy: ReplayRun = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(run));
  return Object.assign(copy, { judgement });
}
