/**
 * Why a resource stands where it stands in the overview: the codes of `resourceRow.scoreReasons`, for the screens to word.
 *
 * What each is worth: docs/overview-score.md.
 */
export const scoreReasons = [
  'alarm',
  'deadLettersGrowing',
  'growing',
  'hotShard',
  'throttled',
  'deadLetters',
  'stale',
  'age',
  'backlog',
] as const;

export type ScoreReason = (typeof scoreReasons)[number];
