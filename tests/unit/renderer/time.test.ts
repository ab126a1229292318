import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../src/renderer/time/format.ts';
import { parseInstant, parseRange, rangeText } from '../../../src/renderer/time/parseRange.ts';
import {
  currentRange,
  fixedRange,
  freeze,
  historyLimit,
  pushRange,
  type RangeSpec,
  resolveRange,
  shiftRange,
  startHistory,
  walkHistory,
  zoomOut,
} from '../../../src/renderer/time/range.ts';
import { timeTicks } from '../../../src/renderer/time/ticks.ts';
import { instantOf, isoInZone, offsetMs, wallTime, zoneLabel } from '../../../src/renderer/time/zone.ts';

const at = (iso: string) => Date.parse(iso);
const nowMs = at('2026-03-02T07:45:20Z');
const utc = { nowMs, timeZone: 'UTC' };
const seoul = { nowMs, timeZone: 'Asia/Seoul' };
const hour = 3_600_000;

describe('UX-10 a range as a person types it', () => {
  it.each<[string, RangeSpec]>([
    ['90m', { kind: 'sliding', lengthMs: 90 * 60_000 }],
    ['3h', { kind: 'sliding', lengthMs: 3 * hour }],
    ['1h30m', { kind: 'sliding', lengthMs: 1.5 * hour }],
    ['last 2 days', { kind: 'sliding', lengthMs: 48 * hour }],
    ['최근 3시간', { kind: 'sliding', lengthMs: 3 * hour }],
    ['yesterday', { kind: 'fixed', fromMs: at('2026-03-01T00:00Z'), toMs: at('2026-03-02T00:00Z') }],
    ['어제', { kind: 'fixed', fromMs: at('2026-03-01T00:00Z'), toMs: at('2026-03-02T00:00Z') }],
    ['today', { kind: 'since', fromMs: at('2026-03-02T00:00Z') }],
    ['since 07:02', { kind: 'since', fromMs: at('2026-03-02T07:02Z') }],
    ['07:02부터', { kind: 'since', fromMs: at('2026-03-02T07:02Z') }],
    ['07:00-07:30', { kind: 'fixed', fromMs: at('2026-03-02T07:00Z'), toMs: at('2026-03-02T07:30Z') }],
    // Not yet 14:00 today: yesterday's.
    ['14:00-15:30', { kind: 'fixed', fromMs: at('2026-03-01T14:00Z'), toMs: at('2026-03-01T15:30Z') }],
    ['23:30 – 00:30', { kind: 'fixed', fromMs: at('2026-03-01T23:30Z'), toMs: at('2026-03-02T00:30Z') }],
    [
      '2026-03-02T07:00Z / 2026-03-02T08:00Z',
      { kind: 'fixed', fromMs: at('2026-03-02T07:00Z'), toMs: at('2026-03-02T08:00Z') },
    ],
    [
      '2026-03-02T16:00+09:00 - 17:30',
      { kind: 'fixed', fromMs: at('2026-03-02T07:00Z'), toMs: at('2026-03-02T17:30Z') },
    ],
    ['1772434800 to 1772438400', { kind: 'fixed', fromMs: 1_772_434_800_000, toMs: 1_772_438_400_000 }],
    ['1772434800', { kind: 'since', fromMs: 1_772_434_800_000 }],
    ['2026-03-02T07:02Z', { kind: 'since', fromMs: at('2026-03-02T07:02Z') }],
    ['2026-02-28', { kind: 'fixed', fromMs: at('2026-02-28T00:00Z'), toMs: at('2026-03-01T00:00Z') }],
    ['1772434800000-1772438400000', { kind: 'fixed', fromMs: 1_772_434_800_000, toMs: 1_772_438_400_000 }],
  ])('%s', (text, spec) => expect(parseRange(text, utc)).toEqual(spec));

  it.each([
    '',
    'soon',
    '3x',
    '25:00-26:00',
    '08:00',
    '2026-02-31T00:00Z / 2026-03-02T00:00Z',
    '0m',
    '9999d',
    '2026-03-02T08:00Z',
    '2026-03-03',
    '1000000000',
    '2026-03-02T08:00Z / 2026-03-02T07:00Z',
  ])('refuses %j', (text) => expect(parseRange(text, utc)).toBeNull());

  it('reads times without an offset in the zone shown', () => {
    expect(parseRange('16:00-16:30', seoul)).toEqual({
      kind: 'fixed',
      fromMs: at('2026-03-02T07:00Z'),
      toMs: at('2026-03-02T07:30Z'),
    });
    expect(parseInstant('2026-03-02 16:31', seoul)).toBe(at('2026-03-02T07:31Z'));
  });

  it('UX-12 writes a range that reads back the same in any zone', () => {
    for (const spec of [
      { kind: 'sliding', lengthMs: 90 * 60_000 },
      { kind: 'since', fromMs: at('2026-03-02T07:02Z') },
      { kind: 'fixed', fromMs: at('2026-03-02T07:00Z'), toMs: at('2026-03-02T07:30:10Z') },
    ] satisfies RangeSpec[]) {
      expect(parseRange(rangeText(spec, 'Asia/Seoul'), { nowMs, timeZone: 'America/New_York' })).toEqual(spec);
      if (spec.kind !== 'sliding') expect(rangeText(spec, 'Asia/Seoul')).toMatch(/\+09:00/);
    }
  });
});

