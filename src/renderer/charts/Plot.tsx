/**
 * The drawing itself, on recharts: axes, grid, lines, thresholds. Knows nothing of pointers, words or queries.
 *
 * Explicit ticks and domains (EL-80), no animation, no dots (EL-81); memoized, so it redraws only for a new picture.
 * The only file that imports recharts (EL-85).
 */
import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { TimeRange } from '../../core/contract/shapes.ts';
import type { Format, Unit } from '../time/format.ts';
import type { TimeTick } from '../time/ticks.ts';
import type { DrawnPoint } from './columns.ts';
import { axisHeight, plotLeft, plotRight, plotTop } from './geometry.ts';

export interface PlottedSeries {
  readonly id: string;
  readonly slot: number;
  readonly shape: 'line' | 'step' | 'area';
  /** A second sign beside the colour. */
  readonly dash: string | undefined;
  readonly points: readonly DrawnPoint[];
}

export interface PlottedThreshold {
  readonly id: string;
  readonly value: number;
  readonly tone: 'alarm' | 'step' | 'limit';
}

/** A stretch of time behind the lines. */
export interface PlottedShade {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Picture {
  readonly range: TimeRange;
  readonly xTicks: readonly TimeTick[];
  readonly yTicks: readonly number[];
  readonly unit: Unit;
  readonly series: readonly PlottedSeries[];
  readonly thresholds: readonly PlottedThreshold[];
  readonly shades: readonly PlottedShade[];
}

interface Props {
  readonly picture: Picture;
  readonly width: number;
  readonly height: number;
  readonly format: Format;
}

const margin = { top: plotTop, right: plotRight, bottom: 0, left: 0 };
const thresholdColour = { alarm: 'var(--bad)', step: 'var(--text-faint)', limit: 'var(--warn)' } as const;
const thresholdDash = { alarm: '7 4', step: '2 4', limit: '12 4' } as const;
const tickStyle = { fontSize: 11, fill: 'var(--text-faint)' } as const;

export const Plot = memo(function Plot({ picture, width, height, format }: Props) {
  const { range, xTicks, yTicks, unit } = picture;
  const labels = new Map(xTicks.map(({ atSeconds, label }) => [atSeconds, label]));
  return (
    <ComposedChart width={width} height={height} margin={margin} accessibilityLayer={false} data={emptyRows}>
      <CartesianGrid stroke="var(--grid)" vertical={false} />
      <XAxis
        dataKey="t"
        type="number"
        domain={[range.fromMs / 1000, range.toMs / 1000]}
        ticks={xTicks.map(({ atSeconds }) => atSeconds)}
        tickFormatter={(at: number) => labels.get(at) ?? ''}
        interval={0}
        allowDataOverflow
        height={axisHeight}
        tick={tickStyle}
        tickLine={false}
        axisLine={axisLine}
      />
      <YAxis
        type="number"
        domain={[0, yTicks.at(-1) ?? 1]}
        ticks={yTicks as number[]}
        tickFormatter={(value: number) => format.tick(value, unit)}
        interval={0}
        allowDataOverflow
        width={plotLeft}
        tick={tickStyle}
        tickLine={false}
        axisLine={false}
      />
      {picture.shades.map(({ fromMs, toMs }) => (
        <ReferenceArea
          key={fromMs}
          x1={Math.max(fromMs, range.fromMs) / 1000}
          x2={Math.min(toMs, range.toMs) / 1000}
          fill="var(--text-faint)"
          fillOpacity={0.16}
          stroke="none"
          ifOverflow="hidden"
        />
      ))}
      {picture.thresholds.map(({ id, value, tone }) => (
        <ReferenceLine
          key={id}
          y={value}
          stroke={thresholdColour[tone]}
          strokeDasharray={thresholdDash[tone]}
          ifOverflow="hidden"
        />
      ))}
      {picture.series.map(({ id, slot, shape, dash, points }) =>
        shape === 'area' ? (
          <Area
            key={id}
            data={points as DrawnPoint[]}
            dataKey="v"
            type="linear"
            stroke={`var(--line-${slot})`}
            strokeWidth={1.6}
            fill={`var(--line-${slot})`}
            fillOpacity={0.14}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ) : (
          <Line
            key={id}
            data={points as DrawnPoint[]}
            dataKey="v"
            type={shape === 'step' ? 'stepAfter' : 'linear'}
            stroke={`var(--line-${slot})`}
            strokeWidth={1.6}
            {...(dash === undefined ? {} : { strokeDasharray: dash })}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ),
      )}
    </ComposedChart>
  );
});

// The axes need a row to be drawn at all; every series brings its own points.
const emptyRows = [{ t: null, v: null }];
const axisLine = { stroke: 'var(--rule)' } as const;
