/**
 * Shard x time: how close each shard was to its limit, on the charts' time axis (UX-05).
 *
 * A canvas for the cells, one tab stop with arrow keys over them, the cell in words beside it, and the same as a table.
 * Missing cells are hatched: missing is not zero.
 */
import { SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Heatmap, TimeRange } from '../../../core/contract/shapes.ts';
import { plotLeft, plotRight, plotWidth, secondsAt, xOf } from '../../charts/geometry.ts';
import { useChartGroup } from '../../charts/group.tsx';
import { useWidth } from '../../charts/useWidth.ts';
import { useModel, useWords } from '../../data/context.ts';
import { useStore } from '../../data/store.ts';
import type { Unit } from '../../time/format.ts';
import { shortShard } from '../overview/OverviewRow.tsx';
import { bandOf, bucketAt, cellValue, heatBands, shardFigures } from './heat.ts';

export type HeatMeasure = Heatmap['measure'];
const measures: readonly HeatMeasure[] = ['bytes', 'records', 'age'];
const unitOf: Readonly<Record<HeatMeasure, Unit>> = { bytes: 'bytes/s', records: 'records/s', age: 'milliseconds' };

interface Props {
  readonly map: Heatmap | null;
  readonly measure: HeatMeasure;
  readonly setMeasure: (measure: HeatMeasure) => void;
  readonly range: TimeRange;
}

interface Cell {
  readonly shard: number;
  readonly bucket: number;
}

