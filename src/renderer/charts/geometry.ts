/**
 * Where the plot lies inside every chart, lane and heat map, in pixels. Fixed, so that all of them share one time axis
 * and the crosshair can be placed without asking recharts. Pure.
 */
import type { TimeRange } from '../../core/contract/shapes.ts';

export const plotLeft = 64;
export const plotRight = 20;
export const plotTop = 8;
export const axisHeight = 20;

export function plotWidth(width: number): number {
  return Math.max(1, width - plotLeft - plotRight);
}

/** Pixels from the left edge of the chart. */
export function xOf(atSeconds: number, range: TimeRange, width: number): number {
  const share = (atSeconds * 1000 - range.fromMs) / (range.toMs - range.fromMs);
  return plotLeft + share * plotWidth(width);
}

/** Epoch seconds under a pixel, kept inside the range. */
export function secondsAt(x: number, range: TimeRange, width: number): number {
  const share = Math.min(1, Math.max(0, (x - plotLeft) / plotWidth(width)));
  return (range.fromMs + share * (range.toMs - range.fromMs)) / 1000;
}

export interface PlacedLabel {
  readonly index: number;
  readonly y: number;
}

/** Where labels of two sides of a plot stand: those of one side make way for each other, not for the other side's. */
export function placeLabels(
  wanted: readonly { readonly y: number; readonly side: 'left' | 'right' }[],
  height: number,
  bottom: number,
): number[] {
  const tops = wanted.map(({ y }) => y);
  for (const side of ['left', 'right'] as const) {
    const here = wanted.flatMap((label, index) => (label.side === side ? [{ ...label, index }] : []));
    for (const { index, y } of spreadLabels(
      here.map((label) => label.y),
      height,
      bottom,
    ))
      tops[here[index]!.index] = y;
  }
  return tops;
}

/** Labels at wanted heights, pushed down just enough not to lie on each other; kept above `bottom` where possible. */
export function spreadLabels(wanted: readonly number[], height: number, bottom: number): PlacedLabel[] {
  const order = wanted.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  let above = Number.NEGATIVE_INFINITY;
  const down = order.map(({ y, index }) => {
    above = Math.max(y, above + height);
    return { y: above, index };
  });
  let below = bottom;
  return down
    .reverse()
    .map(({ y, index }) => {
      below = Math.min(y, below - height);
      return { y: below, index };
    })
    .reverse();
}
