/**
 * The desktop app started on databases it cannot use as they are: it says so, and changes nothing of theirs.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { openStore } from '../../src/storage/index.ts';
import { type Desktop, launchDesktop } from './desktop.ts';

let folder: string;
let file: string;
let desktop: Desktop | undefined;

test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-bad-'));
  file = path.join(folder, 'spillway.sqlite');
});
test.afterEach(async () => {
  await desktop?.close();
  desktop = undefined;
  rmSync(folder, { recursive: true, force: true });
});

test('a database of a newer version is refused with a way on, and left alone', async () => {
  openStore(file, { nowMs: 0 }).close();
  const database = new Database(file);
  database.pragma('user_version = 999');
  database.close();
  const before = readFileSync(file);
  desktop = await launchDesktop(['--db', file]);
  const failure = desktop.page.getByTestId('failure');
  await expect(failure).toHaveAttribute('data-code', 'DATABASE_NEWER');
  await expect(failure).toContainText('999');
  await desktop.close();
  desktop = undefined;
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a damaged database is set aside, said, and a new one started', async () => {
  openStore(file, { nowMs: 0 }).close();
  // The header still says whose it is; what follows is lost.
  const damaged = readFileSync(file).fill(0xa5, 100);
  writeFileSync(file, damaged);
  desktop = await launchDesktop(['--db', file, '--lang=ko']);
  await expect(desktop.page.getByTestId('notices')).toContainText('spillway.sqlite');
  await expect(desktop.page.getByTestId('first-run')).toBeVisible();
  const aside = readdirSync(folder).filter((name) => readFileSync(path.join(folder, name)).equals(damaged));
  expect(aside).toHaveLength(1);
});

test('a database of another program is refused and left alone', async () => {
  const database = new Database(file);
  database.exec("CREATE TABLE shopping (item TEXT); INSERT INTO shopping VALUES ('milk')");
  database.close();
  const before = readFileSync(file);
  desktop = await launchDesktop(['--db', file]);
  await expect(desktop.page.getByTestId('failure')).toHaveAttribute('data-code', 'DATABASE_FOREIGN');
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a second Spillway on one file is told so', async () => {
  const holder = openStore(file, { nowMs: 0 });
  try {
    desktop = await launchDesktop(['--db', file]);
    await expect(desktop.page.getByTestId('failure')).toHaveAttribute('data-code', 'DATABASE_LOCKED');
  } finally {
    holder.close();
  }
});
