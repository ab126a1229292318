/**
 * The token file of a running serve: lets a program of the same user ask for a new link or speak the contract.
 *
 * Written with mode 0600 beside the database, removed at the end. Not a secret store: the token dies with the process.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';

export interface TokenFile {
  readonly url: string;
  readonly token: string;
}

export const tokenFileOf = (databaseFile: string): string => `${databaseFile}.serve.json`;

/** @throws SpillwayError DATABASE_UNOPENABLE: it stands beside the database, and has the same needs */
export function writeTokenFile(file: string, content: TokenFile): void {
  try {
    // Removed first: `mode` only counts for a file that does not exist yet.
    rmSync(file, { force: true });
    writeFileSync(file, JSON.stringify(content), { mode: 0o600, flag: 'wx' });
  } catch (thrown) {
    throw new SpillwayError('DATABASE_UNOPENABLE', { file, detail: (thrown as Error).message });
  }
}

/** @throws SpillwayError NOT_AVAILABLE_HERE when no serve runs on this database */
export function readTokenFile(file: string): TokenFile {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TokenFile;
  } catch {
    throw new SpillwayError('NOT_AVAILABLE_HERE', {
      what: 'link',
      why: phrases([{ term: 'serve-not-running', params: { file } }]),
    });
  }
}
