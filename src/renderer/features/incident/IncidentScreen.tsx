/**
 * The incident: what happened in the range, the notes people add, and the export of both (UX-92, UX-93).
 *
 * Nothing here states a cause; only people do, in their notes. The file itself is made by the engine.
 */
import { useMemo, useState } from 'react';
import { nameInArn } from '../../app/routes.ts';
import { useModel, useWords } from '../../data/context.ts';
import { useStore } from '../../data/store.ts';
import { useQuery } from '../../data/useQuery.ts';
import { useFocus, useTimeRange } from '../../data/useTimeRange.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { EventTable } from './EventTable.tsx';
import { ExportPanel } from './ExportPanel.tsx';
import { type EventKindName, eventKinds, filterEvents } from './filter.ts';
import { NoteForm } from './NoteForm.tsx';
import './incident.css';

export default function IncidentScreen({ resourceId }: { resourceId: string | null }) {
  const model = useModel();
  const { t } = useWords();
  const range = useTimeRange();
  const scope = useStore(model.scope);
  const demo = useStore(model.demo);
  const overview = useQuery('overview.get', {}, { live: true });
  const detail = useQuery('resource.get', resourceId === null ? null : { resourceId });
  const [kinds, setKinds] = useState<ReadonlySet<EventKindName>>(new Set(eventKinds));
  const [typed, setTyped] = useState('');
  useFocus(detail.data?.row.connectionId ?? null);

  /** Of one resource: it, and the group that consumes it. Else everything in scope. */
  const resourceIds = useMemo(() => {
    if (resourceId !== null) {
      const group = detail.data?.group?.resourceId;
      return group === undefined ? [resourceId] : [resourceId, group];
    }
    const rows = overview.data?.rows ?? [];
    return rows
      .filter(({ connectionId }) => (scope === 'all' ? connectionId !== demo?.connectionId : connectionId === scope))
      .map((row) => row.resourceId)
      .slice(0, 200);
  }, [resourceId, detail.data, overview.data, scope, demo]);
  const events = useQuery(
    'events.list',
    resourceId === null ? { range, limit: 2000 } : { range, resourceIds, limit: 2000 },
    { live: true },
  );
  const inScope = useMemo(
    () =>
      (events.data ?? []).filter(({ connectionId }) =>
        connectionId === null || resourceId !== null
          ? true
          : scope === 'all'
            ? connectionId !== demo?.connectionId
            : connectionId === scope,
      ),
    [events.data, resourceId, scope, demo],
  );
  const rows = useMemo(() => filterEvents(inScope, kinds, typed), [inScope, kinds, typed]);
  const connectionId = detail.data?.row.connectionId ?? (scope === 'all' ? null : scope);

  return (
    <div className="incident" data-testid="incident-screen">
      <section className="panel incident-events">
        <div className="panel-head row-wrap">
          <h2>{resourceId === null ? t('incident.all') : t('incident.of', { name: nameInArn(resourceId) })}</h2>
          {resourceId === null ? null : <a href="#/incident">{t('incident.showAll')}</a>}
          <span className="grow" />
          <span className="faint" data-testid="event-count">
            {t('incident.count', { shown: rows.length, all: inScope.length })}
          </span>
        </div>
        <div className="event-filters">
          {eventKinds.map((kind) => (
            <button
              key={kind}
              type="button"
              className="button button-small"
              aria-pressed={kinds.has(kind)}
              onClick={() => {
                const next = new Set(kinds);
                if (!next.delete(kind)) next.add(kind);
                setKinds(next);
              }}
            >
              {t(`eventKind.${kind}`)}
            </button>
          ))}
          <input
            type="search"
            className="filter"
            aria-label={t('incident.filter')}
            placeholder={t('incident.filter')}
            value={typed}
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        {events.error === null ? null : <Failure error={events.error} retry={events.ask} />}
        {events.data === null && events.error === null ? <Loading /> : null}
        {events.data !== null && rows.length === 0 ? (
          <p className="empty">{t(inScope.length === 0 ? 'incident.empty' : 'incident.emptyFilter')}</p>
        ) : null}
        <EventTable events={rows} changed={events.ask} />
      </section>
      <aside className="incident-side">
        <NoteForm resourceId={resourceId} connectionId={connectionId} added={events.ask} />
        <ExportPanel range={range} resourceIds={resourceIds} resourceId={resourceId} />
      </aside>
    </div>
  );
}
