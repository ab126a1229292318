/** SQLite's failures in our words; anything else passes through as it is. */
import { SpillwayError } from '../core/errors.ts';

/** @returns what to throw instead of `thrown` */
export function storageError(thrown: unknown, file: string): unknown {
  if (thrown instanceof SpillwayError) return thrown;
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') return thrown;
  const detail = typeof message === 'string' ? message : code;
  if (code.startsWith('SQLITE_FULL')) return new SpillwayError('DISK_FULL', { file }, true);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new SpillwayError('DATABASE_LOCKED', { file });
  }
  if (isDamage(code)) return new SpillwayError('DATABASE_DAMAGED', { file, detail });
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH|IOERR)/.test(code) || /^E[A-Z]+$/.test(code)) {
    return new SpillwayError('DATABASE_UNOPENABLE', { file, detail });
  }
  return thrown;
}

/** The file itself is broken, as opposed to out of reach. */
export function isDamage(code: unknown): boolean {
  return typeof code === 'string' && /^SQLITE_(CORRUPT|NOTADB)/.test(code);
}
