/**
 * The store: catalogue, points and events of one file behind one narrow interface.
 *
 * Synchronous on purpose (a transaction never awaits) and for one thread. SQLite's failures leave as SpillwayError.
 */
import type { NewEvent } from '../core/model/events.ts';
import { Catalog } from './catalog.ts';
import { storageError } from './errors.ts';
import { EventStore } from './events.ts';
import type { PollRecord, Store } from './interface.ts';
import { openDatabase } from './open.ts';
import { PointStore } from './points.ts';

export interface OpenOptions {
  /** Epoch milliseconds; names the file that has to be set aside, if any. */
  readonly nowMs: number;
}

/**
 * @param file path of the database, made when it does not exist; ':memory:' keeps everything in memory
 * @throws SpillwayError DATABASE_NEWER, DATABASE_FOREIGN, DATABASE_LOCKED, DATABASE_UNOPENABLE; a damaged file does not
 *   throw, see `Store.setAside`
 */
export function openStore(file: string, options: OpenOptions): Store {
  const opened = openDatabase(file, options.nowMs);
  const { db } = opened;
  const guard = <T>(run: () => T): T => {
    try {
      return run();
    } catch (thrown) {
      throw storageError(thrown, file);
    }
  };
  const transaction = (run: () => void): void => guard(() => db.transaction(run)());
  const { catalog, points, events } = guard(() => ({
    catalog: new Catalog(db),
    points: new PointStore(db),
    events: new EventStore(db),
  }));

  return {
    setAside: opened.setAside,

    connections: () => guard(() => catalog.connections()),
    resources: (connectionId) => guard(() => catalog.resources(connectionId)),
    resource: (id) => guard(() => catalog.resource(id)),
    alarms: (connectionId) => guard(() => catalog.alarms(connectionId)),
    cursor: (connectionId, name) => guard(() => catalog.cursor(connectionId, name)),
    points: (key, fromSeconds, toSeconds) => guard(() => points.points(key, fromSeconds, toSeconds)),
    lastPoint: (key) => guard(() => points.lastPoint(key)),
    seriesMatching: (connectionId, namespace, metricName, dimensions) =>
      points.seriesMatching(connectionId, namespace, metricName, dimensions),
    events: (filter) => guard(() => events.list(filter)),
    setting: (name) => guard(() => catalog.setting(name)),
    stats: () =>
      guard(() => ({
        file,
        bytes: Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true })),
        series: points.seriesCount,
        points: points.pointCount,
        events: events.count,
      })),

    saveConnection: (connection) => transaction(() => catalog.saveConnection(connection)),
    saveResources: (resources) => transaction(() => catalog.saveResources(resources)),
    saveAlarms: (connectionId, alarms) => transaction(() => catalog.saveAlarms(connectionId, alarms)),
    seriesId: (key) => points.seriesId(key),

    record(connectionId: string, poll: PollRecord) {
      const prepared = guard(() => points.prepare(connectionId, poll.series));
      transaction(() => {
        prepared.write();
        for (const event of poll.events) events.save(event);
        catalog.saveCursors(connectionId, poll.cursors);
      });
      prepared.apply();
      if (poll.events.length > 0) events.recount();
    },

    addEvent(event: NewEvent) {
      const id = guard(() => events.save(event));
      events.recount();
      return { ...event, id };
    },

    removeEvent(id) {
      const removed = guard(() => events.remove(id));
      events.recount();
      return removed;
    },

    setSetting: (name, value) => transaction(() => catalog.setSetting(name, value)),

    removeConnection(id) {
      transaction(() => {
        points.removeConnection(id);
        events.removeConnection(id);
        catalog.removeConnection(id);
      });
      points.forget(id);
      events.recount();
      guard(() => db.pragma('incremental_vacuum'));
    },

    seal: (throughSeconds, maxSeriesDays = Number.POSITIVE_INFINITY) =>
      guard(() => points.seal(throughSeconds, maxSeriesDays)),

    close: () => opened.close(),
  };
}
