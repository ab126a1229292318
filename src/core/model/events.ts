/**
 * Events on the incident's time axis: alarm state changes, scaling activities, configuration changes, notes.
 *
 * `sourceId` makes recording idempotent: the same thing seen twice is stored once.
 */
export type EventKind = 'alarm-state' | 'alarm-action' | 'scaling-activity' | 'configuration' | 'recorder' | 'note';

/** What a note says about itself (UX-92). */
export type NoteKind = 'observation' | 'belief' | 'action' | 'milestone';

export interface IncidentEvent {
  readonly id: number;
  readonly connectionId: string | null;
  readonly resourceId: string | null;
  readonly kind: EventKind;
  readonly atMs: number;
  /** End of a thing that lasts (a scaling activity); null while it runs or for an instant. */
  readonly endMs: number | null;
  /** Unique within (connection, kind). */
  readonly sourceId: string;
  readonly title: string;
  /** The source's own words: an alarm's reason, an activity's cause, a note's text. */
  readonly detail: string;
  readonly data: EventData;
}

export type NewEvent = Omit<IncidentEvent, 'id'>;

export type EventData =
  | {
      readonly kind: 'alarm-state';
      readonly alarmName: string;
      readonly from: string;
      readonly to: string;
      readonly reason: string;
    }
  | { readonly kind: 'alarm-action'; readonly alarmName: string; readonly summary: string }
  | {
      readonly kind: 'scaling-activity';
      readonly groupName: string;
      readonly statusCode: string;
      readonly desiredBefore: number | null;
      readonly desiredAfter: number | null;
      readonly instanceId: string | null;
      readonly direction: 'launch' | 'terminate' | 'other';
    }
  | { readonly kind: 'configuration'; readonly what: string; readonly before: string; readonly after: string }
  | {
      readonly kind: 'recorder';
      readonly what: 'started' | 'stopped' | 'gap' | 'error';
      readonly fromMs: number | null;
    }
  | { readonly kind: 'note'; readonly noteKind: NoteKind; readonly author: string };

/** Causes before effects: at one instant an alarm changes, then acts, then its group moves, then people write about it. */
const orderAtOneInstant: readonly EventKind[] = [
  'recorder',
  'configuration',
  'alarm-state',
  'alarm-action',
  'scaling-activity',
  'note',
];

type Placed = Pick<IncidentEvent, 'atMs' | 'kind' | 'id'>;

/** Order of a timeline: by time, then by kind, then as recorded. Ids may be negative (a second database). */
export function compareEvents(a: Placed, b: Placed): number {
  return (
    a.atMs - b.atMs ||
    orderAtOneInstant.indexOf(a.kind) - orderAtOneInstant.indexOf(b.kind) ||
    Math.abs(a.id) - Math.abs(b.id)
  );
}
