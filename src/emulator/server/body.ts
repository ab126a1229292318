/** A request's body, gathered up to a limit. Not here: how HTTP/1.1 hands it over (wholeRequest.ts). */
import type { Readable } from 'node:stream';

/**
 * Most clients write everything before they read a word, so what is too much is still read for a while and thrown away:
 * then they hear the refusal instead of a broken pipe.
 */
const patience = 4;

const none = Buffer.alloc(0);

export class Body {
  readonly #maxBytes: number;
  readonly #done: (body: Uint8Array | null) => void;
  /** Begins with what has come. Most bodies come in one piece, and are it; others have room to grow. */
  #held: Buffer = none;
  #size = 0;
  #told = false;

  /** @param done called once: with null when the body is larger than `maxBytes` */
  constructor(maxBytes: number, done: (body: Uint8Array | null) => void) {
    this.#maxBytes = maxBytes;
    this.#done = done;
  }

  /** @returns whether more is welcome */
  add(chunk: Buffer): boolean {
    const before = this.#size;
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) this.#held = none;
    else if (before === 0) this.#held = chunk;
    else this.#append(chunk, before);
    if (this.#size <= this.#maxBytes * patience) return true;
    this.#tell(null);
    return false;
  }

  end(): void {
    if (this.#size > this.#maxBytes) this.#tell(null);
    else this.#tell(this.#held.length === this.#size ? this.#held : this.#held.subarray(0, this.#size));
  }

  /** Copied at once: a list of a million pieces of a byte each would take a hundred times their bytes. */
  #append(chunk: Buffer, before: number): void {
    if (this.#held.length < this.#size) {
      const grown = Buffer.allocUnsafe(Math.min(this.#size * 2, this.#maxBytes));
      this.#held.copy(grown, 0, 0, before);
      this.#held = grown;
    }
    chunk.copy(this.#held, before);
  }

  #tell(body: Uint8Array | null): void {
    if (this.#told) return;
    this.#told = true;
    this.#held = none;
    this.#done(body);
  }
}

/** As a stream gives it. A client that goes away in the middle is nobody to answer. */
export function readBody(stream: Readable, body: Body): void {
  stream.on('data', (chunk: Buffer) => {
    if (!body.add(chunk)) stream.pause();
  });
  stream.on('end', () => body.end());
  // The connection has gone with it, and whoever waits for that hears of it from the response.
  stream.on('error', () => {});
}
