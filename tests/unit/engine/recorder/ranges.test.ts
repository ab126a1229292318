import { describe, expect, it } from 'vitest';
import { chunksOf, lastWholeMinuteEnd, type Progress, rangeToAsk } from '../../../../src/engine/recorder/ranges.ts';

const now = 1_772_409_637; // 00:00:37 of some minute
const to = now - 37;
const minutes = 60;
const hours = 3600;
const days = 86_400;

describe('which minutes to ask for', () => {
  it.each([
    { asked: undefined, data: undefined, from: to - days, because: 'seen for the first time: a day' },
    { asked: to - 60, data: to - 60, from: to - 60 - 5 * minutes, because: 'late minutes are revised' },
    {
      asked: to - 60,
      data: to - 4 * minutes,
      from: to - 9 * minutes,
      because: 'published late: from the last datapoint',
    },
    { asked: to - 2 * days, data: to - 2 * days, from: to - 2 * days - 5 * minutes, because: 'the gap of a restart' },
    {
      asked: to - 60,
      data: to - 9 * days,
      from: to - 60 - 3 * hours - 5 * minutes,
      because: 'an idle queue is not asked for nine days each minute',
    },
    { asked: to - 60, data: undefined, from: to - 60 - 3 * hours - 5 * minutes, because: 'never published anything' },
    {
      asked: to - 40 * days,
      data: to - 40 * days,
      from: to - 15 * days,
      because: 'CloudWatch keeps 15 days of minutes',
    },
    { asked: to + 600, data: to + 600, from: to, because: 'a clock that was set back asks for nothing' },
  ] as { asked?: number; data?: number; from: number; because: string }[])('$because', ({ asked, data, from }) => {
    const progress: Progress = { askedThroughSeconds: asked, dataThroughSeconds: data };
    expect(rangeToAsk(progress, now * 1000)).toEqual({ fromSeconds: from, toSeconds: to });
  });

  it('the minute under way is never asked for', () => {
    expect(lastWholeMinuteEnd(59_999)).toBe(0);
    expect(lastWholeMinuteEnd(60_000)).toBe(60);
  });

  it('a long range comes in chunks that leave nothing out and nothing twice', () => {
    const chunks = chunksOf({ fromSeconds: 0, toSeconds: 15 * hours });
    expect(chunks).toEqual([
      { fromSeconds: 0, toSeconds: 6 * hours },
      { fromSeconds: 6 * hours, toSeconds: 12 * hours },
      { fromSeconds: 12 * hours, toSeconds: 15 * hours },
    ]);
    expect(chunksOf({ fromSeconds: 5, toSeconds: 5 })).toEqual([]);
  });
});
