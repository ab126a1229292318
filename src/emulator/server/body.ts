/** A request's body, gathered up to a limit. Not here: how HTTP/1.1 hands it over (wholeRequest.ts). */
import type { Readable } from 'node:stream';

/**
 * Most clients write everything before they read a word, so what is too much is still read for a while and thrown away:
 * then they hear the refusal instead of a broken pipe.
 */
const patience = 4;

export class Body {
  readonly #maxBytes: number;
  readonly #done: (body: Uint8Array | null) => void;
  #chunks: Buffer[] = [];
  #size = 0;
  #told = false;

  /** @param done called once: with null when the body is larger than `maxBytes` */
  constructor(maxBytes: number, done: (body: Uint8Array | null) => void) {
    this.#maxBytes = maxBytes;
    this.#done = done;
  }

  /** @returns whether more is welcome */
  add(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size <= this.#maxBytes) this.#chunks.push(chunk);
    else this.#chunks = [];
    if (this.#size <= this.#maxBytes * patience) return true;
    this.#tell(null);
    return false;
  }

  end(): void {
    const chunks = this.#chunks;
    if (this.#size > this.#maxBytes) this.#tell(null);
    // Most bodies come in one piece.
    else this.#tell(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  }

  #tell(body: Uint8Array | null): void {
    if (this.#told) return;
    this.#told = true;
    this.#chunks = [];
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
