/**
 * A file from the page into the engine, piece by piece, so that its size does not matter to any door.
 */
import type { Client } from '../../../core/contract/client.ts';
import type { TraceImported, TraceOptions } from '../../../core/contract/shapes.ts';

/** Three bytes a character at most: below the message limit of serve (SEC-38). */
const pieceCharacters = 256 * 1024;

export interface PushedFile {
  readonly file: Blob & { readonly name: string };
  readonly options: TraceOptions;
  /** Null: only look. */
  readonly name: string | null;
  readonly factor?: number;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** @returns null when it was cancelled; nothing is stored then. Throws what the engine says is wrong. */
export async function pushFile(client: Pick<Client, 'call'>, pushed: PushedFile): Promise<TraceImported | null> {
  const { file, options, name, factor = 1, onProgress, signal } = pushed;
  const { importId } = await client.call('trace.begin', { fileName: file.name, options });
  try {
    let bytes = 0;
    const decoder = new TextDecoder();
    const reader = file.stream().getReader();
    for (;;) {
      const { done, value } = await reader.read();
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      for (let at = 0; at < text.length; at += pieceCharacters) {
        if (signal.aborted) {
          await client.call('trace.cancel', { importId });
          return null;
        }
        await client.call('trace.push', { importId, text: text.slice(at, at + pieceCharacters) });
      }
      bytes += value?.length ?? 0;
      onProgress(file.size === 0 ? 1 : bytes / file.size);
      if (done) break;
    }
    if (signal.aborted) {
      await client.call('trace.cancel', { importId });
      return null;
    }
    return await client.call('trace.finish', { importId, name, change: { factor } });
  } catch (thrown) {
    await client.call('trace.cancel', { importId }).catch(() => {});
    throw thrown;
  }
}
