/**
 * All migrations in order, and the loop that brings a file up to date.
 *
 * Each step is one transaction together with its version number, so a killed process leaves a whole schema behind.
 */
import type { Database } from 'better-sqlite3';
import { firstSchema } from './0001-first-schema.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [firstSchema];

/** The newest schema this version of Spillway knows. */
export const schemaVersion = migrations.length;

export function schemaVersionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** Runs the steps that the file lacks. @returns the versions that ran */
export function migrate(db: Database, steps: readonly Migration[] = migrations): number[] {
  const ran: number[] = [];
  const current = schemaVersionOf(db);
  for (const step of steps) {
    if (step.version <= current) continue;
    db.transaction(() => {
      db.exec(step.sql);
      db.pragma(`user_version = ${step.version}`);
    })();
    ran.push(step.version);
  }
  return ran;
}
