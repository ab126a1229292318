/**
 * What the charts of one screen share: the range, the crosshair, the list of what is drawn, and the switch to tables.
 *
 * Not here: drawing (TimeChart), the lane of events (EventLane).
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { TimeRange } from '../../core/contract/shapes.ts';
import { useCommandHandlers } from '../app/useCommandHandlers.ts';
import { isTextField } from '../app/useKeys.ts';
import { useModel } from '../data/context.ts';
import { createStore, type Store } from '../data/store.ts';
import type { Unit } from '../time/format.ts';
import { fixedRange } from '../time/range.ts';
import type { Columns } from './columns.ts';
import { type Crosshair, createCrosshair } from './crosshair.ts';
import { createFrameQueue, type FrameQueue } from './frameQueue.ts';

/** One line of a chart, as the list of pinned values needs it. */
export interface ListedSeries {
  readonly name: string;
  readonly unit: Unit;
  readonly slot: number;
  readonly columns: Columns;
  readonly withinSeconds: number;
}

export interface ChartGroup {
  readonly range: TimeRange;
  readonly crosshair: Crosshair;
  readonly frames: FrameQueue;
  readonly listed: Store<ReadonlyMap<string, readonly ListedSeries[]>>;
  readonly tables: boolean;
  /** Published on release of a drag, never during it (UX-11). Epoch seconds. */
  zoom(fromSeconds: number, toSeconds: number): void;
}

const GroupContext = createContext<ChartGroup | null>(null);

export function useChartGroup(): ChartGroup {
  const group = useContext(GroupContext);
  if (group === null) throw new Error('a chart outside <ChartGroupProvider>');
  return group;
}

const nextFrame = (run: () => void) => void requestAnimationFrame(run);

export function ChartGroupProvider({ range, children }: { range: TimeRange; children: ReactNode }) {
  const model = useModel();
  const [tables, setTables] = useState(false);
  const [shared] = useState(() => ({
    crosshair: createCrosshair(nextFrame),
    frames: createFrameQueue(nextFrame),
    listed: createStore<ReadonlyMap<string, readonly ListedSeries[]>>(new Map()),
  }));
  useCommandHandlers({ 'charts.tables': () => setTables((before) => !before) });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || isTextField(event.target)) return;
      shared.crosshair.pinned.set(null);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [shared]);

  const group = useMemo<ChartGroup>(
    () => ({
      ...shared,
      range,
      tables,
      zoom: (from, to) => model.setRange(fixedRange(from * 1000, to * 1000)),
    }),
    [shared, range, tables, model],
  );
  return <GroupContext value={group}>{children}</GroupContext>;
}

/** Puts a chart's series on the list while it is on screen. */
export function useListed(chartId: string, series: readonly ListedSeries[]): void {
  const { listed } = useChartGroup();
  useEffect(() => {
    listed.set(new Map([...listed.get(), [chartId, series]]));
    return () => {
      const rest = new Map(listed.get());
      if (rest.get(chartId) === series) rest.delete(chartId);
      listed.set(rest);
    };
  }, [listed, chartId, series]);
}
