/**
 * What the engine may do with the database: narrow readers and writers, no SQL outside this folder.
 *
 * Every write is one transaction and is durable when the call returns. Times are epoch seconds for datapoints, epoch
 * milliseconds for events.
 */
import type { EventKind, IncidentEvent, NewEvent } from '../core/model/events.ts';
import type { Connection, MetricAlarm, Resource } from '../core/model/resources.ts';
import type { Points, SeriesKey } from '../core/model/series.ts';

/** Small whole number, stable for the life of the database. */
export type SeriesId = number;

export interface SeriesBatch {
  readonly seriesId: SeriesId;
  /** Any order; a time already stored is overwritten with the newer value (CloudWatch revises late minutes). */
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Everything one poll learned, stored together or not at all. */
export interface PollRecord {
  readonly series: readonly SeriesBatch[];
  readonly events: readonly NewEvent[];
  /** Named high-water marks, e.g. `metrics:AWS/SQS:orders` -> epoch seconds. */
  readonly cursors: ReadonlyMap<string, number>;
}

/** Events with fromMs <= atMs < toMs. */
export interface EventFilter {
  readonly fromMs: number;
  readonly toMs: number;
  readonly connectionId?: string;
  readonly resourceIds?: readonly string[];
  readonly kinds?: readonly EventKind[];
  /** Newest are kept when there are more. */
  readonly limit: number;
}

export interface StoreReader {
  connections(): Connection[];
  resources(connectionId?: string): Resource[];
  resource(id: string): Resource | undefined;
  alarms(connectionId?: string): MetricAlarm[];
  cursor(connectionId: string, name: string): number | undefined;
  /** Points with from <= time < to, in time order. Empty when the series is unknown. */
  points(key: SeriesKey, fromSeconds: number, toSeconds: number): Points;
  /** Newest point of a series, or undefined. */
  lastPoint(key: SeriesKey): { readonly time: number; readonly value: number } | undefined;
  /** Series of one metric over all dimension sets that hold the given ones (every shard of a stream). */
  seriesMatching(
    connectionId: string,
    namespace: string,
    metricName: string,
    dimensions: Readonly<Record<string, string>>,
  ): SeriesKey[];
  events(filter: EventFilter): IncidentEvent[];
  setting(name: string): string | undefined;
  stats(): StoreStats;
}

export interface StoreWriter {
  saveConnection(connection: Connection): void;
  /** Removes the connection and everything recorded under it. */
  removeConnection(id: string): void;
  saveResources(resources: readonly Resource[]): void;
  saveAlarms(connectionId: string, alarms: readonly MetricAlarm[]): void;
  seriesId(key: SeriesKey): SeriesId;
  record(connectionId: string, poll: PollRecord): void;
  addEvent(event: NewEvent): IncidentEvent;
  removeEvent(id: number): boolean;
  setSetting(name: string, value: string): void;
  /**
   * Moves the days (UTC) that ended by `throughSeconds` out of the tick log into daily chunks; cheap when there is
   * nothing to do. Give the earliest now of all connections: sealing a day that still grows costs a rewrite each time.
   *
   * @param maxSeriesDays how many days of single series to move at most; 200 keep a call well under 20 ms (EL-06)
   * @returns false when there is more to move
   */
  seal(throughSeconds: number, maxSeriesDays?: number): boolean;
}

export interface StoreStats {
  readonly file: string;
  readonly bytes: number;
  readonly series: number;
  readonly points: number;
  readonly events: number;
}

export interface Store extends StoreReader, StoreWriter {
  /** An open that had to set a damaged file aside says so here; null otherwise. */
  readonly setAside: { readonly file: string; readonly setAside: string; readonly detail: string } | null;
  close(): void;
}
