/** The database behind the engine; the only importer of better-sqlite3. */
export type * from './interface.ts';
export { type OpenOptions, openStore } from './store.ts';
