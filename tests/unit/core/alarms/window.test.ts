import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wallClockPeriodsSeconds, wallClockWindows } from '../../../../src/core/alarms/window.ts';
import { zoneOffsetMs } from '../../../../src/core/time/zone.ts';

const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
const show = (period: number, zone: string, now: string, count = 1) =>
  wallClockWindows(period, zone, Date.parse(`${now}Z`), count).map(({ fromMs, toMs }) => `${iso(fromMs)} ${iso(toMs)}`);

test.each([
  // period, zone, now, newest whole period in UTC, because
  [300, 'UTC', '2026-03-02T00:06:00', '2026-03-02T00:00 2026-03-02T00:05', 'not minutes 2 to 6'],
  [300, 'UTC', '2026-03-02T00:05:00', '2026-03-02T00:00 2026-03-02T00:05', 'a period is whole at its end'],
  [300, 'UTC', '2026-03-02T00:04:59', '2026-03-01T23:55 2026-03-02T00:00', 'and not a second before'],
  [60, 'UTC', '2026-03-02T00:00:59', '2026-03-01T23:59 2026-03-02T00:00', 'minutes'],
  [3600, 'UTC', '2026-03-02T10:59:00', '2026-03-02T09:00 2026-03-02T10:00', 'hours'],
  [3600, '+05:30', '2026-03-02T10:45:00', '2026-03-02T09:30 2026-03-02T10:30', 'hours of a half-hour zone'],
  [3600, 'Asia/Kathmandu', '2026-03-02T10:20:00', '2026-03-02T09:15 2026-03-02T10:15', 'and of a quarter-hour zone'],
  [86_400, 'UTC', '2026-03-02T10:00:00', '2026-03-01T00:00 2026-03-02T00:00', 'days'],
  [86_400, 'Asia/Seoul', '2026-03-02T15:00:00', '2026-03-01T15:00 2026-03-02T15:00', 'midnight in Seoul'],
  [86_400, 'Asia/Seoul', '2026-03-02T14:59:00', '2026-02-28T15:00 2026-03-01T15:00', 'a minute before it'],
  [86_400, '-03:00', '2026-03-02T03:00:00', '2026-03-01T03:00 2026-03-02T03:00', 'west of Greenwich'],
  [86_400, 'America/New_York', '2026-03-09T12:00:00', '2026-03-08T05:00 2026-03-09T04:00', 'the day of 23 hours'],
  [86_400, 'America/New_York', '2026-11-02T12:00:00', '2026-11-01T04:00 2026-11-02T05:00', 'the day of 25 hours'],
  [604_800, 'UTC', '2026-03-04T10:00:00', '2026-02-23T00:00 2026-03-02T00:00', 'Monday to Monday'],
  [604_800, 'UTC', '2026-03-02T00:00:00', '2026-02-23T00:00 2026-03-02T00:00', 'whole on Monday at 0'],
  [604_800, 'UTC', '2026-03-01T23:59:59', '2026-02-16T00:00 2026-02-23T00:00', 'and not on Sunday night'],
  [604_800, 'America/New_York', '2026-03-10T12:00:00', '2026-03-02T05:00 2026-03-09T04:00', 'a week of 167 hours'],
  [3600, 'America/New_York', '2026-11-01T06:30:00', '2026-11-01T05:00 2026-11-01T06:00', 'the hour shown twice, first'],
  [3600, 'America/New_York', '2026-11-01T07:10:00', '2026-11-01T06:00 2026-11-01T07:00', 'the hour shown twice, again'],
] as const)('[ALARM-08] [MODEL-40] %d s in %s at %s: %s (%s)', (period, zone, now, newest, _because) => {
  expect(show(period, zone, now)).toEqual([newest]);
});

test('[ALARM-08] several periods come oldest first and touch', () => {
  expect(show(86_400, 'America/New_York', '2026-03-09T12:00:00', 3)).toEqual([
    '2026-03-06T05:00 2026-03-07T05:00',
    '2026-03-07T05:00 2026-03-08T05:00',
    '2026-03-08T05:00 2026-03-09T04:00',
  ]);
});

test('[ALARM-08] windows are whole, touch, and begin at the same place of every clock', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...wallClockPeriodsSeconds),
      fc.constantFrom('UTC', 'Asia/Seoul', 'America/New_York', 'Europe/London', '+05:45'),
      fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) }),
      fc.integer({ min: 1, max: 4 }),
      (period, zone, now, count) => {
        const windows = wallClockWindows(period, zone, now, count);
        expect(windows).toHaveLength(count);
        expect(windows.at(-1)!.toMs).toBeLessThanOrEqual(now);
        // Nothing whole was left out: the next period is not over yet, even with an hour more or less.
        expect(now - windows.at(-1)!.toMs).toBeLessThan(period * 1000 + (period >= 86_400 ? HOUR : 0));
        windows.forEach(({ fromMs, toMs }, index) => {
          if (index > 0) expect(fromMs).toBe(windows[index - 1]!.toMs);
          expect(Math.abs(toMs - fromMs - period * 1000)).toBeLessThanOrEqual(period >= 86_400 ? HOUR : 0);
          const wall = fromMs + zoneOffsetMs(zone, fromMs);
          expect(wall % Math.min(period * 1000, 24 * HOUR)).toBe(0);
          if (period === 604_800) expect(new Date(wall).getUTCDay()).toBe(1);
        });
      },
    ),
    { numRuns: 300 },
  );
});
