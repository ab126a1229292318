// biome-ignore-all lint/a11y/useSemanticElements: virtualized rows are placed absolutely, which a <table> cannot hold
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
/**
 * The first screen: every queue and stream in one table, worst first (UX-01 to UX-06).
 *
 * Row virtualization keeps 2,000 rows as light as 20; the selection is a resource id. Not here: the words for a row's
 * state (rows.ts), a row's cells (OverviewRow.tsx).
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { ResourceRow } from '../../../core/contract/shapes.ts';
import { routeOfResource } from '../../app/routes.ts';
import { useCommandHandlers } from '../../app/useCommandHandlers.ts';
import { goTo } from '../../app/useRoute.ts';
import { useModel, useWords } from '../../data/context.ts';
import { useStore } from '../../data/store.ts';
import { useQuery } from '../../data/useQuery.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { FirstRun } from './FirstRun.tsx';
import { OverviewRow } from './OverviewRow.tsx';
import { filterRows, moveSelection, rowState, staleAfterMs, worstFirst } from './rows.ts';
import './overview.css';

const rowHeight = 46;
const columns = [
  'state',
  'name',
  'age',
  'depth',
  'in',
  'out',
  'trend',
  'spark',
  'alarm',
  'deadLetter',
  'fresh',
] as const;
const numeric = new Set<string>(['age', 'depth', 'in', 'out', 'fresh']);

export function Overview({ connect, openTrace }: { connect: () => void; openTrace: () => void }) {
  const model = useModel();
  const { t, f } = useWords();
  const overview = useQuery('overview.get', {}, { live: true });
  const connections = useStore(model.connections);
  const demo = useStore(model.demo);
  const scope = useStore(model.scope);
  const [typed, setTyped] = useState('');
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const filter = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);

  const inScope = useMemo(() => {
    const rows = overview.data?.rows ?? [];
    const demoId = demo?.connectionId ?? null;
    const meant = rows.filter(({ connectionId }) =>
      scope === 'all' ? connectionId !== demoId : connectionId === scope,
    );
    return worstFirst(meant, f.language);
  }, [overview.data, demo, scope, f.language]);
  const rows = useMemo(() => filterRows(inScope, typed), [inScope, typed]);
  // Ages move on by themselves, also when nothing new is recorded; every 5 s of the connection's clock is enough.
  useStore(model.second);
  const nowMs = Math.floor(model.drawnNowMs() / 5_000) * 5_000;

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => rows[index]!.resourceId,
  });

  useCommandHandlers({ 'filter.focus': () => filter.current?.focus() });

  function select(id: string | null): void {
    setSelectedId(id);
    const index = rows.findIndex(({ resourceId }) => resourceId === id);
    if (index >= 0) virtual.scrollToIndex(index);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.target instanceof HTMLAnchorElement && event.key === 'Enter') return;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
    };
    // In the filter they move the caret.
    if (!(event.target instanceof HTMLInputElement)) {
      steps.Home = -rows.length;
      steps.End = rows.length;
    }
    const step = steps[event.key];
    if (step !== undefined) select(moveSelection(rows, selectedId, step));
    else if (event.key === 'Enter') {
      const row = rows.find(({ resourceId }) => resourceId === selectedId) ?? (typed === '' ? undefined : rows[0]);
      if (row === undefined) return;
      goTo(routeOfResource(row.kind, row.resourceId));
    } else if (event.key === 'Escape' && typed !== '') setTyped('');
    else return;
    event.preventDefault();
  }

  if (overview.data === null) {
    if (overview.error !== null) {
      return (
        <div className="pad">
          <Failure error={overview.error} retry={overview.ask} />
        </div>
      );
    }
    return <Loading what={t('overview.loading')} />;
  }
  if (connections !== null && connections.length === 0 && demo?.running !== true) {
    return <FirstRun connect={connect} openTrace={openTrace} />;
  }

  const staleMs = ({ connectionId }: ResourceRow) => staleAfterMs(connections?.find(({ id }) => id === connectionId));
  const counts = new Map<string, number>();
  for (const row of inScope) {
    const state = rowState(row, nowMs, staleMs(row));
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the filter and of the table are the same
    <div className="overview" onKeyDown={onKeyDown}>
      <div className="overview-head">
        <h1>{t('overview.title')}</h1>
        <span className="soft" data-testid="overview-count">
          {t('overview.count', {
            n: f.whole(inScope.length),
            alarms: counts.get('alarm') ?? 0,
            growing: counts.get('growing') ?? 0,
          })}
        </span>
        <span className="grow" />
        {overview.error === null ? null : <Failure error={overview.error} />}
        <input
          ref={filter}
          type="search"
          className="filter"
          data-testid="overview-filter"
          aria-label={t('overview.filter')}
          placeholder={`${t('overview.filter')}  /`}
          value={typed}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div
        className="grid-table panel"
        role="grid"
        aria-label={t('overview.title')}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={selectedId === null ? undefined : `row-${selectedId}`}
        tabIndex={0}
        data-testid="overview-table"
        onFocus={(event) => {
          if (event.target === event.currentTarget && selectedId === null) setSelectedId(rows[0]?.resourceId ?? null);
        }}
      >
        <div className="grid-head" role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <div
              key={column}
              role="columnheader"
              className={`cell ${numeric.has(column) ? 'number' : column === 'spark' ? 'cell-spark' : ''}`}
              aria-sort={column === 'state' ? 'descending' : undefined}
              title={t(`overview.help.${column}`)}
            >
              {t(`overview.column.${column}`)}
            </div>
          ))}
        </div>
        <div className="grid-scroll" ref={scroller}>
          {rows.length === 0 ? (
            <p className="empty">{typed === '' ? t('overview.nothingYet') : t('overview.nothingMatches', { typed })}</p>
          ) : null}
          <div className="grid-body" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index]!;
              return (
                <OverviewRow
                  key={item.key}
                  row={row}
                  index={item.index}
                  top={item.start}
                  nowMs={nowMs}
                  staleMs={staleMs(row)}
                  selected={row.resourceId === selectedId}
                  select={setSelectedId}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}
