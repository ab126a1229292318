/**
 * Opening a database file: whose is it, is it whole, is it free? Only then is anything written.
 *
 * - Newer schema or another program's file: refused, the file is not touched.
 * - In use by another Spillway: refused. The lock is SQLite's own exclusive file lock, so the system releases it when
 *   the process ends, however it ends.
 * - Damaged: renamed with its -wal and -shm, and a new one is begun.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync, realpathSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { SpillwayError } from '../core/errors.ts';
import { isDamage, storageError } from './errors.ts';
import { migrate, schemaVersion, schemaVersionOf } from './migrations/index.ts';

/** "SPWY" in the header of every file of ours. */
export const applicationId = 0x53_50_57_59;
const magic = 'SQLite format 3\0';
/** Up to this size every open checks the whole file (some 100 ms); larger ones only after an unclean end. */
const alwaysCheckBytes = 64 * 1024 * 1024;

/**
 * Files open in this process. Asked before a file is read by other means than SQLite: on POSIX, closing any descriptor
 * of a file drops the locks that the process holds on it.
 */
const openFiles = new Set<string>();

export interface OpenedDatabase {
  readonly db: Database.Database;
  /** As in `Store.setAside`. */
  readonly setAside: { readonly file: string; readonly setAside: string; readonly detail: string } | null;
  close(): void;
}

/**
 * @param nowMs names the file that is set aside, if any
 * @throws SpillwayError DATABASE_NEWER, DATABASE_FOREIGN, DATABASE_LOCKED, DATABASE_UNOPENABLE
 */
export function openDatabase(file: string, nowMs: number): OpenedDatabase {
  if (file === ':memory:') {
    const db = configure(new Database(file));
    migrate(db);
    return { db, setAside: null, close: () => db.close() };
  }
  const path = realPath(file);
  if (openFiles.has(path)) throw new SpillwayError('DATABASE_LOCKED', { file });
  let opened = isDatabase(path, file) ? openWhole(path, file) : 'file is not a database';
  let setAside: OpenedDatabase['setAside'] = null;
  if (typeof opened === 'string') {
    const detail = opened;
    setAside = { file, setAside: moveAside(path, nowMs), detail };
    opened = openWhole(path, file);
    if (typeof opened === 'string') throw new SpillwayError('DATABASE_UNOPENABLE', { file, detail: opened });
  }
  const db = opened;
  openFiles.add(path);
  return {
    db,
    setAside,
    close() {
      db.close();
      openFiles.delete(path);
    },
  };
}

/** The path that every name of the file leads to. */
function realPath(file: string): string {
  const path = resolve(file);
  try {
    return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  } catch (thrown) {
    throw storageError(thrown, file);
  }
}

/**
 * Reads the header without SQLite, because SQLite may write (recovery, checkpoint) as soon as it opens.
 * @returns true also for a file that is empty or does not exist: a database can be begun there
 */
function isDatabase(path: string, file: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (thrown) {
    if ((thrown as { code?: string }).code === 'ENOENT') return true;
    throw storageError(thrown, file);
  }
  try {
    if (!fstatSync(descriptor).isFile()) {
      throw new SpillwayError('DATABASE_UNOPENABLE', { file, detail: 'it is not a file' });
    }
    const header = Buffer.alloc(100);
    const length = readSync(descriptor, header, 0, 100, 0);
    if (length === 0) return true;
    if (length < 100 || header.toString('latin1', 0, 16) !== magic) return false;
    refuseForeign(header.readUInt32BE(68), header.readUInt32BE(60), file);
    return true;
  } finally {
    closeSync(descriptor);
  }
}

function refuseForeign(application: number, version: number, file: string): void {
  if (application !== applicationId && application !== 0) throw new SpillwayError('DATABASE_FOREIGN', { file });
  // Numbers of another program mean nothing here; 0 with a version is a database of nobody we know.
  if (application === 0 && version !== 0) throw new SpillwayError('DATABASE_FOREIGN', { file });
  if (version > schemaVersion) {
    throw new SpillwayError('DATABASE_NEWER', { file, found: version, known: schemaVersion });
  }
}

/** @returns the open database, locked and up to date, or what is wrong with the file */
function openWhole(path: string, file: string): Database.Database | string {
  let db: Database.Database | undefined;
  try {
    const fault = examine(path, file);
    if (fault !== undefined) return fault;
    db = configure(new Database(path));
    if (pragma(db, 'application_id') === 0) db.pragma(`application_id = ${applicationId}`);
    migrate(db);
    return db;
  } catch (thrown) {
    db?.close();
    if (isDamage((thrown as { code?: unknown }).code)) return (thrown as Error).message;
    throw storageError(thrown, file);
  }
}

/**
 * Asks SQLite without letting it write: the log of a newer version that was killed, the tables of a file without our
 * mark, and whether the file is whole. A writing connection would merge the log into a file that may be set aside.
 *
 * @returns what is wrong with the file, or undefined
 */
function examine(path: string, file: string): string | undefined {
  const bytes = existsSync(path) ? statSync(path).size : 0;
  if (bytes === 0) return undefined;
  // A -wal left behind means that the last end was not clean (or that the file is in use, which the lock tells).
  const unclean = existsSync(`${path}-wal`);
  const reader = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
  try {
    refuseForeign(pragma(reader, 'application_id'), schemaVersionOf(reader), file);
    if (pragma(reader, 'application_id') === 0 && hasTables(reader)) {
      throw new SpillwayError('DATABASE_FOREIGN', { file });
    }
    return unclean || bytes <= alwaysCheckBytes ? quickCheck(reader) : undefined;
  } finally {
    reader.close();
  }
}

/** Takes the lock for as long as the database is open, and sets what a file must have before its first table. */
function configure(db: Database.Database): Database.Database {
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('busy_timeout = 0');
    const empty = pragma(db, 'page_count') === 0;
    if (empty) db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    // FULL: a poll is acknowledged only when it would survive a power cut.
    db.pragma('synchronous = FULL');
    db.exec('BEGIN IMMEDIATE; COMMIT');
    db.pragma('busy_timeout = 5000');
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

function pragma(db: Database.Database, name: string): number {
  return db.pragma(name, { simple: true }) as number;
}

function hasTables(db: Database.Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
}

function quickCheck(db: Database.Database): string | undefined {
  const answer = db.pragma('quick_check(1)', { simple: true }) as string;
  return answer === 'ok' ? undefined : answer.replaceAll(/\s+/g, ' ').slice(0, 200);
}

/** @returns the new name */
function moveAside(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  let target = `${path}.damaged-${stamp}`;
  for (let n = 2; existsSync(target); n++) target = `${path}.damaged-${stamp}-${n}`;
  renameSync(path, target);
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return target;
}
