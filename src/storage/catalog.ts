/** What is watched (connections, resources, alarms), how far it was read (cursors), and settings: small rows of JSON. */
import type { Database } from 'better-sqlite3';
import type { Connection, MetricAlarm, Resource } from '../core/model/resources.ts';

export const catalogQueries = {
  resourcesOf: 'SELECT body FROM resource WHERE connection_id = ? ORDER BY id',
  resourceById: 'SELECT body FROM resource WHERE id = ? ORDER BY connection_id LIMIT 1',
  alarmsOf: 'SELECT body FROM alarm WHERE connection_id = ? ORDER BY name',
  cursor: 'SELECT value FROM cursor WHERE connection_id = ? AND name = ?',
} as const;

export class Catalog {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  connections(): Connection[] {
    return this.#bodies<Connection>('SELECT body FROM connection ORDER BY id');
  }

  resources(connectionId?: string): Resource[] {
    return connectionId === undefined
      ? this.#bodies<Resource>('SELECT body FROM resource ORDER BY connection_id, id')
      : this.#bodies<Resource>(catalogQueries.resourcesOf, connectionId);
  }

  resource(id: string): Resource | undefined {
    return this.#bodies<Resource>(catalogQueries.resourceById, id)[0];
  }

  alarms(connectionId?: string): MetricAlarm[] {
    return connectionId === undefined
      ? this.#bodies<MetricAlarm>('SELECT body FROM alarm ORDER BY connection_id, name')
      : this.#bodies<MetricAlarm>(catalogQueries.alarmsOf, connectionId);
  }

  cursor(connectionId: string, name: string): number | undefined {
    return this.#db.prepare<[string, string], number>(catalogQueries.cursor).pluck().get(connectionId, name);
  }

  setting(name: string): string | undefined {
    return this.#db.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck().get(name);
  }

  saveConnection(connection: Connection): void {
    this.#db
      .prepare('INSERT INTO connection (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body')
      .run(connection.id, JSON.stringify(connection));
  }

  saveResources(resources: readonly Resource[]): void {
    const save = this.#db.prepare(
      `INSERT INTO resource (connection_id, id, body) VALUES (?, ?, ?)
       ON CONFLICT (connection_id, id) DO UPDATE SET body = excluded.body`,
    );
    for (const resource of resources) save.run(resource.connectionId, resource.id, JSON.stringify(resource));
  }

  /** The connection's alarms are these; others of it are forgotten. */
  saveAlarms(connectionId: string, alarms: readonly MetricAlarm[]): void {
    this.#db.prepare('DELETE FROM alarm WHERE connection_id = ?').run(connectionId);
    const save = this.#db.prepare('INSERT OR REPLACE INTO alarm (connection_id, name, body) VALUES (?, ?, ?)');
    for (const alarm of alarms) save.run(connectionId, alarm.name, JSON.stringify(alarm));
  }

  saveCursors(connectionId: string, cursors: ReadonlyMap<string, number>): void {
    const save = this.#db.prepare(
      `INSERT INTO cursor (connection_id, name, value) VALUES (?, ?, ?)
       ON CONFLICT (connection_id, name) DO UPDATE SET value = excluded.value`,
    );
    for (const [name, value] of cursors) save.run(connectionId, name, value);
  }

  setSetting(name: string, value: string): void {
    this.#db
      .prepare(
        'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, value);
  }

  removeConnection(connectionId: string): void {
    for (const table of ['resource', 'alarm', 'cursor']) {
      this.#db.prepare(`DELETE FROM ${table} WHERE connection_id = ?`).run(connectionId);
    }
    this.#db.prepare('DELETE FROM connection WHERE id = ?').run(connectionId);
  }

  #bodies<T>(sql: string, ...parameters: string[]): T[] {
    return this.#db
      .prepare<string[], string>(sql)
      .pluck()
      .all(...parameters)
      .map((body) => JSON.parse(body) as T);
  }
}
