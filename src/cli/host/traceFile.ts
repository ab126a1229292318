/**
 * A file on its way into the engine: read in pieces, with progress, and given up cleanly at Ctrl-C.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { EngineApi } from '../../core/contract/engine.ts';
import type { Input, Output } from '../../core/contract/methods.ts';
import { SpillwayError } from '../../core/errors.ts';
import { callEngine } from '../session.ts';

type Engine = Pick<EngineApi, 'call'>;

export interface TraceFile {
  readonly file: string;
  readonly options: Input<'trace.begin'>['options'];
  /** Null: only look. */
  readonly name: string | null;
  readonly change: Input<'trace.finish'>['change'];
  /** Share of the file read, 0 to 1, and rows so far. */
  readonly onProgress?: (share: number, rows: number) => void;
}

/** Small enough to be young when it is done with: larger texts wait for a full collection. */
const pieceBytes = 64 * 1024;

/** @throws SpillwayError FILE_UNREADABLE, CANCELLED at Ctrl-C, or what is wrong with the file; nothing is stored then */
export async function pushTraceFile(engine: Engine, trace: TraceFile): Promise<Output<'trace.finish'>> {
  const { name, change } = trace;
  const importId = await pushPieces(engine, trace);
  return callEngine(engine, 'trace.finish', { importId, name, ...(change === undefined ? {} : { change }) });
}

/** All of a file, so that it can be finished, or spliced into another. @throws as `pushTraceFile` */
export async function pushPieces(
  engine: Engine,
  { file, options, onProgress }: Pick<TraceFile, 'file' | 'options' | 'onProgress'>,
): Promise<string> {
  const size = await sizeOf(file);
  const { importId } = await callEngine(engine, 'trace.begin', { fileName: path.basename(file), options });
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  try {
    const pieces = createReadStream(file, { encoding: 'utf8', highWaterMark: pieceBytes });
    for await (const text of pieces) {
      // A signal is heard between two pieces only when the loop lets it.
      await new Promise((resolve) => setImmediate(resolve));
      if (stopped) throw new SpillwayError('CANCELLED');
      const { rows } = await callEngine(engine, 'trace.push', { importId, text: text as string });
      onProgress?.(size === 0 ? 1 : pieces.bytesRead / size, rows);
    }
    return importId;
  } catch (thrown) {
    await callEngine(engine, 'trace.cancel', { importId });
    throw thrown instanceof SpillwayError ? thrown : unreadable(file, thrown);
  } finally {
    process.off('SIGINT', stop);
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
}

function unreadable(file: string, thrown: unknown): SpillwayError {
  return new SpillwayError('FILE_UNREADABLE', {
    file,
    detail: thrown instanceof Error ? thrown.message : String(thrown),
  });
}
