/**
 * One chart on the shared time axis, as every screen uses it: name, legend with values, thresholds with labels,
 * crosshair, drag to zoom, keys, summary, and the same as a table (UX-20 to UX-26).
 *
 * The crosshair moves without React: this component renders when its data, range or width changes, not on a pointer
 * move. Drawing is charts/Plot.tsx.
 */
import { memo, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { TimeRange } from '../../core/contract/shapes.ts';
import { useWords } from '../data/context.ts';
import { unitBeside } from '../parts/unitBeside.ts';
import type { Unit } from '../time/format.ts';
import { timeTicks } from '../time/ticks.ts';
import { ChartTable } from './ChartTable.tsx';
import { type Columns, drawnPoints, largest, nearestIndex, summarizeColumns } from './columns.ts';
import { axisHeight, placeLabels, plotLeft, plotRight, plotTop, plotWidth, secondsAt, xOf } from './geometry.ts';
import { type ListedSeries, useChartGroup, useListed } from './group.tsx';
import { type Picture, Plot, type PlottedShade } from './Plot.tsx';
import { useFrameTurn } from './useFrameTurn.ts';
import { useWidth } from './useWidth.ts';
import { ticksAbove } from './yScale.ts';
import './charts.css';

export interface ChartSeries {
  readonly id: string;
  readonly name: string;
  /** 1 to 8; the colour of one thing is the same wherever it is drawn (UX-25). */
  readonly slot: number;
  readonly shape: 'line' | 'step' | 'area';
  readonly dash?: string;
  readonly columns: Columns;
  /** Neighbours further apart are not joined. */
  readonly gapSeconds: number;
}

export interface Threshold {
  readonly id: string;
  readonly value: number;
  readonly label: string;
  readonly tone: 'alarm' | 'step' | 'limit';
}

export interface TimeChartProps {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  /** Must be a stable object: a new array is a new picture. */
  readonly series: readonly ChartSeries[];
  readonly thresholds?: readonly Threshold[];
  /** Stretches drawn grey; whoever draws them says what they are. Must be a stable object, too. */
  readonly shades?: readonly PlottedShade[];
  readonly range: TimeRange;
  readonly height?: number;
  /** "12,480 points drawn as 800 min/max buckets" (UX-24). */
  readonly note?: string | null;
  /** Why there is nothing, when there is nothing. */
  readonly emptyText?: string;
}

const noThresholds: readonly Threshold[] = [];
const noShades: readonly PlottedShade[] = [];
/** A threshold far above the data would press the data flat; it is named at the top edge instead. */
const thresholdReach = 3;
const dragPixels = 4;
/** charts.css, .threshold-label */
const labelHeight = 15;

export const TimeChart = memo(function TimeChart({
  id,
  title,
  unit,
  series,
  thresholds = noThresholds,
  shades = noShades,
  range,
  height = 150,
  note = null,
  emptyText,
}: TimeChartProps) {
  const { t, f } = useWords();
  const group = useChartGroup();
  const { crosshair, frames } = group;
  const [box, width] = useWidth<HTMLDivElement>();
  const [ownTable, setOwnTable] = useState(false);
  const showTable = ownTable || group.tables;
  const summaryId = useId();

  const picture = useMemo<Picture>(() => {
    const dataTop = largest(series.map(({ columns }) => columns));
    const highestLevel = largest(series.filter(({ shape }) => shape === 'step').map(({ columns }) => columns));
    const reachable = thresholds.filter(({ value }) => dataTop === 0 || value <= dataTop * thresholdReach);
    const top = Math.max(dataTop, ...reachable.map(({ value }) => value));
    return {
      range,
      unit,
      xTicks: timeTicks(range.fromMs / 1000, range.toMs / 1000, plotWidth(width), f.timeZone),
      yTicks: ticksAbove(top, highestLevel, unit),
      series: series.map(({ id, slot, shape, dash, columns, gapSeconds }) => ({
        id,
        slot,
        shape,
        dash,
        points: drawnPoints(columns, gapSeconds),
      })),
      thresholds: thresholds.filter(({ value }) => value >= 0),
      shades: shades.filter(({ fromMs, toMs }) => toMs > range.fromMs && fromMs < range.toMs),
    };
  }, [series, thresholds, shades, range, unit, width, f]);
  const drawn = useFrameTurn(picture, frames, box);

  const listed = useMemo<ListedSeries[]>(
    () =>
      series.map(({ name, slot, columns, gapSeconds }) => ({ name, unit, slot, columns, withinSeconds: gapSeconds })),
    [series, unit],
  );
  useListed(id, listed);

  const summary = useMemo(() => {
    const parts = series.flatMap(({ name, columns }) => {
      const found = summarizeColumns(columns);
      if (found === null) return [];
      return [
        t('chart.summary', {
          name,
          min: f.value(found.min, unit),
          max: f.value(found.max, unit),
          maxAt: f.instant(found.maxAtMs),
          last: f.value(found.last, unit),
          trend: t(`chart.trend.${found.trend}`),
        }),
      ];
    });
    return parts.length === 0 ? t('chart.noData') : parts.join(' ');
  }, [series, unit, t, f]);

  // --- the crosshair, without React -------------------------------------------------------------------------------
  const hoverLine = useRef<HTMLDivElement>(null);
  const pinLine = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const valueAt = (at: number | null, { columns, gapSeconds }: ChartSeries): number | null => {
      const { times, values } = columns;
      const index = at === null ? times.length - 1 : nearestIndex(times, at, gapSeconds);
      const value = values[index];
      return value === undefined || !Number.isFinite(value) ? null : value;
    };
    return crosshair.attach((hovered, pinned) => {
      place(hoverLine.current, hovered, drawn.range, width);
      place(pinLine.current, pinned, drawn.range, width);
      const at = hovered ?? pinned;
      const texts = series.map((one) => f.value(valueAt(at, one), unit));
      legend.current?.querySelectorAll('[data-value]').forEach((element, i) => {
        element.textContent = texts[i] ?? '';
      });
      legend.current?.toggleAttribute('data-at', at !== null);
      if (overlay.current === null) return;
      overlay.current.ariaValueNow = String(Math.round(at ?? drawn.range.toMs / 1000));
      overlay.current.ariaValueText = [
        at === null ? t('chart.latest') : f.instant(Math.round(at) * 1000),
        ...series.map(({ name }, i) => `${name} ${texts[i]}`),
      ].join(', ');
    });
  }, [crosshair, series, drawn, width, unit, t, f]);

  // --- pointer: move, click to pin, drag to zoom ---------------------------------------------------------------------
  const selection = useRef<HTMLDivElement>(null);
  const dragFrom = useRef<number | null>(null);
  const offsetOf = (event: PointerEvent) => event.clientX - box.current!.getBoundingClientRect().left;

  function drawSelection(from: number | null, to: number): void {
    const element = selection.current;
    if (element === null) return;
    const wide = from !== null && Math.abs(to - from) >= dragPixels;
    element.hidden = !wide;
    if (from === null || !wide) return;
    const [left, right] = [Math.min(from, to), Math.max(from, to)].map((x) =>
      Math.min(Math.max(x, plotLeft), width - plotRight),
    ) as [number, number];
    element.style.transform = `translateX(${left}px)`;
    element.style.width = `${right - left}px`;
  }

  const pointer = {
    onPointerMove(event: PointerEvent) {
      crosshair.hover(secondsAt(offsetOf(event), drawn.range, width));
      if (dragFrom.current !== null) drawSelection(dragFrom.current, offsetOf(event));
    },
    onPointerLeave() {
      if (dragFrom.current === null) crosshair.hover(null);
    },
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      dragFrom.current = offsetOf(event);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerUp(event: PointerEvent) {
      const from = dragFrom.current;
      dragFrom.current = null;
      drawSelection(null, 0);
      if (from === null) return;
      const to = offsetOf(event);
      const at = secondsAt(to, drawn.range, width);
      if (Math.abs(to - from) >= dragPixels) group.zoom(secondsAt(from, drawn.range, width), at);
      else crosshair.pinned.set(crosshair.pinned.get() === null ? at : null);
    },
    onPointerCancel() {
      dragFrom.current = null;
      drawSelection(null, 0);
    },
  };

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.altKey || event.metaKey || event.ctrlKey) return;
    const { fromMs, toMs } = drawn.range;
    const step = Math.max(60, Math.round((toMs - fromMs) / 1000 / 240 / 60) * 60) * (event.shiftKey ? 10 : 1);
    const now = crosshair.hovered() ?? crosshair.pinned.get() ?? toMs / 1000;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: now - step,
      ArrowRight: now + step,
      Home: fromMs / 1000,
      End: toMs / 1000,
    };
    const target = moves[event.key];
    if (target !== undefined) {
      crosshair.hover(Math.min(toMs / 1000, Math.max(fromMs / 1000, target)));
    } else if (event.key === 'Enter' || event.key === ' ') {
      crosshair.pinned.set(crosshair.hovered());
    } else return;
    event.preventDefault();
  }

  const plotHeight = height - plotTop - axisHeight;
  const top = drawn.yTicks.at(-1) ?? 1;
  const labelTops = placeLabels(
    thresholds.map(({ value, tone }) => ({
      y: Math.max(1, plotTop + plotHeight * (1 - Math.min(1, value / top)) - labelHeight),
      // charts.css puts the steps' at the left, where a queue that runs over is not drawn yet.
      side: tone === 'step' ? 'left' : 'right',
    })),
    labelHeight,
    plotTop + plotHeight,
  );
  const unitName = unitBeside(title, f.unitName(unit));
  const empty = series.every(({ columns }) => columns.times.length === 0);

  return (
    <figure className="chart" data-testid={`chart-${id}`}>
      <figcaption className="chart-head">
        <h2>
          {title} {unitName === '' ? null : <span className="faint chart-unit">{unitName}</span>}
        </h2>
        <ul className="legend" ref={legend}>
          {series.map(({ id, name, slot, dash }) => (
            <li key={id}>
              <LineSign slot={slot} dash={dash} />
              <span className="legend-name cut" title={name}>
                {name}
              </span>
              <span className="legend-value" data-value />
            </li>
          ))}
        </ul>
        {note === null ? null : <span className="faint chart-note">{note}</span>}
        <button
          type="button"
          className="button button-quiet button-small"
          aria-pressed={showTable}
          onClick={() => setOwnTable(!ownTable)}
        >
          {t('chart.table')}
        </button>
      </figcaption>
      <p id={summaryId} className="visually-hidden">
        {summary}
      </p>
      {showTable ? <ChartTable title={title} unit={unit} series={series} /> : null}
      <div className="chart-box" ref={box} style={{ height }}>
        {width > 0 ? <Plot picture={drawn} width={width} height={height} format={f} /> : null}
        {thresholds.map(({ id, label, tone, value }, i) => (
          <div
            key={id}
            className={`threshold-label threshold-${tone}`}
            style={{ transform: `translateY(${labelTops[i]}px)` }}
          >
            {label}
            {value > top ? ` ${t('chart.above')}` : ''}
          </div>
        ))}
        {empty ? <p className="chart-empty">{emptyText ?? t('chart.noData')}</p> : null}
        <div className="pin-line" ref={pinLine} hidden />
        <div className="hover-line" ref={hoverLine} hidden />
        <div className="chart-selection" ref={selection} hidden />
        <div
          className="chart-overlay"
          ref={overlay}
          role="slider"
          tabIndex={0}
          aria-label={t('chart.cursor', { title })}
          aria-describedby={summaryId}
          aria-valuemin={Math.round(drawn.range.fromMs / 1000)}
          aria-valuemax={Math.round(drawn.range.toMs / 1000)}
          aria-valuenow={Math.round(drawn.range.toMs / 1000)}
          {...pointer}
          onKeyDown={onKeyDown}
          onBlur={() => crosshair.hover(null)}
        />
      </div>
    </figure>
  );
});

function place(line: HTMLDivElement | null, at: number | null, range: TimeRange, width: number): void {
  if (line === null) return;
  const inside = at !== null && at * 1000 >= range.fromMs && at * 1000 <= range.toMs;
  line.hidden = !inside;
  if (inside) line.style.transform = `translateX(${xOf(at, range, width)}px)`;
}

/** How a line looks: its colour and its dashes. */
export function LineSign({ slot, dash }: { slot: number; dash?: string | undefined }) {
  return (
    <svg className="line-sign" width="18" height="8" aria-hidden="true">
      <line x1="0" x2="18" y1="4" y2="4" stroke={`var(--line-${slot})`} strokeWidth="2.4" strokeDasharray={dash} />
    </svg>
  );
}