describe('ranges', () => {
  it('slide on whole minutes', () => {
    expect(resolveRange({ kind: 'sliding', lengthMs: hour }, nowMs)).toEqual({
      fromMs: at('2026-03-02T06:46Z'),
      toMs: at('2026-03-02T07:46Z'),
    });
  });

  it('UX-11 double about their middle, and shift by half', () => {
    const spec = fixedRange(at('2026-03-02T06:00Z'), at('2026-03-02T07:00Z'));
    expect(zoomOut(spec, nowMs)).toEqual(fixedRange(at('2026-03-02T05:30Z'), at('2026-03-02T07:30Z')));
    expect(shiftRange(spec, nowMs, -1)).toEqual(fixedRange(at('2026-03-02T05:30Z'), at('2026-03-02T06:30Z')));
    expect(zoomOut({ kind: 'sliding', lengthMs: hour }, nowMs)).toEqual({ kind: 'sliding', lengthMs: 2 * hour });
  });

  it('UX-12 freeze to what is shown', () => {
    const spec: RangeSpec = { kind: 'sliding', lengthMs: hour };
    expect(freeze(spec, nowMs)).toEqual({ kind: 'fixed', ...resolveRange(spec, nowMs) });
  });

  it('are at least a minute long, whichever way they were dragged', () => {
    expect(fixedRange(2_000, 1_000)).toEqual({ kind: 'fixed', fromMs: 1_000, toMs: 61_000 });
  });

  it('UX-11 walk back and forward over at least 20, and drop what lay forward', () => {
    let history = startHistory({ kind: 'sliding', lengthMs: hour });
    for (let i = 1; i <= 80; i++) history = pushRange(history, { kind: 'sliding', lengthMs: i * hour });
    expect(history.entries).toHaveLength(historyLimit);
    for (let i = 0; i < 25; i++) history = walkHistory(history, -1);
    expect(currentRange(history)).toEqual({ kind: 'sliding', lengthMs: 55 * hour });
    history = walkHistory(history, 1);
    history = pushRange(history, { kind: 'sliding', lengthMs: 7 * hour });
    expect(walkHistory(history, 1)).toBe(history);
    expect(pushRange(history, { kind: 'sliding', lengthMs: 7 * hour })).toBe(history);
  });
});

