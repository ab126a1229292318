/**
 * Shards over time as rows of shaded cells, shaded by their share of the limit. A cell without a datapoint stays empty,
 * which is not the lowest shade.
 */
import type { Heatmap } from '../../core/contract/shapes.ts';
import { html } from '../format/escape.ts';
import { left, picture, px, right, type TimeAxis, timeGrid, width } from './frame.ts';

/** Upper bound of each shade as a share of the limit; the last one is at or above it. */
export const shades = [0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1] as const;

export interface HeatStrip {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly hotWord: string;
  readonly heatmap: Heatmap;
}

const top = 6;

export function heatStrip(strip: HeatStrip, axis: TimeAxis): string {
  const { heatmap } = strip;
  const rows = heatmap.shardIds.length;
  const rowHeight = rows <= 12 ? 18 : rows <= 40 ? 10 : 5;
  const bottom = top + rows * rowHeight;
  const hot = new Set(heatmap.hotShardIds);
  const body = [
    `<path class="empty" d="M${left} ${top}H${right}V${bottom}H${left}Z"/>`,
    ...heatmap.shardIds.map((shardId, row) => {
      const y = top + row * rowHeight;
      const name = shortShardId(shardId) + (hot.has(shardId) ? ` ${strip.hotWord}` : '');
      const label =
        rowHeight >= 10
          ? `<text class="${hot.has(shardId) ? 'tick hot' : 'tick'}" x="${left - 8}" y="${y + rowHeight / 2}" dy="0.35em" text-anchor="end">${html(name)}</text>`
          : '';
      return label + cells(heatmap, row, y, rowHeight, axis);
    }),
    timeGrid(axis, top, bottom, true),
  ].join('');
  return picture(strip.id, bottom + 24, strip.title, strip.description, body);
}

/** Neighbouring cells of one shade become one rectangle, and all rectangles of a shade one path. */
function cells(heatmap: Heatmap, row: number, y: number, rowHeight: number, axis: TimeAxis): string {
  const { times, values, limit, bucketSeconds } = heatmap;
  const paths = new Map<number, string>();
  const columns = times.length;
  let index = 0;
  while (index < columns) {
    const shade = shadeOf(values[row * columns + index]!, limit);
    let end = index + 1;
    while (
      end < columns &&
      shadeOf(values[row * columns + end]!, limit) === shade &&
      times[end]! - times[end - 1]! <= bucketSeconds * 1.5
    ) {
      end++;
    }
    if (shade >= 0) {
      const x = clamp(axis.x(times[index]! * 1_000));
      const to = clamp(axis.x((times[end - 1]! + bucketSeconds) * 1_000));
      const d = `M${px(x)} ${y}H${px(to)}V${y + rowHeight - 1}H${px(x)}Z`;
      paths.set(shade, (paths.get(shade) ?? '') + d);
    }
    index = end;
  }
  return [...paths]
    .sort(([a], [b]) => a - b)
    .map(([shade, d]) => `<path class="h${shade}" d="${d}"/>`)
    .join('');
}

const clamp = (x: number): number => Math.min(right, Math.max(left, x));

/** -1 without a datapoint. */
function shadeOf(value: number, limit: number): number {
  if (!Number.isFinite(value)) return -1;
  const share = limit > 0 ? value / limit : 0;
  const found = shades.findIndex((upper) => share < upper);
  return found === -1 ? shades.length : found;
}

/** `shardId-000000000003` is shard 3 to everybody who reads a chart. */
function shortShardId(shardId: string): string {
  const digits = /^shardId-0*(\d+)$/.exec(shardId)?.[1];
  return digits === undefined ? shardId.slice(0, 12) : `#${digits}`;
}

/** The legend of the shades, as wide as a line of text. */
export function heatLegend(id: string, title: string, noData: string): string {
  const box = 46;
  const boxes = ['0', ...shades.map((share) => String(Math.round(share * 100)))].map(
    (lower, index) =>
      `<path class="h${index}" d="M${left + index * box} 2h${box - 2}v10h-${box - 2}z"/>` +
      `<text class="tick" x="${left + index * box}" y="25">${lower} %</text>`,
  );
  const x = left + (shades.length + 1) * box + 24;
  const empty = `<path class="empty" d="M${x} 2h${box - 2}v10h-${box - 2}z"/><text class="tick" x="${x}" y="25">${html(noData)}</text>`;
  const label = `<text class="tick" x="${Math.min(x + 130, width)}" y="11">${html(title)}</text>`;
  return `<svg viewBox="0 0 ${width} 30" role="img" aria-labelledby="${id}-t"><title id="${id}-t">${html(title)}</title>${boxes.join('')}${empty}${label}</svg>`;
}
