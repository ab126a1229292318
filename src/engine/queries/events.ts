/**
 * Events and notes on the time axis. Those of a queue include the group that consumes it; notes and gaps that belong to
 * no resource are part of every list, because they concern whatever is looked at.
 */
import type { EventRow, NoteInput, TimeRange } from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import { compareEvents, type IncidentEvent } from '../../core/model/events.ts';
import { type Databases, demoConnectionId } from '../databases.ts';
import type { Relations } from './relations.ts';

/** @returns oldest first; the newest `limit` when there are more */
export function listEvents(
  databases: Databases,
  relations: Relations,
  wanted: TimeRange,
  resourceIds: readonly string[] | undefined,
  limit: number,
): IncidentEvent[] {
  // A note written now belongs to the range that ends now, also while a virtual clock is held.
  const range = { fromMs: wanted.fromMs, toMs: wanted.toMs + 1 };
  if (resourceIds === undefined) return databases.events({ ...range, limit });
  const related = new Set(resourceIds);
  const connections = new Set<string | null>([null]);
  for (const id of resourceIds) {
    connections.add(relations.resource(id)?.connectionId ?? null);
    const group = relations.groupOf(id);
    if (group !== undefined) related.add(group.resource.id);
  }
  const own = databases.events({ ...range, resourceIds: [...related], limit });
  const general = databases
    .events({ ...range, kinds: ['note', 'recorder'], limit })
    .filter(({ resourceId, connectionId }) => resourceId === null && connections.has(connectionId));
  return [...own, ...general].sort(compareEvents).slice(-limit);
}

export const rowOfEvent = (event: IncidentEvent): EventRow => event as EventRow;

/** @param author shown with the note; there are no accounts, so it is the host's word for this user */
export function addNote(databases: Databases, note: NoteInput, author: string): IncidentEvent {
  const connectionId =
    note.connectionId ??
    (note.resourceId === null ? null : (databases.resource(note.resourceId)?.connectionId ?? null));
  const store = connectionId === demoConnectionId ? databases.of(demoConnectionId) : databases.main;
  const number = Number(store.setting('notes.next') ?? '1');
  store.setSetting('notes.next', String(number + 1));
  return databases.addEvent({
    connectionId,
    resourceId: note.resourceId,
    kind: 'note',
    atMs: note.atMs,
    endMs: null,
    sourceId: `note:${number}`,
    title: note.title,
    detail: note.detail,
    data: { kind: 'note', noteKind: note.noteKind, author },
  });
}

/** @throws SpillwayError NOT_FOUND */
export function removeNote(databases: Databases, id: number): void {
  if (!databases.isNote(id))
    throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'note' }]), id: String(id) });
  databases.removeEvent(id);
}