export function HeatMap({ map, measure, setMeasure, range }: Props) {
  const { t, f } = useWords();
  const model = useModel();
  const theme = useStore(model.session)?.preferences.theme;
  const { crosshair, tables } = useChartGroup();
  const [box, width] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const [cell, setCell] = useState<Cell | null>(null);
  const [ownTable, setOwnTable] = useState(false);
  const figures = useMemo(() => (map === null ? [] : shardFigures(map)), [map]);
  const rowHeight = map === null ? 20 : Math.max(6, Math.min(26, Math.floor(360 / Math.max(1, map.shardIds.length))));
  const height = Math.max(1, map?.shardIds.length ?? 3) * rowHeight;
  const unit = unitOf[measure];

  useEffect(() => {
    if (canvas.current !== null && map !== null && width > 0) paint(canvas.current, map, range, width, rowHeight);
    // `theme` changes the colours that are read from the page
  }, [map, range, width, rowHeight, theme]);

  useEffect(
    () =>
      crosshair.attach((hovered, pinned) => {
        const at = hovered ?? pinned;
        if (line.current === null) return;
        line.current.hidden = at === null;
        if (at !== null) line.current.style.transform = `translateX(${xOf(at, range, width)}px)`;
      }),
    [crosshair, range, width],
  );

  function choose(next: Cell | null): void {
    setCell(next);
    if (map !== null && next !== null) crosshair.hover(map.times[next.bucket]! + map.bucketSeconds / 2);
  }

  function onPointer(event: React.PointerEvent): void {
    if (map === null) return;
    const rect = box.current!.getBoundingClientRect();
    const shard = Math.floor((event.clientY - rect.top) / rowHeight);
    const at = secondsAt(event.clientX - rect.left, range, width);
    crosshair.hover(at);
    const bucket = bucketAt(map, at);
    setCell(bucket < 0 || shard < 0 || shard >= map.shardIds.length ? null : { shard, bucket });
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (map === null || map.times.length === 0) return;
    const now = cell ?? { shard: 0, bucket: map.times.length - 1 };
    const jump = event.shiftKey ? 10 : 1;
    const next: Readonly<Record<string, Cell>> = {
      ArrowLeft: { ...now, bucket: now.bucket - jump },
      ArrowRight: { ...now, bucket: now.bucket + jump },
      ArrowUp: { ...now, shard: now.shard - 1 },
      ArrowDown: { ...now, shard: now.shard + 1 },
      Home: { ...now, bucket: 0 },
      End: { ...now, bucket: map.times.length - 1 },
    };
    if (event.key === 'Enter' || event.key === ' ') {
      crosshair.pinned.set(crosshair.hovered());
    } else {
      const wanted = next[event.key];
      if (wanted === undefined) return;
      choose({
        shard: Math.min(map.shardIds.length - 1, Math.max(0, wanted.shard)),
        bucket: Math.min(map.times.length - 1, Math.max(0, wanted.bucket)),
      });
    }
    event.preventDefault();
  }

  const cellText =
    map === null || cell === null || cell.shard >= map.shardIds.length
      ? t('heat.help')
      : t('heat.cell', {
          shard: map.shardIds[cell.shard]!,
          time: f.instant(map.times[cell.bucket]! * 1000),
          value: Number.isFinite(cellValue(map, cell.shard, cell.bucket))
            ? f.value(cellValue(map, cell.shard, cell.bucket), unit)
            : t('heat.missing'),
          share: f.percent(cellValue(map, cell.shard, cell.bucket) / map.limit),
        });

  return (
    <figure className="chart heat" data-testid="heat-map">
      <figcaption className="chart-head">
        <h2>{t('heat.title')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('heat.measure')}
          value={measure}
          transitionDuration={0}
          data={measures.map((value) => ({ value, label: t(`heat.${value}`) }))}
          onChange={(value) => setMeasure(value as HeatMeasure)}
        />
        <HeatScale limit={map?.limit ?? null} unit={unit} measure={measure} />
        <span className="grow" />
        <button
          type="button"
          className="button button-quiet button-small"
          aria-pressed={ownTable || tables}
          onClick={() => setOwnTable(!ownTable)}
        >
          {t('chart.table')}
        </button>
      </figcaption>
      {ownTable || tables ? (
        <div className="chart-table">
          <table className="plain" data-testid="heat-table">
            <thead>
              <tr>
                <th scope="col">{t('heat.shard')}</th>
                <th scope="col" className="number">
                  {t('heat.last')}
                </th>
                <th scope="col" className="number">
                  {t('heat.mean')}
                </th>
                <th scope="col" className="number">
                  {t('heat.max')}
                </th>
                <th scope="col" className="number">
                  {t('heat.ofLimit')}
                </th>
                <th scope="col">{t('heat.when')}</th>
              </tr>
            </thead>
            <tbody>
              {figures.map((shard) => (
                <tr key={shard.shardId}>
                  <td>
                    {shard.shardId} {shard.hot ? <span className="tone-warn">◆ {t('heat.hot')}</span> : null}
                  </td>
                  <td className="number">{f.value(shard.last, unit)}</td>
                  <td className="number">{f.value(shard.mean, unit)}</td>
                  <td className="number">{f.value(shard.max, unit)}</td>
                  <td className="number">{f.percent(shard.maxShare)}</td>
                  <td>{f.instant(shard.maxAtMs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <div className="heat-box" ref={box} style={{ height }}>
        {(map?.shardIds ?? []).map((shardId, shard) => (
          <span
            key={shardId}
            className={map!.hotShardIds.includes(shardId) ? 'heat-label tone-warn' : 'heat-label faint'}
            style={{ top: shard * rowHeight, height: rowHeight, lineHeight: `${rowHeight}px` }}
            title={shardId}
            hidden={rowHeight < 12 && shard % 4 !== 0}
          >
            {map!.hotShardIds.includes(shardId) ? '◆ ' : ''}
            {shortShard(shardId)}
          </span>
        ))}
        <canvas ref={canvas} className="heat-canvas" />
        {cell === null ? null : (
          <div
            className="heat-row"
            style={{ transform: `translateY(${cell.shard * rowHeight}px)`, height: rowHeight }}
          />
        )}
        <div className="heat-line" ref={line} hidden />
        {map !== null && map.times.length === 0 ? <p className="chart-empty">{t('heat.noData')}</p> : null}
        {/* biome-ignore lint/a11y/useSemanticElements: cells are drawn on a canvas; keys move over them */}
        <div
          className="heat-overlay"
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: one tab stop, arrow keys move over the cells
          tabIndex={0}
          aria-label={t('heat.title')}
          aria-describedby="heat-cell"
          onPointerMove={onPointer}
          onPointerLeave={() => crosshair.hover(null)}
          onClick={() => crosshair.pinned.set(crosshair.pinned.get() === null ? crosshair.hovered() : null)}
          onKeyDown={onKeyDown}
        />
      </div>
      <p id="heat-cell" className="heat-cell" aria-live="polite" data-testid="heat-cell">
        {cellText}
      </p>
    </figure>
  );
}

function HeatScale({ limit, unit, measure }: { limit: number | null; unit: Unit; measure: HeatMeasure }) {
  const { t, f } = useWords();
  return (
    <span className="heat-scale soft">
      <span>0</span>
      {heatBands.map((band, i) => (
        <span key={band} className={`heat-band heat-band-${i}`} title={`≥ ${f.percent(band)}`} />
      ))}
      <span>
        {t(`heat.limit.${measure}`)} {f.value(limit, unit)}
      </span>
      <span className="heat-band heat-band-none" />
      <span>{t('heat.missing')}</span>
    </span>
  );
}

function paint(canvas: HTMLCanvasElement, map: Heatmap, range: TimeRange, width: number, rowHeight: number): void {
  const height = map.shardIds.length * rowHeight;
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const style = getComputedStyle(document.documentElement);
  const colours = heatBands.map((_, i) => style.getPropertyValue(`--heat-${i}`));
  const missing = style.getPropertyValue('--rule');
  context.scale(scale, scale);
  context.save();
  context.beginPath();
  context.rect(plotLeft, 0, plotWidth(width), height);
  context.clip();
  for (let bucket = 0; bucket < map.times.length; bucket++) {
    const left = Math.round(xOf(map.times[bucket]!, range, width));
    const right = Math.round(xOf(map.times[bucket]! + map.bucketSeconds, range, width));
    const gap = right - left > 6 ? 1 : 0;
    for (let shard = 0; shard < map.shardIds.length; shard++) {
      const band = bandOf(cellValue(map, shard, bucket), map.limit);
      const top = shard * rowHeight;
      if (band === null) {
        context.strokeStyle = missing;
        context.lineWidth = 1;
        context.beginPath();
        context.moveTo(left, top + rowHeight - 1);
        context.lineTo(right, top);
        context.stroke();
        continue;
      }
      context.fillStyle = colours[band]!;
      context.fillRect(left, top, Math.max(1, right - left - gap), rowHeight - 1);
    }
  }
  context.restore();
  // The end of the plot, so that the map lines up with the charts below.
  context.strokeStyle = missing;
  context.strokeRect(plotLeft - 0.5, 0.5, width - plotLeft - plotRight, height - 1);
}
