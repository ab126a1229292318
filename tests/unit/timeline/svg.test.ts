import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantFormat } from '../../../src/timeline/format/instant.ts';
import { decimate } from '../../../src/timeline/svg/decimate.ts';
import { timeAxis } from '../../../src/timeline/svg/frame.ts';
import { heatStrip } from '../../../src/timeline/svg/heatStrip.ts';
import { lineChart } from '../../../src/timeline/svg/lineChart.ts';
import { timeTicks, valueTicks } from '../../../src/timeline/svg/scale.ts';
import { wellFormedTags } from './hostile.ts';
import { fromMs, heatmap, toMs } from './sample.ts';

const utc = instantFormat('UTC');
const axis = timeAxis({ fromMs, toMs }, utc);

function draw(minutes: readonly number[], values: readonly number[], stepped = false) {
  return lineChart(
    {
      id: 'c',
      title: 't',
      description: 'd',
      axisLabel: 'messages',
      lines: [
        {
          label: 'l',
          look: 'rec',
          times: Float64Array.from(minutes, (minute) => fromMs / 1_000 + minute * 60),
          values: Float64Array.from(values),
          periodSeconds: 60,
        },
      ],
      thresholds: [
        { value: 50, label: '≥ 50: a' },
        { value: 49, label: '≥ 49: b' },
      ],
      stepped,
      wholeTicks: false,
    },
    axis,
  );
}
const pathOf = (svg: string): string => /<path class="line rec" d="([^"]*)"/.exec(svg)?.[1] ?? '';

describe('lines', () => {
  it('UX-21 break where a point is missing, and a lone point is still seen', () => {
    const d = pathOf(draw([0, 1, 2, 5, 8, 9], [1, 2, 3, 4, 5, 6]).svg);
    expect(d.match(/M/g)).toHaveLength(3);
    expect(d).toMatch(/^M[^M]*L[^M]*L[^M]*M[^ML]*h0\.1M[^M]*L[^M]*$/);
  });

  it('UX-27 counts of instances hold until they change', () => {
    const d = pathOf(draw([0, 1, 2, 3], [10, 10, 30, 30], true).svg);
    expect(d).not.toContain('L');
    expect(d.match(/V/g)).toHaveLength(1);
  });

  it('stay inside the picture when a replay began before its range', () => {
    const whole = (toMs - fromMs) / 60_000;
    const outside = draw([-2, -1, 0, 1, whole, whole + 1], [9_000, 9_000, 10, 10, 10, 9_000]);
    expect(outside.svg).toBe(draw([0, 1, whole], [10, 10, 10]).svg);
    expect(outside.points).toBe(3);
    expect(pathOf(draw([-2, -1], [1, 1]).svg)).toBe('');
  });

  it('UX-22 labels of close thresholds do not cover each other', () => {
    const { svg } = draw([0, 1], [1, 2]);
    const ys = [...svg.matchAll(/class="threshold-label" x="[^"]*" y="([^"]*)"/g)].map(([, y]) => Number(y));
    expect(Math.abs(ys[0]! - ys[1]!)).toBeGreaterThanOrEqual(12);
  });

  it('UX-24 many points are reduced without losing an extreme, and counted', () => {
    const count = 20_000;
    const times = Float64Array.from({ length: count }, (_, index) => index);
    const values = Float64Array.from({ length: count }, (_, index) => (index === 12_345 ? 99 : index % 7));
    const reduced = decimate(times, values, 0, count, 500);
    expect(reduced.times.length).toBeLessThanOrEqual(2_000);
    expect(reduced.values).toContain(99);
  });

  it('whatever the values, the picture is well-formed and has no NaN', () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(0, 1e12, -5, Number.NaN, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 239 }), { maxLength: 30 }),
        fc.array(value, { minLength: 30, maxLength: 30 }),
        fc.boolean(),
        (minutes, values, stepped) => {
          const rising = [...minutes].sort((a, b) => a - b);
          const { svg } = draw(rising, values.slice(0, rising.length), stepped);
          expect(wellFormedTags(svg)[0]?.name).toBe('svg');
          expect(svg).not.toContain('NaN');
        },
      ),
      { numRuns: 100, seed: 11 },
    );
  });
});

describe('heat strips', () => {
  it('leave a bucket without datapoints empty, and mark the hot shard by word too', () => {
    const svg = heatStrip({ id: 'h', title: 't', description: 'd', hotWord: 'hot', heatmap }, axis);
    expect(svg).toContain('>#2 hot<');
    const gapX = axis.x(heatmap.times[77]! * 1_000).toFixed(0);
    expect(svg).not.toContain(`M${gapX} `);
    expect(wellFormedTags(svg).filter(({ name }) => name === 'path').length).toBeLessThan(40);
  });
});

describe('ticks', () => {
  it.each([
    [0, [0, 0.5, 1]],
    [7, [0, 2, 4, 6, 8]],
    [5_200, [0, 2_000, 4_000, 6_000]],
    [0.3, [0, 0.1, 0.2, 0.3]],
  ])('values up to %s', (maximum, expected) => {
    expect(valueTicks(maximum, 4, false)).toEqual(expected);
  });

  it('there is no half instance', () => {
    expect(valueTicks(3, 4, true)).toEqual([0, 1, 2, 3]);
  });

  it('UX-13 times are round on the clock of the zone, a new day shows its date', () => {
    const seoul = instantFormat('Asia/Seoul');
    const labels = timeTicks(Date.UTC(2026, 2, 2, 9), Date.UTC(2026, 2, 3, 9), 13, seoul).map(({ label }) => label);
    expect(labels).toEqual([
      '18:00',
      '20:00',
      '22:00',
      '03-03',
      '02:00',
      '04:00',
      '06:00',
      '08:00',
      '10:00',
      '12:00',
      '14:00',
      '16:00',
      '18:00',
    ]);
    const kolkata = timeTicks(fromMs, fromMs + 3_600_000, 4, instantFormat('Asia/Kolkata'));
    expect(kolkata.map(({ label }) => label)).toEqual(['11:30', '11:45', '12:00', '12:15', '12:30']);
  });
});
