/**
 * How far each setup's figures may be off, as lines for a terminal: p5 to p95 of the worlds, and the middle. Text only.
 */
import type { ReplayBands } from '../../core/contract/shapes.ts';
import { bandFigureNames, bandsTitle } from '../../core/messages/bands.ts';
import { fillTemplate, type Language } from '../../core/messages/index.ts';
import { table } from './table.ts';

export function bandLines(labels: readonly string[], bands: readonly ReplayBands[], language: Language): string[] {
  const [first] = bands;
  if (first === undefined) return [];
  return [
    '',
    ...table([
      [fillTemplate(bandsTitle[language], { runs: first.runs, seed: first.seed }), ...labels],
      ...first.figures.map(({ figure }, row) => [
        `  ${bandFigureNames[figure][language]}`,
        ...bands.map(({ figures }) => rangeText(figures[row]!)),
      ]),
    ]),
  ];
}

function rangeText({ p5, p50, p95 }: ReplayBands['figures'][number]): string {
  const text = (value: number): string => (Math.abs(value) < 100 ? String(Number(value.toFixed(2))) : value.toFixed(0));
  return `${text(p50)} (${text(p5)} – ${text(p95)})`;
}
