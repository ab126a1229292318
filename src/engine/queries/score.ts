/**
 * How bad does a resource look right now? One number for sorting "worst first" (UX-01), with the reasons that made it.
 *
 * Documented for users in docs/overview-score.md; a test holds the two tables together. Not a measure of anything: only
 * the order matters.
 */
import type { ScoreReason } from '../../core/model/scoreReasons.ts';
import type { Trend } from './trend.ts';

export interface ScoreFacts {
  readonly alarmState: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | null;
  readonly ageSeconds: number | null;
  readonly retentionSeconds: number;
  /** Visible messages; null for streams. */
  readonly depth: number | null;
  readonly trend: Trend['trend'];
  /** Messages in the queue's dead-letter queue, or in this queue when it is one. */
  readonly deadLetters: number;
  readonly deadLettersGrowing: boolean;
  readonly isDeadLetterQueue: boolean;
  readonly hotShard: boolean;
  readonly writesThrottled: boolean;
  /** No datapoint for 2.5 periods although there were some before. */
  readonly stale: boolean;
}

export const scorePoints = {
  alarm: 40,
  deadLettersGrowing: 25,
  growing: 20,
  hotShard: 15,
  throttled: 15,
  deadLetters: 10,
  stale: 5,
  /** At full retention; less for younger backlogs, on a logarithmic scale. */
  age: 30,
  /** At a million messages; less for smaller backlogs, on a logarithmic scale. */
  backlog: 10,
} as const satisfies Record<ScoreReason, number>;

/** Age and backlog that are shrinking by themselves count this much (UX-02). */
export const drainingFactor = 0.5;

/** @returns the sum, and the reasons that gave at least one point, largest first */
export function scoreOf(facts: ScoreFacts): { score: number; reasons: ScoreReason[] } {
  const draining = facts.trend === 'draining' ? drainingFactor : 1;
  const points: Record<ScoreReason, number> = {
    alarm: facts.alarmState === 'ALARM' ? scorePoints.alarm : 0,
    deadLettersGrowing: facts.deadLettersGrowing ? scorePoints.deadLettersGrowing : 0,
    growing: facts.trend === 'growing' ? scorePoints.growing : 0,
    hotShard: facts.hotShard ? scorePoints.hotShard : 0,
    throttled: facts.writesThrottled ? scorePoints.throttled : 0,
    deadLetters: facts.deadLetters > 0 ? scorePoints.deadLetters : 0,
    stale: facts.stale ? scorePoints.stale : 0,
    age: draining * scorePoints.age * ageShare(facts),
    backlog: draining * scorePoints.backlog * logShare(facts.depth ?? 0, 1e6),
  };
  const reasons = (Object.keys(points) as ScoreReason[])
    .filter((reason) => points[reason] >= 1)
    .sort((a, b) => points[b] - points[a]);
  return { score: Object.values(points).reduce((sum, each) => sum + each, 0), reasons };
}

/** Dead letters wait for a person, so being old is normal for them until they are about to be lost. */
function ageShare({ ageSeconds, retentionSeconds, isDeadLetterQueue }: ScoreFacts): number {
  if (isDeadLetterQueue) return Math.min(1, (ageSeconds ?? 0) / retentionSeconds);
  return logShare((ageSeconds ?? 0) / 60, retentionSeconds / 60);
}

/** 0 at nothing, 1 at `full` and above. */
function logShare(value: number, full: number): number {
  return Math.min(1, Math.log1p(Math.max(0, value)) / Math.log1p(full));
}
