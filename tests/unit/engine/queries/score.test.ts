import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scoreReasons } from '../../../../src/core/model/scoreReasons.ts';
import { type ScoreFacts, scoreOf, scorePoints } from '../../../../src/engine/queries/score.ts';

const calm: ScoreFacts = {
  alarmState: 'OK',
  ageSeconds: 10,
  retentionSeconds: 345_600,
  depth: 0,
  trend: 'steady',
  deadLetters: 0,
  deadLettersGrowing: false,
  isDeadLetterQueue: false,
  hotShard: false,
  writesThrottled: false,
  stale: false,
};
const score = (facts: Partial<ScoreFacts>): number => scoreOf({ ...calm, ...facts }).score;

describe('UX-01 worst first', () => {
  it.each([
    { worse: { alarmState: 'ALARM' }, better: { depth: 100_000 }, because: 'an alarm outranks a mere backlog' },
    {
      worse: { trend: 'growing', depth: 500 },
      better: { trend: 'draining', depth: 50_000, ageSeconds: 600 },
      because: 'a large shrinking backlog is not an incident (UX-02)',
    },
    {
      worse: { deadLettersGrowing: true, deadLetters: 3 },
      better: { deadLetters: 500 },
      because: 'growth outranks an old heap',
    },
    {
      worse: { ageSeconds: 300_000 },
      better: { ageSeconds: 300, trend: 'growing' },
      because: 'messages are about to be lost',
    },
    { worse: { ageSeconds: 300 }, better: { ageSeconds: null }, because: 'unknown is not old' },
    {
      worse: { trend: 'growing', ageSeconds: 60 },
      better: { isDeadLetterQueue: true, deadLetters: 20, ageSeconds: 80_000 },
      because: 'dead letters of yesterday are no incident of now',
    },
    { worse: { stale: true }, better: {}, because: 'no news is not good news' },
    {
      worse: { hotShard: true, writesThrottled: true },
      better: { hotShard: true },
      because: 'refused writes lose data',
    },
  ] as { worse: Partial<ScoreFacts>; better: Partial<ScoreFacts>; because: string }[])(
    '$because',
    ({ worse, better }) => {
      expect(score(worse)).toBeGreaterThan(score(better));
    },
  );

  it('says its reasons, largest first, and leaves out what gave nothing', () => {
    const facts = { ...calm, alarmState: 'ALARM', trend: 'growing', depth: 200_000, ageSeconds: 900 } as const;
    expect(scoreOf(facts).reasons).toEqual(['alarm', 'growing', 'age', 'backlog']);
    expect(scoreOf({ ...calm, ageSeconds: 0 }).reasons).toEqual([]);
  });

  it('docs/overview-score.md lists every reason with its points', () => {
    const page = readFileSync(new URL('../../../../docs/overview-score.md', import.meta.url), 'utf8');
    const rows = new Map(
      [...page.matchAll(/^\| `(\w+)` \| (?:0 to )?(\d+) \|/gm)].map(([, name, points]) => [name, Number(points)]),
    );
    expect([...rows.keys()].sort()).toEqual([...scoreReasons].sort());
    for (const reason of scoreReasons) expect(rows.get(reason)).toBe(scorePoints[reason]);
  });
});
