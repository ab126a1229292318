/**
 * What the lines of a state file say, one after another in the order they were written: packed ones unpacked, checksums looked at.
 *
 * Read in pieces: only a piece, and what one packed line holds, is in memory at a time. What a content means is entryReader.ts.
 */
import { readLine, splitLines } from './lines.ts';
import { isPacked, unpackLines } from './packed.ts';
import type { PlainFrom } from './packing.ts';
import type { StateFile } from './stateFile.ts';

export interface Content {
  readonly content: Buffer;
  /** Of the line it stands in, counted from 1. */
  readonly line: number;
  readonly startByte: number;
  /** A last line may lack its line feed and be whole. */
  readonly ended: boolean;
}

/** A line that is not whole: cut off in writing, or damaged. */
export interface Fault {
  readonly kind: 'torn' | 'damaged';
  readonly line: number;
  readonly startByte: number;
}

export class Contents {
  readonly #file: StateFile;
  #chain: number;
  #plainFrom: PlainFrom;
  #fault: Fault | null = null;

  /** @param chain checksum of the first line, which is no content */
  constructor(file: StateFile, chain: number) {
    this.#file = file;
    this.#chain = chain;
    this.#plainFrom = { byte: 0, chain };
  }

  /** Checksum of the last line so far. */
  get chain(): number {
    return this.#chain;
  }

  /** As far as it is read. */
  get plainFrom(): PlainFrom {
    return this.#plainFrom;
  }

  /** Why there is no more. */
  get fault(): Fault | null {
    return this.#fault;
  }

  /** To be gone through once. */
  *[Symbol.iterator](): Generator<Content> {
    for (const { line: raw, ended, number: line, startByte } of splitLines(this.#file.pieces())) {
      const endByte = startByte + raw.length + 1;
      if (line === 1) {
        this.#plainFrom = { byte: endByte, chain: this.#chain };
        continue;
      }
      const read = readLine(raw, ended, this.#chain);
      if (read.kind !== 'whole') {
        this.#fault = { kind: read.kind, line, startByte };
        return;
      }
      if (isPacked(read.content)) {
        yield* this.#unpacked(read.content, { line, startByte, ended });
        if (this.#fault !== null) return;
        this.#plainFrom = { byte: endByte, chain: this.#chain };
      } else {
        this.#chain = read.chain;
        yield { content: read.content, line, startByte, ended };
      }
    }
  }

  /** @param outer where the packed line stands; if it lacks its end, so does the last of what is in it */
  *#unpacked(content: Buffer, outer: Omit<Content, 'content'>): Generator<Content> {
    const { line, startByte } = outer;
    const lines = [...splitLines([unpacked(content)])];
    for (const [index, { line: raw, ended }] of lines.entries()) {
      const read = readLine(raw, ended, this.#chain);
      if (read.kind !== 'whole' || !ended) {
        this.#fault = { kind: 'damaged', line, startByte };
        return;
      }
      this.#chain = read.chain;
      yield { content: read.content, line, startByte, ended: outer.ended || index < lines.length - 1 };
    }
  }
}

/** What cannot be unpacked is a line that is not whole. */
function unpacked(content: Buffer): Buffer {
  try {
    return unpackLines(content);
  } catch {
    return Buffer.from('-', 'latin1');
  }
}
