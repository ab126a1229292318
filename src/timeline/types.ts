/**
 * What goes into an incident timeline and what comes out: plain values, no text of any language.
 *
 * `buildTimeline(input)` turns recorded events, series and an optional replay into one ordered `Timeline`; the formats
 * (Markdown, HTML, JSON) only print it. Nothing here states a cause that no person wrote: entries carry what the
 * services reported, in their own words, and what people noted (UX-92, UX-93).
 */
import type {
  AlarmInfo,
  Fidelity,
  Heatmap,
  Measure,
  ReplayBands,
  ReplayResult,
  SeriesColumns,
  TimeRange,
} from '../core/contract/shapes.ts';
import type { IncidentEvent, NoteKind } from '../core/model/events.ts';
import type { ResourceKind } from '../core/model/resources.ts';

// --- input ---------------------------------------------------------------------------------------------------------

/** A resource the report is about. The first one is the report's subject and gives the file its name. */
export interface TimelineResource {
  readonly resourceId: string;
  readonly name: string;
  readonly kind: ResourceKind;
  readonly region: string;
  /** Name of the connection it was recorded through. */
  readonly connectionName: string;
}

/** One charted measure, every recorded point in the range; times are epoch seconds, missing is missing. */
export type TimelineSeries = Pick<
  SeriesColumns,
  'resourceId' | 'measure' | 'unit' | 'periodSeconds' | 'times' | 'values'
>;

export interface TimelineHeatmap {
  readonly resourceId: string;
  readonly heatmap: Heatmap;
}

export interface TimelineAlarm {
  readonly resourceId: string;
  readonly alarm: AlarmInfo;
}

export interface TimelineInput {
  /** A person's title; empty: the subject's name is used. */
  readonly title: string;
  readonly range: TimeRange;
  /** IANA zone in which instants are written; every one carries its offset (UX-13). */
  readonly timeZone: string;
  readonly spillwayVersion: string;
  readonly resources: readonly TimelineResource[];
  /** Any order; notes are events of kind `note`. Those outside the range are left out. */
  readonly events: readonly IncidentEvent[];
  readonly series: readonly TimelineSeries[];
  readonly heatmaps: readonly TimelineHeatmap[];
  readonly alarms: readonly TimelineAlarm[];
  readonly replay: ReplayResult | null;
  /** How far the figures of each run may be off, in the order of the runs; absent when nobody asked. */
  readonly bands?: readonly ReplayBands[];
}

// --- output --------------------------------------------------------------------------------------------------------

/** The current version of the JSON form. A reader refuses newer ones. */
export const timelineSchemaVersion = 1;

export type Importance = 'high' | 'normal' | 'low';

/** One line of the timeline; several recorded events may have been folded into it. */
export interface TimelineEntry {
  readonly atMs: number;
  /** End of a thing that lasts; null: an instant, or still going on at the end of the range. */
  readonly endMs: number | null;
  readonly connectionId: string | null;
  readonly resourceId: string | null;
  readonly importance: Importance;
  readonly fact: TimelineFact;
  /** `sourceId` of every recorded event folded into this entry, oldest first. */
  readonly sources: readonly string[];
}

export type TimelineFact =
  | {
      readonly kind: 'alarm';
      readonly alarmName: string;
      readonly from: string;
      readonly to: string;
      /** The state that ended it, e.g. OK after ALARM; null while it lasts, or when nothing was paired. */
      readonly until: string | null;
      readonly reason: string;
    }
  | {
      readonly kind: 'alarm-action';
      readonly alarmName: string;
      readonly summary: string;
      /** How many equal actions were folded. */
      readonly count: number;
    }
  | {
      readonly kind: 'scaling';
      readonly groupName: string;
      readonly direction: 'launch' | 'terminate' | 'other';
      readonly desiredBefore: number | null;
      readonly desiredAfter: number | null;
      readonly succeeded: number;
      readonly failed: number;
      /** Activities that had not ended when they were last recorded. */
      readonly running: number;
      readonly instanceIds: readonly string[];
      /** The service's own cause text of the first activity, and its title. */
      readonly title: string;
      readonly detail: string;
    }
  | { readonly kind: 'configuration'; readonly what: string; readonly before: string; readonly after: string }
  | {
      readonly kind: 'recorder';
      readonly what: 'started' | 'stopped' | 'gap' | 'error';
      readonly fromMs: number | null;
      readonly detail: string;
    }
  | {
      readonly kind: 'note';
      readonly noteKind: NoteKind;
      readonly author: string;
      readonly title: string;
      readonly text: string;
    };

/** A mark from which durations are read. `noted` ones are people's; the others are computed from the recording. */
export interface Milestone {
  readonly atMs: number;
  readonly what:
    | 'noted'
    | 'first-alarm'
    | 'first-scale-out'
    | 'peak-depth'
    | 'worst-age'
    | 'worst-iterator-age'
    | 'alarms-ended';
  readonly resourceId: string | null;
  /** The note's title, or the alarm's or group's name; empty otherwise. */
  readonly name: string;
  readonly value: number | null;
}

/** One figure about one resource over the range. */
export interface KeyFigure {
  readonly resourceId: string;
  readonly measure: Measure;
  readonly figure: 'maximum' | 'minimum' | 'total' | 'mean' | 'last';
  readonly value: number;
  readonly unit: SeriesColumns['unit'];
  readonly periodSeconds: number;
  /** Start of the period of a maximum, minimum or last value; null for totals and means. */
  readonly atMs: number | null;
  /** Periods with a datapoint, of the periods in the range. */
  readonly points: number;
  readonly periods: number;
}

export interface Timeline {
  readonly schema: 'spillway-timeline';
  readonly version: typeof timelineSchemaVersion;
  readonly title: string;
  readonly range: TimeRange;
  readonly timeZone: string;
  readonly spillwayVersion: string;
  readonly resources: readonly TimelineResource[];
  readonly milestones: readonly Milestone[];
  readonly entries: readonly TimelineEntry[];
  readonly keyFigures: readonly KeyFigure[];
  readonly series: readonly TimelineSeries[];
  readonly heatmaps: readonly TimelineHeatmap[];
  readonly alarms: readonly TimelineAlarm[];
  readonly replay: ReplayResult | null;
  /** How far the figures of each run may be off, in the order of the runs; absent when nobody asked. */
  readonly bands?: readonly ReplayBands[];
}

export type { Fidelity, ReplayResult };
