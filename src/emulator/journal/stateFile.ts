/**
 * A state file on disk: locked, read in pieces, appended to, cut, replaced as a whole.
 *
 * A line that was appended is the kernel's, so it survives the end of this process however that comes; only a clean stop and a
 * replacement wait for the disk itself. A write that failed leaves no part of itself behind. What the bytes say is not known here.
 */
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { SpillwayError } from '../../core/errors.ts';
import { acquireLock } from './lock.ts';

const pieceBytes = 4 * 1024 * 1024;
/** Message bodies are nobody else's business. */
const mode = 0o600;

export class StateFile {
  readonly name: string;
  readonly #release: () => void;
  #descriptor: number;
  /** What is whole; anything behind it is the rest of a write that failed. */
  #size: number;
  #failed = false;

  /** @throws SpillwayError STATE_IN_USE, FILE_UNWRITABLE */
  constructor(file: string) {
    try {
      this.name = realName(file);
    } catch (thrown) {
      throw unwritable(file, thrown);
    }
    this.#release = acquireLock(this.name);
    try {
      // Left by a process that was killed: nothing in them was promised.
      for (const rest of [freshName(this.name), packedName(this.name)]) rmSync(rest, { force: true });
      this.#descriptor = openSync(this.name, constants.O_RDWR | constants.O_CREAT, mode);
      const stats = fstatSync(this.#descriptor);
      if (!stats.isFile()) throw new Error('it is no regular file');
      this.#size = stats.size;
    } catch (thrown) {
      this.#release();
      throw unwritable(file, thrown);
    }
  }

  get size(): number {
    return this.#size;
  }

  /** From the start. A piece is good until the next one is asked for. */
  *pieces(): Generator<Buffer> {
    for (let at = 0; at < this.#size; ) {
      // Lines may point into a piece for as long as they are worked on, so each has memory of its own.
      const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, this.#size - at));
      const length = readSync(this.#descriptor, piece, 0, piece.length, at);
      if (length === 0) return;
      at += length;
      yield piece.subarray(0, length);
    }
  }

  /** @throws SpillwayError FILE_UNWRITABLE; then nothing was appended */
  append(bytes: Uint8Array): void {
    try {
      this.#dropRest();
      this.#failed = true;
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#descriptor, bytes, done, bytes.length - done, this.#size + done);
      }
      this.#failed = false;
      this.#size += bytes.length;
    } catch (thrown) {
      this.#dropRestQuietly();
      throw unwritable(this.name, thrown);
    }
  }

  /**
   * In place of the last bytes of the file, as many. In one write within one page of memory: a process that ends leaves the old ones or these.
   *
   * @throws SpillwayError FILE_UNWRITABLE; then neither is in the file any more
   */
  rewriteEnd(bytes: Uint8Array): void {
    const at = this.#size - bytes.length;
    try {
      this.#dropRest();
      if (writeSync(this.#descriptor, bytes, 0, bytes.length, at) < bytes.length)
        throw new Error('a write was cut short');
    } catch (thrown) {
      this.#size = at;
      this.#failed = true;
      this.#dropRestQuietly();
      throw unwritable(this.name, thrown);
    }
  }

  /** Everything from this byte on is dropped. @throws SpillwayError FILE_UNWRITABLE */
  cut(size: number): void {
    this.#size = size;
    this.#failed = true;
    try {
      this.#dropRest();
    } catch (thrown) {
      throw unwritable(this.name, thrown);
    }
  }

  /** At any moment the file is the old one or the new one. @throws SpillwayError FILE_UNWRITABLE; then it is the old one */
  replace(bytes: Uint8Array): void {
    const fresh = freshName(this.name);
    try {
      const descriptor = openSync(fresh, 'w', mode);
      try {
        writeFileSync(descriptor, bytes);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      this.#rename(fresh);
    } catch (thrown) {
      rmSync(fresh, { force: true });
      throw unwritable(this.name, thrown);
    }
  }

  /**
   * A file that says the same as this one up to a byte takes its place, with what follows there. At any moment the file is the one or the other.
   *
   * @throws SpillwayError FILE_UNWRITABLE; then it is this one
   */
  replaceBy(fresh: string, saidTo: number): void {
    try {
      this.#dropRest();
      const descriptor = openSync(fresh, 'a', mode);
      try {
        for (let at = saidTo; at < this.#size; ) {
          const piece = Buffer.allocUnsafe(Math.min(pieceBytes, this.#size - at));
          const length = readSync(this.#descriptor, piece, 0, piece.length, at);
          if (length === 0) throw new Error('the file is shorter than it was');
          writeFileSync(descriptor, piece.subarray(0, length));
          at += length;
        }
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      this.#rename(fresh);
    } catch (thrown) {
      throw unwritable(this.name, thrown);
    }
  }

  #rename(fresh: string): void {
    // Some hosts rename over no file that is open.
    closeSync(this.#descriptor);
    try {
      renameSync(fresh, this.name);
    } finally {
      this.#descriptor = openSync(this.name, 'r+');
      this.#size = fstatSync(this.#descriptor).size;
    }
    this.#failed = false;
  }

  /** Waits for the disk, where there is one to wait for, then gives the file back. */
  close(): void {
    this.#dropRestQuietly();
    try {
      fsyncSync(this.#descriptor);
    } catch {
      // The kernel has it all the same.
    }
    closeSync(this.#descriptor);
    this.#release();
  }

  #dropRest(): void {
    if (!this.#failed) return;
    ftruncateSync(this.#descriptor, this.#size);
    this.#failed = false;
  }

  #dropRestQuietly(): void {
    try {
      this.#dropRest();
    } catch {
      // Tried again before the next write.
    }
  }
}

/** What takes the file's place, while it is written. */
const freshName = (file: string): string => `${file}.new`;
export const packedName = (file: string): string => `${file}.packed`;

/** One name for one file, whatever links lead to it: the lock lies beside it. */
function realName(file: string): string {
  const absolute = path.resolve(process.cwd(), file);
  try {
    return realpathSync(absolute);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
    return path.join(realpathSync(path.dirname(absolute)), path.basename(absolute));
  }
}

const unwritable = (file: string, thrown: unknown): SpillwayError =>
  new SpillwayError('FILE_UNWRITABLE', { file, detail: thrown instanceof Error ? thrown.message : String(thrown) });
