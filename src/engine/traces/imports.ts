/**
 * Imports under way: each takes pieces of a file's text until it is finished or cancelled.
 *
 * Nothing is stored before the end, and then in one transaction. Memory holds times and values, never the text. What a file
 * does not tell comes back as questions; the caller begins again with the answers.
 */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { ParsedInput } from '../../core/contract/methods.ts';
import type { TraceChange, TraceImported, TraceOptions } from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { Resource } from '../../core/model/resources.ts';
import {
  createTraceReader,
  cutTrace,
  resampleTrace,
  scaleTrace,
  shapeTrace,
  shiftTrace,
  spliceTraces,
  type Trace,
  type TraceImport,
  type TraceReader,
} from '../../replay/input/index.ts';
import type { Connections } from '../connections/manager.ts';
import { sampleTraces } from './samples.ts';
import { storeTrace } from './store.ts';

/** An import that nobody finishes holds memory; beyond this many the oldest is forgotten. */
const mostAtOnce = 4;

interface Running {
  readonly fileName: string;
  readonly reader: TraceReader;
  rows: number;
  characters: number;
}

export interface TraceImports {
  begin(fileName: string, options: TraceOptions): { readonly importId: string };
  /** @throws SpillwayError saying what is wrong in which line; the import is gone then. NOT_FOUND for an unknown import */
  push(importId: string, text: string): { readonly rows: number; readonly characters: number };
  /** @param name null: only look. @throws SpillwayError as `push` */
  finish(importId: string, name: string | null, change: TraceChange): Promise<TraceImported>;
  cancel(importId: string): void;
  importSample(sample: string, change: TraceChange): Promise<TraceImported>;
  /** @throws SpillwayError SHAPE_INVALID */
  importShape(given: ParsedInput<'trace.importShape'>): Promise<TraceImported>;
}

export function createTraceImports({
  connections,
  resourcesDir,
}: {
  readonly connections: Pick<Connections, 'addTrace'>;
  readonly resourcesDir: string;
}): TraceImports {
  const running = new Map<string, Running>();
  let count = 0;

  function runningAt(importId: string): Running {
    const found = running.get(importId);
    if (found === undefined)
      throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'import' }]), id: importId });
    return found;
  }

  async function stored(name: string, trace: Trace): Promise<Resource> {
    let queue: Resource | null = null;
    await connections.addTrace(name, (connection, store) => {
      queue = storeTrace(store, connection, trace);
    });
    return queue!;
  }

  /** The trace of another import, which ends with this. */
  function secondOf(importId: string): Trace {
    const { fileName, reader } = runningAt(importId);
    running.delete(importId);
    const { trace } = reader.finish();
    if (trace !== null) return trace;
    throw new SpillwayError('TRACE_SPLICE_REFUSED', {
      file: fileName,
      problem: phrases([{ term: 'splice-has-questions' }]),
    });
  }

  const imports: TraceImports = {
    begin(fileName, options) {
      const importId = `i${++count}`;
      const one: Running = {
        fileName,
        rows: 0,
        characters: 0,
        reader: createTraceReader({
          ...options,
          file: fileName,
          onProgress: ({ rows, characters }) => {
            one.rows = rows;
            one.characters = characters;
          },
        }),
      };
      running.set(importId, one);
      for (const oldest of running.keys()) {
        if (running.size <= mostAtOnce) break;
        running.delete(oldest);
      }
      return { importId };
    },

    push(importId, text) {
      const one = runningAt(importId);
      try {
        one.reader.push(text);
      } catch (thrown) {
        running.delete(importId);
        throw thrown;
      }
      return { rows: one.rows, characters: one.characters };
    },

    async finish(importId, name, change) {
      const one = runningAt(importId);
      running.delete(importId);
      const read = one.reader.finish();
      const trace = read.trace === null || name === null ? null : changed(read.trace, change, one.fileName, secondOf);
      if (trace === null || name === null) return imported(read, null);
      return imported(read, await stored(name, trace));
    },

    cancel: (importId) => void running.delete(importId),

    async importShape({ shape, minutes, startMs, name, change }) {
      const made = shapeTrace(shape, minutes, startMs / 1000);
      const trace = changed(made, change, shape, secondOf);
      const endMs = startMs + (minutes - 1) * 60_000;
      const report = { ...shapeReport, rows: minutes, series: [name], chosen: name, firstMs: startMs, lastMs: endMs };
      return { report, questions: [], queueResourceId: (await stored(name, trace)).id };
    },

    async importSample(wanted, change) {
      const sample = sampleTraces.find(({ name }) => name === wanted);
      if (sample === undefined)
        throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'sample' }]), id: wanted });
      const { importId } = imports.begin(sample.file, sample.zone === null ? {} : { zone: sample.zone });
      const file = path.join(resourcesDir, 'samples', sample.file);
      try {
        for await (const text of createReadStream(file, { encoding: 'utf8' })) imports.push(importId, text as string);
      } catch (thrown) {
        imports.cancel(importId);
        if (thrown instanceof SpillwayError) throw thrown;
        throw new SpillwayError('FILE_UNREADABLE', { file: sample.file, detail: (thrown as Error).message });
      }
      return imports.finish(importId, sample.name, change);
    },
  };
  return imports;
}

function imported({ report, questions }: TraceImport, queue: Resource | null): TraceImported {
  return {
    report: {
      ...report,
      series: [...report.series],
      notes: report.notes.map(({ note, params }) => ({ note, params: { ...params } })),
      holes: report.holes.map((hole) => ({ ...hole })),
    },
    questions: questions.map(({ question, params, choices }) => ({
      question,
      params: { ...params },
      choices: [...choices],
    })),
    queueResourceId: queue?.id ?? null,
  };
}

/** @throws SpillwayError TRACE_RANGE_EMPTY, TRACE_SPLICE_REFUSED, or what is wrong with the second trace */
function changed(trace: Trace, change: TraceChange, file: string, secondOf: (importId: string) => Trace): Trace {
  const { range, splice, factor, shiftSeconds, resampleSeconds } = change;
  const cut = range === undefined ? trace : cutTrace(trace, range.fromMs / 1000, range.toMs / 1000);
  if (cut.values.length === 0 || cut.values.every((value) => Number.isNaN(value))) {
    const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
    throw new SpillwayError('TRACE_RANGE_EMPTY', {
      file,
      from: iso(trace.startSeconds),
      to: iso(trace.startSeconds + trace.values.length * trace.periodSeconds),
    });
  }
  const whole = splice === undefined ? cut : spliced(cut, secondOf(splice.importId), splice.atMs, file);
  const moved = shiftTrace(scaleTrace(whole, factor), shiftSeconds);
  return resampleSeconds === undefined ? moved : resampleTrace(moved, resampleSeconds);
}

/** Both by the minute, so that any two can be joined (IMP-43). */
function spliced(base: Trace, over: Trace, atMs: number | undefined, file: string): Trace {
  try {
    return spliceTraces(resampleTrace(base, 60), resampleTrace(over, 60), atMs === undefined ? undefined : atMs / 1000);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new SpillwayError('TRACE_SPLICE_REFUSED', { file, problem: phrases([{ term: 'splice-off-grid' }]) });
  }
}

/** What is said of traffic that no file holds. */
const shapeReport: Pick<TraceImported['report'], 'format' | 'kind' | 'periodSeconds' | 'notes' | 'holes'> = {
  format: 'shape',
  kind: 'series',
  periodSeconds: 60,
  notes: [],
  holes: [],
};
