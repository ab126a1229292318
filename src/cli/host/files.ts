/**
 * Files that a person names on the command line: read and written, with a sentence instead of a stack when it fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { SpillwayError } from '../../core/errors.ts';

/** @throws SpillwayError FILE_UNREADABLE */
export function readGivenFile(file: string): Buffer {
  // Said before Node says it of a name that nobody sees.
  if (file === '') throw new SpillwayError('FILE_UNREADABLE', { file: '""', detail: 'ENOENT' });
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw new SpillwayError('FILE_UNREADABLE', { file, detail: detailOf(thrown) });
  }
}

/** @throws SpillwayError FILE_UNWRITABLE */
export function writeGivenFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (thrown) {
    throw new SpillwayError('FILE_UNWRITABLE', { file, detail: detailOf(thrown) });
  }
}

const detailOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
