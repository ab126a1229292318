import { expect, test } from 'vitest';
import { instantOfWallClockMs, isTimeZone, zoneOffsetMs } from '../../../../src/core/time/zone.ts';

const HOUR = 3_600_000;

test.each([
  ['UTC', '2026-03-02T00:00:00Z', 0],
  ['Asia/Seoul', '2026-03-02T00:00:00Z', 9],
  ['America/New_York', '2026-03-08T06:59:59Z', -5],
  ['America/New_York', '2026-03-08T07:00:00Z', -4],
  ['America/New_York', '2026-11-01T05:59:59Z', -4],
  ['America/New_York', '2026-11-01T06:00:00Z', -5],
  ['+05:30', '2026-03-02T00:00:00Z', 5.5],
  ['-0930', '2026-03-02T00:00:00Z', -9.5],
  ['UTC+05:45', '2026-03-02T00:00:00Z', 5.75],
  ['Asia/Seoul', '2026-03-02T00:00:00.750Z', 9],
  ['Asia/Seoul', '1969-12-31T23:59:59.750Z', 9],
] as const)('%s at %s is %d hours from UTC', (zone, at, hours) => {
  expect(zoneOffsetMs(zone, Date.parse(at))).toBe(hours * HOUR);
});

test.each([
  ['Asia/Seoul', '2026-03-02T09:00:00', '2026-03-02T00:00:00.000Z'],
  ['America/New_York', '2026-03-08T01:59:00', '2026-03-08T06:59:00.000Z'],
  ['America/New_York', '2026-03-08T03:00:00', '2026-03-08T07:00:00.000Z'],
  // Jumped over: what would have been 02:30 is shown as 03:30.
  ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00.000Z'],
  // Shown twice: the first.
  ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z'],
  ['America/New_York', '2026-11-01T02:00:00', '2026-11-01T07:00:00.000Z'],
  ['-03:00', '2026-03-02T00:00:00', '2026-03-02T03:00:00.000Z'],
] as const)('a clock of %s shows %s at %s', (zone, wall, instant) => {
  expect(new Date(instantOfWallClockMs(zone, Date.parse(`${wall}Z`))).toISOString()).toBe(instant);
});

test('[ALARM-08] names, and differences in steps of 5 minutes', () => {
  const good = ['UTC', 'Asia/Seoul', 'America/New_York', '+09:00', '-23:55', 'UTC+05:30', 'GMT-03:00', '+0000'];
  const bad = ['Mars/Olympus', '', '+09:01', '+24:00', '+12:60', '9', '+9:00', 'UTC+', '+09:00 ', 'x+09:00'];
  expect(good.filter(isTimeZone)).toEqual(good);
  expect(bad.filter(isTimeZone)).toEqual([]);
});
