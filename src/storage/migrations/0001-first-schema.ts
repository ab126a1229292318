/**
 * The first schema: what is watched, its series, the tick log, daily chunks, events, cursors, settings.
 *
 * `tick` is the durable log of polls, one packed blob per poll. `chunk` holds one finished day of one series under
 * `day * 2^20 + series`, so that appends stay at the end of the tree and dropping old days is one range delete.
 * Values inside the blobs: codec.ts.
 */
import type { Migration } from './migration.ts';

export const firstSchema: Migration = {
  version: 1,
  name: 'first-schema',
  sql: `
    CREATE TABLE connection (
      id TEXT PRIMARY KEY,
      body TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE resource (
      connection_id TEXT NOT NULL,
      id TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (connection_id, id)
    ) WITHOUT ROWID;
    CREATE INDEX resource_id ON resource (id);

    CREATE TABLE alarm (
      connection_id TEXT NOT NULL,
      name TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (connection_id, name)
    ) WITHOUT ROWID;

    -- first_day, last_day and points are of its chunks only.
    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      connection_id TEXT NOT NULL,
      key TEXT NOT NULL UNIQUE,
      body TEXT NOT NULL,
      first_day INTEGER,
      last_day INTEGER,
      points INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX series_connection ON series (connection_id);

    -- min_time and max_time in epoch seconds over all series of the poll.
    CREATE TABLE tick (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      connection_id TEXT NOT NULL,
      min_time INTEGER NOT NULL,
      max_time INTEGER NOT NULL,
      data BLOB NOT NULL
    );

    CREATE TABLE chunk (
      id INTEGER PRIMARY KEY,
      n INTEGER NOT NULL,
      data BLOB NOT NULL
    );

    -- connection_id '' stands for none, because NULLs would not be unique.
    CREATE TABLE event (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      connection_id TEXT NOT NULL,
      resource_id TEXT,
      kind TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      end_ms INTEGER,
      source_id TEXT NOT NULL,
      title TEXT NOT NULL,
      detail TEXT NOT NULL,
      data TEXT NOT NULL
    );
    CREATE UNIQUE INDEX event_source ON event (connection_id, kind, source_id);
    CREATE INDEX event_at ON event (at_ms);

    CREATE TABLE cursor (
      connection_id TEXT NOT NULL,
      name TEXT NOT NULL,
      value NUMERIC NOT NULL,
      PRIMARY KEY (connection_id, name)
    ) WITHOUT ROWID;

    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) WITHOUT ROWID;
  `,
};