describe('UX-13 zones', () => {
  it('go there and back, over a change of clocks', () => {
    for (const [zone, iso] of [
      ['America/New_York', '2026-03-08T06:59Z'],
      ['America/New_York', '2026-03-08T07:01Z'],
      ['Europe/Berlin', '2026-10-25T02:30Z'],
      ['Asia/Kathmandu', '2026-03-02T07:45Z'],
    ] as const) {
      expect(instantOf(wallTime(at(iso), zone), zone)).toBe(at(iso));
    }
    expect(offsetMs(at('2026-03-02T00:00Z'), 'Asia/Kathmandu')).toBe(5.75 * hour);
  });

  it('take the earlier of an hour that comes twice, and the instant after an hour that does not exist', () => {
    const twice = { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 };
    expect(instantOf(twice, 'Europe/Berlin')).toBe(at('2026-10-25T00:30Z'));
    const never = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
    expect(instantOf(never, 'Europe/Berlin')).toBe(at('2026-03-29T01:30Z'));
  });

  it('are named by their offset', () => {
    expect(zoneLabel(nowMs, 'UTC')).toBe('UTC');
    expect(zoneLabel(nowMs, 'Asia/Seoul')).toBe('UTC+09:00');
    expect(isoInZone(nowMs, 'Asia/Seoul')).toBe('2026-03-02T16:45:20+09:00');
    expect(isoInZone(nowMs, 'UTC')).toBe('2026-03-02T07:45:20Z');
  });
});

describe('EL-80 time ticks', () => {
  it('are few, round in the zone shown, and labelled', () => {
    const from = at('2026-03-02T05:10Z') / 1000;
    const ticks = timeTicks(from, from + 3 * 3_600, 900, 'UTC');
    expect(ticks.map(({ label }) => label).slice(0, 3)).toEqual(['05:30', '06:00', '06:30']);
    expect(ticks.length).toBeLessThanOrEqual(11);
    const half = timeTicks(from, from + 12 * 3_600, 600, 'Asia/Kathmandu');
    expect(half.every(({ atSeconds }) => wallTime(atSeconds * 1000, 'Asia/Kathmandu').minute === 0)).toBe(true);
  });

  it('name the day at midnight and over days', () => {
    const from = at('2026-03-01T22:00Z') / 1000;
    expect(timeTicks(from, from + 6 * 3_600, 600, 'UTC').map(({ label }) => label)).toContain('03-02');
    expect(timeTicks(from, from + 30 * 86_400, 600, 'UTC')[0]!.label).toMatch(/^03-\d\d$/);
  });
});

describe('UX-82 figures with their units', () => {
  const en = createFormat('en', 'UTC');
  const ko = createFormat('ko', 'Asia/Seoul');
  it.each([
    [en.value(12_480, 'messages'), '12.5k msgs'],
    [ko.value(12_480, 'messages'), '12.5k개'],
    [en.value(9_812, 'messages'), '9,812 msgs'],
    [en.value(999_960, 'messages'), '1M msgs'],
    [en.value(3.456, 'messages/s'), '3.46 msgs/s'],
    [en.value(1_048_576, 'bytes/s'), '1 MiB/s'],
    [en.value(725, 'seconds'), '12 min 5 s'],
    [ko.value(725, 'seconds'), '12분 5초'],
    [en.value(350, 'milliseconds'), '350 ms'],
    [en.duration(86_400 * 2 + 3 * 3_600), '2 d 3 h'],
    [en.value(3.319, 'usd'), '$3.32'],
    [en.percent(0.0004), '< 1 %'],
    [ko.percent(0.0004), '1 % 미만'],
    [en.percent(0), '0 %'],
    [en.value(1, 'instances'), '1 instance'],
    [en.value(0, 'instances'), '0 instances'],
    [ko.value(1, 'instances'), '1대'],
    [en.unitName('bytes/s'), 'B/s'],
    [en.unitName('seconds'), ''],
    [en.value(null, 'messages'), '–'],
    [en.value(Number.NaN, 'seconds'), '–'],
    [en.instant(nowMs), '2026-03-02 07:45:20 UTC'],
    [ko.instant(at('2026-03-02T07:45Z')), '2026-03-02 16:45 UTC+09:00'],
    [en.tick(900, 'seconds'), '15m'],
    [en.tick(2_097_152, 'bytes/s'), '2MiB'],
  ])('%s', (shown, expected) => expect(shown).toBe(expected));
});
