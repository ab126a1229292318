/**
 * Events on the incident's time axis. The same thing seen again, by (connection, kind, sourceId), updates its row: an
 * activity that was running gets its end.
 */
import type { Database } from 'better-sqlite3';
import type { EventData, EventKind, IncidentEvent, NewEvent } from '../core/model/events.ts';
import type { EventFilter } from './interface.ts';

/** Newest first, so that LIMIT keeps the newest; conditions that do not apply are left out. */
export function eventQuery(filter: Pick<EventFilter, 'connectionId' | 'resourceIds' | 'kinds'>): string {
  return `SELECT * FROM event WHERE at_ms >= :fromMs AND at_ms < :toMs
    ${filter.connectionId === undefined ? '' : 'AND +connection_id = :connectionId'}
    ${filter.resourceIds === undefined ? '' : 'AND resource_id IN (SELECT value FROM json_each(:resourceIds))'}
    ${filter.kinds === undefined ? '' : 'AND +kind IN (SELECT value FROM json_each(:kinds))'}
    ORDER BY at_ms DESC, id DESC LIMIT :limit`;
}

const upsert = `
  INSERT INTO event (connection_id, resource_id, kind, at_ms, end_ms, source_id, title, detail, data)
  VALUES (:connectionId, :resourceId, :kind, :atMs, :endMs, :sourceId, :title, :detail, :data)
  ON CONFLICT (connection_id, kind, source_id) DO UPDATE SET
    resource_id = excluded.resource_id, at_ms = excluded.at_ms, end_ms = excluded.end_ms,
    title = excluded.title, detail = excluded.detail, data = excluded.data
  RETURNING id`;

interface EventRow {
  id: number;
  connection_id: string;
  resource_id: string | null;
  kind: EventKind;
  at_ms: number;
  end_ms: number | null;
  source_id: string;
  title: string;
  detail: string;
  data: string;
}

export class EventStore {
  readonly #db: Database;
  readonly #upsert;
  #count: number;

  constructor(db: Database) {
    this.#db = db;
    this.#upsert = db.prepare<[Record<string, unknown>], { id: number }>(upsert);
    this.#count = this.#counted();
  }

  get count(): number {
    return this.#count;
  }

  /** Inside a transaction or alone. @returns the row's id, old or new */
  save(event: NewEvent): number {
    const { data, connectionId, ...rest } = event;
    const row = this.#upsert.get({ ...rest, connectionId: connectionId ?? '', data: JSON.stringify(data) });
    return row!.id;
  }

  /** The count is of committed rows: called after a transaction. */
  recount(): void {
    this.#count = this.#counted();
  }

  remove(id: number): boolean {
    return this.#db.prepare('DELETE FROM event WHERE id = ?').run(id).changes === 1;
  }

  removeConnection(connectionId: string): void {
    this.#db.prepare('DELETE FROM event WHERE connection_id = ?').run(connectionId);
  }

  /** Events with fromMs <= atMs < toMs in time order. */
  list(filter: EventFilter): IncidentEvent[] {
    const rows = this.#db.prepare<[Record<string, unknown>], EventRow>(eventQuery(filter)).all({
      fromMs: filter.fromMs,
      toMs: filter.toMs,
      limit: filter.limit,
      ...(filter.connectionId === undefined ? {} : { connectionId: filter.connectionId }),
      ...(filter.resourceIds === undefined ? {} : { resourceIds: JSON.stringify(filter.resourceIds) }),
      ...(filter.kinds === undefined ? {} : { kinds: JSON.stringify(filter.kinds) }),
    });
    return rows.map(eventOf).reverse();
  }

  #counted(): number {
    return this.#db.prepare<[], number>('SELECT count(*) FROM event').pluck().get()!;
  }
}

function eventOf(row: EventRow): IncidentEvent {
  return {
    id: row.id,
    connectionId: row.connection_id === '' ? null : row.connection_id,
    resourceId: row.resource_id,
    kind: row.kind,
    atMs: row.at_ms,
    endMs: row.end_ms,
    sourceId: row.source_id,
    title: row.title,
    detail: row.detail,
    data: JSON.parse(row.data) as EventData,
  };
}
