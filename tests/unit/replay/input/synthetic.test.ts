/** Described traffic: exact heights, sums of parts, chance by seed, and what is refused. */
import { expect, test } from 'vitest';
import { SpillwayError } from '../../../../src/core/errors.ts';
import { messageText } from '../../../../src/core/messages/index.ts';
import { shapeParts, shapeTrace } from '../../../../src/replay/input/index.ts';

const monday = Date.UTC(2026, 2, 2) / 1000;
const values = (shape: string, minutes = 1440) => [...shapeTrace(shape, minutes, monday).values];

test('[IMP-51] constant, step, ramp and spikes are what they say', () => {
  expect(values('constant:rate=7', 3)).toEqual([7, 7, 7]);
  expect(values('step:from=1,to=5,at=2', 4)).toEqual([1, 1, 5, 5]);
  expect(values('ramp:from=0,to=10,at=1,over=4', 7)).toEqual([0, 0, 2.5, 5, 7.5, 10, 10]);
  expect(values('spikes:every=3,height=9,at=1', 8)).toEqual([0, 9, 0, 0, 9, 0, 0, 9]);
});

test('[IMP-51] a day is highest at its peak and lowest twelve hours away; weekends are scaled', () => {
  const week = values('daily:mean=100,amplitude=50,peak=14,weekend=0.5', 7 * 1440);
  expect(week[14 * 60]).toBe(150);
  expect(week[2 * 60]).toBeCloseTo(50, 9);
  expect(week[8 * 60]).toBeCloseTo(100, 9);
  // Monday to Friday, then Saturday.
  expect(week[4 * 1440 + 14 * 60]).toBe(150);
  expect(week[5 * 1440 + 14 * 60]).toBe(75);
  expect(values('daily:mean=10,amplitude=50,peak=14')[2 * 60]).toBe(0);
});

test('[IMP-51] a crowd rises in a straight line, stays, and decays by half', () => {
  const crowd = values('crowd:at=10,height=100,rise=4,hold=5,half=3', 40);
  expect(crowd.slice(9, 15)).toEqual([0, 0, 25, 50, 75, 100]);
  expect(crowd[18]).toBe(100);
  expect(crowd[22]).toBeCloseTo(50, 9);
  expect(crowd[25]).toBeCloseTo(25, 9);
});

test('[IMP-50] parts add up', () => {
  expect(values('constant:rate=7 + step:from=0,to=5,at=1', 3)).toEqual([7, 12, 12]);
});

test('[IMP-52] chance gives whole numbers of the right mean and variance, the same for the same seed', () => {
  for (const mean of [3, 80, 900]) {
    const drawn = values(`constant:rate=${mean} + chance:seed=5`, 20_000);
    expect(drawn.every(Number.isInteger)).toBe(true);
    const average = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - average) ** 2, 0) / drawn.length;
    // Five standard errors.
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / drawn.length));
    expect(Math.abs(variance / mean - 1)).toBeLessThan(5 * Math.sqrt(2 / drawn.length + 1 / (mean * drawn.length)));
    expect(values(`constant:rate=${mean} + chance:seed=5`, 100)).toEqual(drawn.slice(0, 100));
    expect(values(`constant:rate=${mean} + chance:seed=6`, 100)).not.toEqual(drawn.slice(0, 100));
  }
});

test.each([
  { shape: 'flood:height=3', says: /there is no such part; there are constant, step/ },
  { shape: 'constant:', says: /rate is missing; add rate=NUMBER/ },
  { shape: 'constant:rate=-1', says: /rate is "-1", expected a number from 0/ },
  { shape: 'constant:rate=', says: /rate is "", expected/ },
  { shape: 'constant:rate=NaN', says: /rate is "NaN", expected/ },
  { shape: 'constant:rate=1,colour=3', says: /colour is not a field of it; there are rate/ },
  { shape: 'constant:rate=1 +', says: /part "" cannot be used/ },
  { shape: '__proto__:rate=1', says: /no such part/ },
  { shape: 'constant:__proto__=1', says: /__proto__ is not a field/ },
])('refuses $shape in both languages', ({ shape, says }) => {
  let thrown: unknown;
  try {
    shapeTrace(shape, 3, monday);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(SpillwayError);
  const error = thrown as SpillwayError;
  expect(messageText('en', error)).toMatch(says);
  expect(messageText('ko', error)).toMatch(/부분을 쓸 수 없습니다: .*[가-힣]/);
});

test('every part has a working example with its least fields', () => {
  const least: Record<(typeof shapeParts)[number], string> = {
    constant: 'rate=1',
    step: 'from=1,to=2,at=3',
    ramp: 'from=1,to=2,over=3',
    daily: 'mean=2,amplitude=1',
    sine: 'mean=2,amplitude=1,period=60',
    crowd: 'at=1,height=2',
    spikes: 'every=5,height=2',
    chance: '',
  };
  for (const part of shapeParts) expect(values(`${part}:${least[part]}`, 20).every(Number.isFinite), part).toBe(true);
});
