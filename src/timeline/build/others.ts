/**
 * Events that stand for themselves: notes, changes of configuration, what the recorder did.
 */
import type { IncidentEvent } from '../../core/model/events.ts';
import type { Importance, TimelineEntry, TimelineFact } from '../types.ts';

/** @param events in order of time; alarm and scaling events are ignored */
export function singleEntries(events: readonly IncidentEvent[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  for (const event of events) {
    const told = factOf(event);
    if (told === null) continue;
    entries.push({
      atMs: event.atMs,
      endMs: event.endMs,
      connectionId: event.connectionId,
      resourceId: event.resourceId,
      importance: told.importance,
      fact: told.fact,
      sources: [event.sourceId],
    });
  }
  return entries;
}

function factOf(event: IncidentEvent): { fact: TimelineFact; importance: Importance } | null {
  const { data } = event;
  switch (data.kind) {
    case 'note':
      return {
        fact: {
          kind: 'note',
          noteKind: data.noteKind,
          author: data.author,
          title: event.title,
          text: event.detail,
        },
        importance: data.noteKind === 'milestone' ? 'high' : 'normal',
      };
    case 'configuration':
      return {
        fact: { kind: 'configuration', what: data.what, before: data.before, after: data.after },
        importance: 'normal',
      };
    case 'recorder':
      return {
        fact: { kind: 'recorder', what: data.what, fromMs: data.fromMs, detail: event.detail },
        importance: data.what === 'gap' || data.what === 'error' ? 'normal' : 'low',
      };
    default:
      return null;
  }
}
