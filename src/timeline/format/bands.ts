/**
 * How far the figures of each replayed run may be off, as the report's table; the words are those of the command line.
 */
import type { ReplayBands, ReplayResult } from '../../core/contract/shapes.ts';
import { bandFigureNames, bandsTitle } from '../../core/messages/bands.ts';
import { fillTemplate } from '../../core/messages/index.ts';
import { number } from './quantity.ts';
import type { Table } from './tables.ts';
import type { Voice } from './voice.ts';

export function bandsHeading(bands: readonly ReplayBands[], voice: Voice): string {
  const { runs = 0, seed = 0 } = bands[0] ?? {};
  return fillTemplate(bandsTitle[voice.language], { runs, seed });
}

/** One row per figure, one column per run. @param bands in the order of the runs */
export function bandsTable({ runs }: ReplayResult, bands: readonly ReplayBands[], voice: Voice): Table {
  const figures = bands[0]?.figures ?? [];
  return {
    head: [voice.say('replay.policy'), ...runs.slice(0, bands.length).map(({ label }) => label)],
    numeric: new Set(bands.map((_, index) => index + 1)),
    rows: figures.map(({ figure }, row) => [
      bandFigureNames[figure][voice.language],
      ...bands.map(({ figures: of }) => {
        const { p5, p50, p95 } = of[row]!;
        return `${number(p50, 2)} (${number(p5, 2)} – ${number(p95, 2)})`;
      }),
    ]),
  };
}
