/**
 * One process per state file: a file beside it, `FILE.lock`, names who has it.
 *
 * A lock whose process is gone is stale and taken over, so that nothing is in the way after a crash. Where the host tells when a process
 * began (Linux), a process that only got the same number later is not taken for the owner. Machines and containers that share a folder
 * are not kept apart.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { SpillwayError } from '../../core/errors.ts';

interface Owner {
  readonly pid: number;
  /** Tells this process from others of the same number; null where the host does not say. */
  readonly born: string | null;
}

/** This process's own: a lock of our own pid that is not here was left by somebody before us. */
const held = new Set<string>();
const attempts = 3;

/**
 * @param file absolute, without symbolic links
 * @returns gives the lock back
 * @throws SpillwayError STATE_IN_USE, FILE_UNWRITABLE
 */
export function acquireLock(file: string): () => void {
  const lock = `${file}.lock`;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (created(lock, file)) {
      held.add(lock);
      return () => {
        held.delete(lock);
        rmSync(lock, { force: true });
      };
    }
    const text = textOf(lock);
    if (text === null) continue;
    const owner = ownerIn(text);
    if (owner === null || isAlive(owner, lock)) throw inUse(file, lock, owner);
    takeAway(lock, text);
  }
  throw inUse(file, lock, null);
}

/** The lock appears with its content or not at all. */
function created(lock: string, file: string): boolean {
  const own = `${lock}.${process.pid}`;
  const owner: Owner = { pid: process.pid, born: birthOf(process.pid) };
  try {
    writeFileSync(own, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
    linkSync(own, lock);
    return true;
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // Some file systems have no links.
    if (code === 'EPERM' || code === 'ENOSYS' || code === 'ENOTSUP' || code === 'EOPNOTSUPP')
      return createdPlainly(lock, owner);
    throw new SpillwayError('FILE_UNWRITABLE', { file, detail: message });
  } finally {
    rmSync(own, { force: true });
  }
}

function createdPlainly(lock: string, owner: Owner): boolean {
  try {
    writeFileSync(lock, `${JSON.stringify(owner)}\n`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** Renamed first: of two that find a stale lock only one gets it, and what is no longer the stale one is put back. */
function takeAway(lock: string, staleText: string): void {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (textOf(aside) !== staleText) linkSync(aside, lock);
  } catch {
    // Somebody else was faster; the next attempt sees whose it is.
  } finally {
    rmSync(aside, { force: true });
  }
}

function isAlive({ pid, born }: Owner, lock: string): boolean {
  if (pid === process.pid) return held.has(lock);
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const bornNow = birthOf(pid);
  return born === null || bornNow === null || born === bornNow;
}

/** Boot of the machine and clock tick at which a process began; null where nobody tells; `ended` for one that only waits to be buried. */
function birthOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name before it may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return 'ended';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${fields[19]}`;
  } catch {
    return null;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function ownerIn(text: string): Owner | null {
  try {
    const { pid, born } = JSON.parse(text) as Partial<Owner>;
    return Number.isSafeInteger(pid) && pid! > 0 ? { pid: pid!, born: typeof born === 'string' ? born : null } : null;
  } catch {
    return null;
  }
}

const inUse = (file: string, lock: string, owner: Owner | null): SpillwayError =>
  new SpillwayError('STATE_IN_USE', { file, lock, pid: owner?.pid ?? '?' });
