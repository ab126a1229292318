/**
 * A state file made smaller while it is written to: once many lines are plain, they are packed (packed.ts) into a new file, which takes the place
 * of the old one in one step.
 *
 * Until then the old one is whole and goes on growing; what came to it meanwhile is copied at the end. So the process may be killed at any
 * moment, and a failure changes nothing but that the file stays as large as it is. The work is done aside, a megabyte at a time.
 */
import { closeSync, fsync, openSync, read, rmSync, write } from 'node:fs';
import { promisify } from 'node:util';
import { chainOfLast, packLines } from './packed.ts';
import { packedName, type StateFile } from './stateFile.ts';

/** Where plain lines begin, and the checksum of the line before. */
export interface PlainFrom {
  readonly byte: number;
  readonly chain: number;
}

/** What has just been done when a test looks. */
export type PackingStep = 'begun' | 'copied' | 'packed' | 'synced' | 'renamed';

export interface PackingOptions {
  /** Fewer plain bytes are not worth it. */
  readonly leastBytes?: number;
  readonly onStep?: (step: PackingStep) => void;
}

const usualLeastBytes = 16 * 1024 * 1024;
/** The packed part is copied each time, so that the plain one must have come to a part of it. */
const leastPart = 0.5;
const blockBytes = 1024 * 1024;
const lineFeed = 0x0a;

const readAt = promisify(read);
const writeTo = promisify(write);
const sync = promisify(fsync);

export class Packing {
  readonly #file: StateFile;
  readonly #settle: () => void;
  readonly #leastBytes: number;
  readonly #onStep: (step: PackingStep) => void;
  #plainFrom: PlainFrom;
  /** Plain bytes below which it is not tried: a try that failed is not repeated before there is twice as much. */
  #dueBytes: number;
  #working: Promise<void> | null = null;
  #stopped = false;

  /** @param settle called before lines are taken as they are: the last one is not written anew after that */
  constructor(file: StateFile, plainFrom: PlainFrom, settle: () => void, options: PackingOptions = {}) {
    this.#file = file;
    this.#plainFrom = plainFrom;
    this.#settle = settle;
    this.#leastBytes = options.leastBytes ?? usualLeastBytes;
    this.#onStep = options.onStep ?? (() => {});
    this.#dueBytes = this.#usualDue();
  }

  /** To be called when something was written. */
  look(): void {
    if (this.#working !== null || this.#stopped || this.#plainBytes() < this.#dueBytes) return;
    this.#working = this.#pack().then(
      () => {
        this.#dueBytes = this.#usualDue();
        this.#working = null;
      },
      () => {
        // A full disk, most likely. The journal itself is not concerned.
        this.#dueBytes = 2 * this.#plainBytes();
        this.#working = null;
      },
    );
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#working;
  }

  /** The file is another one's from now on. */
  stop(): void {
    this.#stopped = true;
    if (this.#working !== null) rmSync(this.#freshName, { force: true });
  }

  get #freshName(): string {
    return packedName(this.#file.name);
  }

  #plainBytes = (): number => this.#file.size - this.#plainFrom.byte;
  #usualDue = (): number => Math.max(this.#leastBytes, leastPart * this.#plainFrom.byte);

  async #pack(): Promise<void> {
    this.#settle();
    const to = this.#file.size;
    // Not awaited: whoever stops this finds the file there to remove.
    const fresh = openSync(this.#freshName, 'w', 0o600);
    let source: number | null = null;
    try {
      this.#onStep('begun');
      source = openSync(this.#file.name, 'r');
      const plainFrom = await this.#write(source, fresh, to);
      await sync(fresh);
      this.#onStep('synced');
      if (this.#stopped) return;
      this.#settle();
      this.#file.replaceBy(this.#freshName, to);
      this.#plainFrom = plainFrom;
      this.#onStep('renamed');
    } finally {
      closeSync(fresh);
      if (source !== null) closeSync(source);
      if (!this.#stopped) rmSync(this.#freshName, { force: true });
    }
  }

  /** @returns where plain lines begin in the new file */
  async #write(source: number, fresh: number, to: number): Promise<PlainFrom> {
    let { byte: at, chain } = this.#plainFrom;
    for (let copied = 0; copied < at && !this.#stopped; ) {
      const piece = await pieceAt(source, copied, Math.min(blockBytes, at - copied));
      await writeAll(fresh, piece);
      copied += piece.length;
    }
    this.#onStep('copied');
    let size = at;
    while (at < to && !this.#stopped) {
      const lines = await linesAt(source, at, to);
      const packed = await packLines(lines, chain);
      await writeAll(fresh, packed);
      size += packed.length;
      at += lines.length;
      chain = chainOfLast(lines);
    }
    this.#onStep('packed');
    return { byte: size, chain };
  }
}

async function pieceAt(descriptor: number, at: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await readAt(descriptor, Buffer.allocUnsafe(length), 0, length, at);
  if (bytesRead === 0) throw new Error('the file is shorter than it was');
  return buffer.subarray(0, bytesRead);
}

/** Whole lines, as many as a block has room for, at least one. */
async function linesAt(descriptor: number, at: number, to: number): Promise<Buffer> {
  for (let length = blockBytes; ; length *= 2) {
    const piece = await pieceAt(descriptor, at, Math.min(length, to - at));
    const end = piece.lastIndexOf(lineFeed) + 1;
    if (end > 0) return piece.subarray(0, end);
  }
}

async function writeAll(descriptor: number, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await writeTo(descriptor, bytes, done);
    done += bytesWritten;
  }
}
