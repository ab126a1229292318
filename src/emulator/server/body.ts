/** Reads a request's body up to a limit. Works for HTTP/1.1 and HTTP/2 alike. */
import type { Readable } from 'node:stream';

/**
 * Most clients write everything before they read a word, so what is too much is still read for a while and thrown away:
 * then they hear the refusal instead of a broken pipe.
 */
const patience = 4;

/**
 * With callbacks, because nearly every body is there at once, and a promise for each would cost a tenth of a small request. One of them is
 * called, once; what it throws is the stream's.
 *
 * @param done is handed null when the body is larger than `maxBytes`
 */
export function readBody(
  stream: Readable,
  maxBytes: number,
  done: (body: Uint8Array | null) => void,
  failed: () => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let told = false;
  const tell = (body: Uint8Array | null): void => {
    if (told) return;
    told = true;
    done(body);
  };
  // Every stream closes; for those that ended it says nothing. Of an error the client hears nothing: it has gone.
  const goneAway = (): void => {
    if (told) return;
    told = true;
    failed();
  };
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > maxBytes * patience) {
      stream.pause();
      tell(null);
    }
  });
  stream.on('end', () => {
    if (size > maxBytes) tell(null);
    // Most bodies come in one piece.
    else tell(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  });
  stream.on('error', goneAway);
  stream.on('close', goneAway);
}
