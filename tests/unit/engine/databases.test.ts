import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../src/core/model/events.ts';
import { type Databases, openDatabases } from '../../../src/engine/databases.ts';
import { openStore } from '../../../src/storage/index.ts';
import { queue } from './fakeAws.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

function opened(file = ':memory:'): Databases {
  const databases = openDatabases(file, (name) => openStore(name, { nowMs: 0 }));
  closing.push(() => databases.close());
  return databases;
}

const note = (connectionId: string | null, atMs: number): NewEvent => ({
  connectionId,
  resourceId: null,
  kind: 'note',
  atMs,
  endMs: null,
  sourceId: `note:${atMs}`,
  title: 'x',
  detail: '',
  data: { kind: 'note', noteKind: 'observation', author: 'test' },
});
const everything = { fromMs: 0, toMs: 1e15, limit: 10 };

describe('UX-85 the demo never mixes with real data', () => {
  it('an event id names one event, whichever file it is in', () => {
    const databases = opened();
    databases.openDemo();
    const real = databases.addEvent(note('c1', 1000));
    const demo = databases.addEvent(note('demo', 500));
    expect(demo.id).not.toBe(real.id);
    expect(databases.events(everything).map(({ id }) => id)).toEqual([demo.id, real.id]);
    expect(databases.main.events(everything)).toHaveLength(1);
    expect(databases.isNote(demo.id)).toBe(true);
    expect(databases.removeEvent(demo.id)).toBe(true);
    expect(databases.events(everything).map(({ id }) => id)).toEqual([real.id]);
  });

  it('one ARN in both files is the demo while there is one', () => {
    const databases = opened();
    const mine = queue('orders', { visibilityTimeoutSeconds: 1 });
    const demos = { ...queue('orders', { visibilityTimeoutSeconds: 2 }), connectionId: 'demo' };
    databases.main.saveResources([mine]);
    databases.openDemo().saveResources([demos]);
    expect(databases.resource(mine.id)).toMatchObject({ connectionId: 'demo' });
    databases.removeDemo();
    expect(databases.resource(mine.id)).toMatchObject({ connectionId: 'c1' });
    expect(databases.resources()).toHaveLength(1);
  });

  it('a demo file that an earlier process left behind is gone after the start', () => {
    const folder = mkdtempSync(join(tmpdir(), 'spillway-databases-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const left = join(folder, 'spillway-demo.sqlite');
    for (const suffix of ['', '-wal', '-shm']) writeFileSync(left + suffix, 'old');
    const databases = opened(join(folder, 'main.sqlite'));
    for (const suffix of ['', '-wal', '-shm']) expect(existsSync(left + suffix)).toBe(false);
    databases.openDemo();
    expect(existsSync(left)).toBe(true);
    databases.removeDemo();
    expect(existsSync(left)).toBe(false);
  });
});
