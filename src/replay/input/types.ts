/**
 * What the import of a trace takes and gives.
 *
 * A file becomes a grid of equal periods (NaN = hole) or a list of requests, with a report of everything odd and how it was
 * treated. Nothing is guessed silently: what a file does not tell is a question, and until it is answered there is no trace.
 */
import type { ImportNoteKey, ImportQuestionKey } from '../../core/messages/importTerms.ts';

/** 'count': things per period (adds up when periods are joined); 'gauge': a level (a mean is taken). */
export type Quantity = 'count' | 'gauge';

export interface TraceOptions {
  /** Name of the file, for messages. */
  readonly file: string;
  /** Zone of stamps that name none: an IANA name or a difference. Without it such stamps are a question. */
  readonly zone?: string;
  /** Which series, by name, when there are several. */
  readonly series?: string;
  /** Default: found out. */
  readonly kind?: 'series' | 'requests';
  /** Default 'count'. */
  readonly quantity?: Quantity;
  /** What becomes of rows with the same time. Default 'last': a datapoint that was published again. */
  readonly duplicates?: 'first' | 'last' | 'sum' | 'mean';
  /** What becomes of a first or last bucket that looks cut. Default 'keep'. */
  readonly partial?: 'keep' | 'drop';
  /** Where times that count from the start of the file are placed, epoch seconds. Default 0. */
  readonly relativeStartSeconds?: number;
  readonly limits?: Partial<TraceLimits>;
  /** Asked now and then; true ends the import with CANCELLED. */
  readonly cancelled?: () => boolean;
  /** Told after each chunk how many characters and rows were read. */
  readonly onProgress?: (read: { readonly characters: number; readonly rows: number }) => void;
}

export interface TraceLimits {
  readonly characters: number;
  readonly lineCharacters: number;
  readonly rows: number;
  /** Requests that keep their own time and size; further ones only count. */
  readonly keptRequests: number;
  readonly buckets: number;
  readonly columns: number;
}

export const defaultLimits: TraceLimits = {
  characters: 4 * 1024 ** 3,
  lineCharacters: 100_000,
  rows: 50_000_000,
  keptRequests: 5_000_000,
  buckets: 50_000_000,
  columns: 200,
};

export type TraceFormat =
  | 'plain'
  | 'cloudwatch-console'
  | 'get-metric-data'
  | 'get-metric-statistics'
  | 'grafana'
  | 'requests';

/** Something odd and how it was treated; `importNoteText` (core/messages/importTerms.ts) says it in a language. */
export interface ImportNote {
  readonly note: ImportNoteKey;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What the file does not tell; `importQuestionText` asks it in a language. */
export interface ImportQuestion {
  readonly question: ImportQuestionKey;
  readonly params: Readonly<Record<string, string | number>>;
  /** Answers to choose from; empty: any. */
  readonly choices: readonly string[];
}

export interface TraceReport {
  readonly format: TraceFormat;
  readonly kind: 'series' | 'requests';
  readonly rows: number;
  /** Names of the series or size columns found. */
  readonly series: readonly string[];
  /** The one that was read; null for requests. */
  readonly chosen: string | null;
  readonly periodSeconds: number;
  /** First and last stamp, epoch ms; of a zone-less file without a zone given, as if in UTC. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly notes: readonly ImportNote[];
  /** Holes, oldest first, at most 1,000. */
  readonly holes: readonly { readonly fromMs: number; readonly toMs: number }[];
}

/** Equal periods from a start; immutable: transforms give a new one. */
export interface Trace {
  /** Epoch seconds of the first bucket, a whole minute for periods of a minute and longer. */
  readonly startSeconds: number;
  readonly periodSeconds: number;
  /** One value per period; NaN is a hole. */
  readonly values: Float64Array;
  readonly quantity: Quantity;
  /** Single requests, where the file has them. */
  readonly requests?: Requests;
}

export interface Requests {
  /** Seconds since the trace's start, in order. */
  readonly seconds: Float64Array;
  readonly sizes: readonly { readonly name: string; readonly values: Float64Array }[];
}

export interface TraceImport {
  readonly report: TraceReport;
  /** Empty when there is a trace. */
  readonly questions: readonly ImportQuestion[];
  readonly trace: Trace | null;
}

/**
 * Buckets a trace of so many rows may have: a single wrong year among the times must not become millions of holes.
 */
export function mostBuckets(rows: number, limits: TraceLimits): number {
  return Math.min(limits.buckets, 10 * rows + 1_000_000);
}
