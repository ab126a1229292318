import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { firstSchema } from '../../../../src/storage/migrations/0001-first-schema.ts';
import { migrate, schemaVersionOf } from '../../../../src/storage/migrations/index.ts';

describe('migration 1, first schema', () => {
  it('makes every table and index on an empty file, once', () => {
    const db = new Database(':memory:');
    expect(migrate(db, [firstSchema])).toEqual([1]);
    expect(schemaVersionOf(db)).toBe(1);
    expect(
      db.prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all(),
    ).toEqual([
      'alarm',
      'chunk',
      'connection',
      'cursor',
      'event',
      'event_at',
      'event_source',
      'resource',
      'resource_id',
      'series',
      'series_connection',
      'setting',
      'tick',
    ]);
    expect(migrate(db, [firstSchema])).toEqual([]);
    db.close();
  });

  it('stores whole numbers of cursors in few bytes and keeps fractions', () => {
    const db = new Database(':memory:');
    migrate(db, [firstSchema]);
    const add = db.prepare("INSERT INTO cursor VALUES ('c', ?, ?)");
    add.run('whole', 1_772_409_600);
    add.run('part', 0.5);
    expect(db.prepare('SELECT typeof(value) FROM cursor ORDER BY name DESC').pluck().all()).toEqual([
      'integer',
      'real',
    ]);
    db.close();
  });
});
