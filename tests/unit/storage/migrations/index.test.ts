import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate, migrations, schemaVersion, schemaVersionOf } from '../../../../src/storage/migrations/index.ts';

describe('migrations', () => {
  it('are numbered 1, 2, 3 without a gap', () => {
    expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, i) => i + 1));
    expect(schemaVersion).toBe(migrations.length);
  });

  it('run only where they are missing', () => {
    const db = new Database(':memory:');
    const second = { version: 2, name: 'second', sql: 'CREATE TABLE b (x)' };
    migrate(db, [{ version: 1, name: 'first', sql: 'CREATE TABLE a (x)' }]);
    expect(migrate(db, [{ version: 1, name: 'first', sql: 'CREATE TABLE a (x)' }, second])).toEqual([2]);
    expect(schemaVersionOf(db)).toBe(2);
    db.close();
  });

  it('that fail leave the schema as it was before their step', () => {
    const db = new Database(':memory:');
    const broken = { version: 2, name: 'broken', sql: 'CREATE TABLE b (x); CREATE TABLE a (x);' };
    expect(() => migrate(db, [{ version: 1, name: 'first', sql: 'CREATE TABLE a (x)' }, broken])).toThrow(
      /already exists/,
    );
    expect(schemaVersionOf(db)).toBe(1);
    expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['a']);
    db.close();
  });
});
