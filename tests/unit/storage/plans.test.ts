import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { catalogQueries } from '../../../src/storage/catalog.ts';
import { eventQuery } from '../../../src/storage/events.ts';
import { migrate } from '../../../src/storage/migrations/index.ts';
import { pointQueries } from '../../../src/storage/points.ts';

function plan(sql: string): string {
  const db = new Database(':memory:');
  migrate(db);
  const placeholders = (sql.match(/\?/g) ?? []).map(() => 1);
  const names = [...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name, name?.endsWith('s') ? '[]' : 1]);
  const parameters = names.length > 0 ? [Object.fromEntries(names) as object] : placeholders;
  const steps = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
  db.close();
  return steps.map((step) => step.detail).join('; ');
}

describe('plans of hot queries', () => {
  it.each([
    { name: 'a chunk', sql: pointQueries.chunkOfDay, expected: 'SEARCH chunk USING INTEGER PRIMARY KEY (rowid=?)' },
    { name: 'the log at start', sql: pointQueries.allTicks, expected: 'SCAN tick' },
    {
      name: 'resources of a connection',
      sql: catalogQueries.resourcesOf,
      expected: 'SEARCH resource USING PRIMARY KEY (connection_id=?)',
    },
    {
      name: 'a resource',
      sql: catalogQueries.resourceById,
      expected: 'SEARCH resource USING INDEX resource_id (id=?)',
    },
    {
      name: 'alarms of a connection',
      sql: catalogQueries.alarmsOf,
      expected: 'SEARCH alarm USING PRIMARY KEY (connection_id=?)',
    },
    {
      name: 'a cursor',
      sql: catalogQueries.cursor,
      expected: 'SEARCH cursor USING PRIMARY KEY (connection_id=? AND name=?)',
    },
    {
      name: 'events of a range',
      sql: eventQuery({}),
      expected: 'SEARCH event USING INDEX event_at (at_ms>? AND at_ms<?)',
    },
  ])('$name: $expected', ({ sql, expected }) => {
    expect(plan(sql)).toBe(expected);
  });

  it('events of a range filtered by everything go by time, without a sort', () => {
    const answer = plan(eventQuery({ connectionId: 'c1', resourceIds: [], kinds: [] }));
    expect(answer).toContain('SEARCH event USING INDEX event_at (at_ms>? AND at_ms<?)');
    expect(answer).not.toContain('TEMP B-TREE FOR ORDER BY');
  });
});
