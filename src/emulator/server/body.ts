/** Reads a request's body up to a limit. Works for HTTP/1.1 and HTTP/2 alike. */
import type { Readable } from 'node:stream';

/**
 * Most clients write everything before they read a word, so what is too much is still read for a while and thrown away:
 * then they hear the refusal instead of a broken pipe.
 */
const patience = 4;

/** @returns null when the body is larger than `maxBytes` */
export function readBody(stream: Readable, maxBytes: number): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let ended = false;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (size > maxBytes * patience) {
        stream.pause();
        resolve(null);
      }
    });
    stream.on('end', () => {
      ended = true;
      if (size > maxBytes) resolve(null);
      // Most bodies come in one piece.
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    stream.on('error', reject);
    stream.on('close', () => {
      // Every stream closes; an error is not made for those that ended, because it would take longer than the request.
      if (!ended) reject(new Error('the client went away'));
    });
  });
}
