import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { SpillwayError } from '../../../src/core/errors.ts';
import { openStore } from '../../../src/storage/index.ts';
import { schemaVersion } from '../../../src/storage/migrations/index.ts';
import { openWorker } from './child.ts';
import { depthOf, midnight, minutes, nowMs, pairs, poll, tempDir, tempFile } from './helpers.ts';

const orders = depthOf('orders');

function errorOf(run: () => unknown): { code: string; params: object } {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof SpillwayError) return { code: thrown.code, params: thrown.params };
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

/** A recording with some pages of data. */
function recordedFile(): string {
  const file = tempFile();
  const store = openStore(file, { nowMs });
  store.record(
    'c1',
    poll(
      store.seriesId(orders),
      minutes(midnight, 20 * 1440, (i) => Math.sin(i)),
    ),
  );
  store.close();
  return file;
}

describe('a database from a newer version', () => {
  it('is refused, and not one byte of it changes', () => {
    const file = recordedFile();
    const db = new Database(file);
    db.pragma(`user_version = ${schemaVersion + 3}`);
    db.close();
    const before = readFileSync(file);
    expect(errorOf(() => openStore(file, { nowMs }))).toEqual({
      code: 'DATABASE_NEWER',
      params: { file, found: schemaVersion + 3, known: schemaVersion },
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(join(file, '..'))).toEqual(['recording.sqlite']);
  });

  it('that was killed before its log was merged is refused, too, and the log stays', async () => {
    const file = recordedFile();
    const child = await openWorker(file, ['newer', String(schemaVersion + 1)]);
    await child.kill();
    const before = [readFileSync(file), readFileSync(`${file}-wal`)];
    expect(before[1]!.length).toBeGreaterThan(0);
    expect(errorOf(() => openStore(file, { nowMs })).code).toBe('DATABASE_NEWER');
    expect(readFileSync(file).equals(before[0]!)).toBe(true);
    expect(readFileSync(`${file}-wal`).equals(before[1]!)).toBe(true);
  });
});

describe('a database in use', () => {
  it('is refused to a second Spillway of the same process, whatever name it is given', () => {
    const file = tempFile();
    const store = openStore(file, { nowMs });
    symlinkSync(file, `${file}-link`);
    for (const name of [file, `${file}-link`]) {
      expect(errorOf(() => openStore(name, { nowMs })).code).toBe('DATABASE_LOCKED');
    }
    store.close();
    openStore(`${file}-link`, { nowMs }).close();
  });

  it('is refused to another process, and free again the moment its holder is killed', async () => {
    const file = tempFile();
    const child = await openWorker(file, ['hold']);
    expect(errorOf(() => openStore(file, { nowMs })).code).toBe('DATABASE_LOCKED');
    await child.kill();
    const store = openStore(file, { nowMs });
    expect(store.setAside).toBeNull();
    // And the other way round: what is open here is refused there, even after a refused attempt here.
    expect(errorOf(() => openStore(file, { nowMs })).code).toBe('DATABASE_LOCKED');
    await expect(openWorker(file, ['hold'])).rejects.toThrow(/DATABASE_LOCKED/);
    store.close();
  });
});

describe('a damaged database', () => {
  it.each([
    { what: 'not a database at all', damage: () => Buffer.from('<html>Sign in to the Wi-Fi</html>'.repeat(40)) },
    { what: 'a few bytes', damage: (whole: Buffer) => whole.subarray(0, 50) },
    { what: 'a header without its pages', damage: (whole: Buffer) => whole.subarray(0, 4096) },
    {
      what: 'overwritten in the middle',
      damage: (whole: Buffer) => {
        const copy = Buffer.from(whole);
        copy.fill(0xa5, 4096, copy.length - 4096);
        return copy;
      },
    },
  ])('$what is set aside unchanged with its time, and a new one begun', ({ damage }) => {
    const file = recordedFile();
    const damaged = damage(readFileSync(file));
    writeFileSync(file, damaged);
    writeFileSync(`${file}-wal`, 'left behind');
    const store = openStore(file, { nowMs });
    expect(store.setAside).toEqual({
      file,
      setAside: `${file}.damaged-20260302T120000Z`,
      detail: expect.stringMatching(/\w/),
    });
    expect(readFileSync(store.setAside!.setAside).equals(damaged)).toBe(true);
    expect(existsSync(`${store.setAside!.setAside}-wal`)).toBe(true);
    store.record('c1', poll(store.seriesId(orders), minutes(midnight, 1)));
    expect(pairs(store.points(orders, 0, 2e9))).toEqual([[midnight, 0]]);
    store.close();
  });

  it('does not take the name of one set aside before', () => {
    const file = recordedFile();
    writeFileSync(file, 'x'.repeat(200));
    openStore(file, { nowMs }).close();
    writeFileSync(file, 'y'.repeat(200));
    const store = openStore(file, { nowMs });
    expect(store.setAside?.setAside).toBe(`${file}.damaged-20260302T120000Z-2`);
    store.close();
    expect(readFileSync(`${file}.damaged-20260302T120000Z`, 'utf8')).toBe('x'.repeat(200));
  });
});

describe('a file that cannot be ours', () => {
  it('of another program is refused and not changed', () => {
    const file = tempFile();
    const db = new Database(file);
    db.exec('CREATE TABLE bookmark (url TEXT)');
    db.close();
    const before = readFileSync(file);
    expect(errorOf(() => openStore(file, { nowMs })).code).toBe('DATABASE_FOREIGN');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each([
    { what: 'in a folder that does not exist', path: () => join(tempDir(), 'no', 'such', 'recording.sqlite') },
    {
      what: 'that is a folder',
      path: () => {
        const folder = join(tempDir(), 'recording.sqlite');
        mkdirSync(folder);
        return folder;
      },
    },
    {
      what: 'below a file',
      path: () => {
        const file = tempFile();
        writeFileSync(file, '');
        return join(file, 'recording.sqlite');
      },
    },
  ])('$what is said to be unopenable', ({ path }) => {
    const file = path();
    const { code, params } = errorOf(() => openStore(file, { nowMs }));
    expect(code).toBe('DATABASE_UNOPENABLE');
    expect(params).toMatchObject({ file, detail: expect.stringMatching(/\w/) });
  });

  it('an empty file becomes a new database', () => {
    const file = tempFile();
    writeFileSync(file, '');
    const store = openStore(file, { nowMs });
    expect(store.setAside).toBeNull();
    store.setSetting('language', 'ko');
    store.close();
    const again = openStore(file, { nowMs });
    expect(again.setting('language')).toBe('ko');
    again.close();
  });
});
