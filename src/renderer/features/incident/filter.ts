/** Which events are listed: kinds that are switched on, words that were typed. Pure. */

import type { EventRow } from '../../../core/contract/shapes.ts';
import { compareEvents } from '../../../core/model/events.ts';

export type EventKindName = EventRow['kind'];
export const eventKinds: readonly EventKindName[] = [
  'alarm-state',
  'alarm-action',
  'scaling-activity',
  'configuration',
  'recorder',
  'note',
];

export function filterEvents(
  events: readonly EventRow[],
  kinds: ReadonlySet<EventKindName>,
  typed: string,
): EventRow[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return events
    .filter(({ kind, title, detail, sourceId }) => {
      if (!kinds.has(kind)) return false;
      const text = `${title} ${detail} ${sourceId}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort(compareEvents);
}
