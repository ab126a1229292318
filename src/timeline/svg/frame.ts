/**
 * What every picture of the report shares: one width and one time axis, so that they line up under each other.
 */
import type { TimeRange } from '../../core/contract/shapes.ts';
import { html } from '../format/escape.ts';
import type { InstantFormat } from '../format/instant.ts';
import { linearScale, type Scale, timeTicks } from './scale.ts';

export const width = 1120;
export const left = 76;
export const right = 1104;

export interface TimeAxis {
  readonly x: Scale;
  readonly range: TimeRange;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
}

export function timeAxis(range: TimeRange, instant: InstantFormat): TimeAxis {
  const x = linearScale(range.fromMs, range.toMs, left, right);
  return {
    x,
    range,
    ticks: timeTicks(range.fromMs, range.toMs, 13, instant).map(({ atMs, label }) => ({ x: x(atMs), label })),
  };
}

/** A pixel as text, at most one decimal: short files, and the same text everywhere. */
export function px(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}

/** An accessible picture: its name and a sentence on what it shows come first. */
export function picture(id: string, height: number, title: string, description: string, body: string): string {
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d">` +
    `<title id="${id}-t">${html(title)}</title><desc id="${id}-d">${html(description)}</desc>${body}</svg>`
  );
}

/** Vertical grid lines, with labels under `bottom`. */
export function timeGrid(axis: TimeAxis, top: number, bottom: number, labelled: boolean): string {
  const lines = axis.ticks.map(({ x }) => `M${px(x)} ${top}V${bottom}`).join('');
  const labels = labelled
    ? axis.ticks
        .map(
          ({ x, label }) =>
            `<text class="tick" x="${px(x)}" y="${bottom + 15}" text-anchor="middle">${html(label)}</text>`,
        )
        .join('')
    : '';
  return `<path class="grid" d="${lines}"/>${labels}`;
}
