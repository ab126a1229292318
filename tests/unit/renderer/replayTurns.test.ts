import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../src/renderer/features/replay/turns.ts';

const shown = false;
const judged = true;

describe('turns of replays that one screen asks for', () => {
  it('asks at once while nothing runs, and has nothing to ask after it', () => {
    const turns = createTurns();
    expect(turns.take(shown)).toBe(true);
    expect(turns.next()).toBeNull();
    expect(turns.take(judged)).toBe(true);
  });

  it.each([
    { asked: [shown], next: shown, because: 'settings moved while one ran' },
    {
      asked: [judged],
      next: judged,
      because: 'settings came to rest while one ran: yardsticks must not stay those of before',
    },
    { asked: [shown, shown, judged], next: judged, because: 'a drag ended while one ran' },
    { asked: [judged, shown], next: shown, because: 'a drag went on: it comes to rest later' },
  ])('$asked while one runs asks $next once: $because', ({ asked, next }) => {
    const turns = createTurns();
    turns.take(shown);
    for (const judge of asked) expect(turns.take(judge)).toBe(false);
    expect(turns.next()).toBe(next);
    expect(turns.take(next)).toBe(true);
    expect(turns.next()).toBeNull();
  });

  it('forgets what waits when a replay is cancelled', () => {
    const turns = createTurns();
    turns.take(shown);
    turns.take(judged);
    turns.drop();
    expect(turns.next()).toBeNull();
  });
});
