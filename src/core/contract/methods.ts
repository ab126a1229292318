/**
 * The contract: every method a screen, the CLI or a WebSocket client may call, and every topic it may listen to.
 *
 * One table; main, server, CLI client, preload and renderer derive from it, so a missing handler does not compile.
 * `query` reads, `command` changes something of Spillway's own, and `unlock` marks what needs an unlocked profile
 * (nothing that writes to AWS exists yet, so no method carries it). Methods named `host.*` are answered by the process
 * that owns the window or terminal, all others by the engine.
 */
import { z } from 'zod';
import type { ConnectionStatus, DemoStatus } from './shapes.ts';
import * as shape from './shapes.ts';
import { streamReplayRequest, streamReplayResult } from './streamShapes.ts';

export interface Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command';
  readonly input: I;
  readonly output: O;
  readonly unlock: boolean;
}

const nothing = z.strictObject({});
const id = z.string().min(1).max(2048);

function query<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Method<I, O> {
  return { kind: 'query', input, output, unlock: false };
}

function command<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Method<I, O> {
  return { kind: 'command', input, output, unlock: false };
}

export const methods = {
  'session.get': query(nothing, shape.session),
  'session.setPreferences': command(shape.preferences, shape.session),

  'connections.list': query(nothing, z.array(shape.connectionStatus)),
  'connections.test': query(shape.connectionInput, shape.connectionTest),
  'connections.add': command(shape.connectionInput, shape.connectionStatus),
  'connections.remove': command(z.strictObject({ connectionId: id }), nothing),
  'connections.setPaused': command(z.strictObject({ connectionId: id, paused: z.boolean() }), shape.connectionStatus),

  'overview.get': query(nothing, shape.overview),
  'resource.get': query(z.strictObject({ resourceId: id }), shape.resourceDetail),
  'series.get': query(
    z.strictObject({
      series: z.array(shape.seriesRequest).min(1).max(32),
      range: shape.timeRange,
      /** Points drawn per series; 2 per pixel column is plenty. */
      maxPoints: z.number().int().min(2).max(4000),
    }),
    z.array(shape.seriesColumns),
  ),
  'shards.heatmap': query(
    z.strictObject({
      resourceId: id,
      range: shape.timeRange,
      measure: z.enum(['bytes', 'records', 'age']),
      maxBuckets: z.number().int().min(1).max(500),
    }),
    shape.heatmap,
  ),

  'events.list': query(
    z.strictObject({
      range: shape.timeRange,
      resourceIds: z.array(id).max(200).optional(),
      limit: z.number().int().min(1).max(5000).default(1000),
    }),
    z.array(shape.eventRow),
  ),
  'events.addNote': command(shape.noteInput, shape.eventRow),
  'events.removeNote': command(z.strictObject({ id: z.number().int() }), nothing),

  'replay.defaults': query(z.strictObject({ resourceId: id, range: shape.timeRange.nullable() }), shape.replayDefaults),
  /** What the recording tells of throughput, service time and launches; refusals are in the answer's `missing`. */
  'replay.calibrate': query(shape.calibrationRequest, shape.calibrationResult),
  'replay.run': query(shape.replayRequest, shape.replayResult),

  /** How far a replay may be off when its assumptions are not exact (docs/rules/uncertainty.md). */
  'replay.bands': query(shape.bandsRequest, shape.replayBands),
  /** What a stream would have taken, refused and kept unread with other shards and consumers (docs/rules/kinesis.md, KREP). */
  'replay.stream': query(streamReplayRequest, streamReplayResult),
  /** The call with that job answers CANCELLED within 250 ms; a job that is done already is no error. */
  'jobs.cancel': command(z.strictObject({ jobId: shape.jobId }), nothing),

  /** Traces come in pieces, so that files of any size pass every door: begin, push each piece of text, finish. */
  'trace.begin': command(
    z.strictObject({ fileName: z.string().min(1).max(500), options: shape.traceOptions }),
    z.strictObject({ importId: id }),
  ),
  'trace.push': command(
    z.strictObject({ importId: id, text: z.string().max(4 * 1024 * 1024) }),
    z.strictObject({ rows: z.number(), characters: z.number() }),
  ),
  /** Stores the arrivals as a queue of that name, whole or not at all; without a name it only looks. */
  'trace.finish': command(
    z.strictObject({
      importId: id,
      name: z.string().trim().min(1).max(200).nullable(),
      change: shape.traceChange.prefault({}),
    }),
    shape.traceImported,
  ),
  /** Forgets what was pushed. An import that is gone already is no error. */
  'trace.cancel': command(z.strictObject({ importId: id }), nothing),
  'trace.samples': query(nothing, z.array(shape.sampleTrace)),
  'trace.importSample': command(
    z.strictObject({ sample: z.string().min(1).max(100), change: shape.traceChange.prefault({}) }),
    shape.traceImported,
  ),

  /** Traffic out of a description, such as "daily:mean=600,amplitude=400 + chance:" (IMP-50). */
  'trace.importShape': command(
    z.strictObject({
      shape: z.string().min(1).max(2000),
      minutes: z.number().int().min(1).max(1_100_000),
      /** A whole minute; absent: a Monday at midnight, UTC. */
      startMs: z.number().int().min(0).max(8.64e15).multipleOf(60_000).default(1_772_409_600_000),
      name: z.string().trim().min(1).max(200),
      change: shape.traceChange.prefault({}),
    }),
    shape.traceImported,
  ),

  'timeline.export': query(shape.exportRequest, shape.exportedFile),
  /** Shows the save dialog (desktop). Elsewhere answers NOT_AVAILABLE_HERE and the page downloads the text itself. */
  'host.saveFile': command(
    z.strictObject({
      fileName: z.string().min(1).max(200),
      mediaType: z.string().max(100),
      text: z.string().max(64 * 1024 * 1024),
    }),
    z.strictObject({ saved: z.boolean(), fileName: z.string().nullable() }),
  ),

  'demo.status': query(nothing, shape.demoStatus),
  'demo.start': command(z.strictObject({ speed: z.number().min(0).max(3600).default(60) }), shape.demoStatus),
  'demo.setSpeed': command(z.strictObject({ speed: z.number().min(0).max(3600) }), shape.demoStatus),
  /** Stops the emulator and removes everything the demo recorded. */
  'demo.remove': command(nothing, shape.demoStatus),
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
/** What a caller passes: defaults may be left out. */
export type Input<M extends MethodName> = z.input<(typeof methods)[M]['input']>;
/** What a handler receives after validation. */
export type ParsedInput<M extends MethodName> = z.output<(typeof methods)[M]['input']>;
export type Output<M extends MethodName> = z.output<(typeof methods)[M]['output']>;

/** Push topics. Each message carries a sequence number per topic; on a gap the listener asks again (EL-14). */
export interface Topics {
  /** A connection's state, clock or progress changed. */
  connections: ConnectionStatus[];
  /** New datapoints or events were stored; what is on screen should be asked for again. */
  recorded: { readonly connectionId: string; readonly throughMs: number; readonly newEvents: number };
  demo: DemoStatus;
  /** How far a call with a `jobId` has come, 0 to 1. */
  progress: { readonly jobId: string; readonly share: number };
  /** The host asks the page to do something: a menu item, a link. */
  command: { readonly command: string };
}
export type Topic = keyof Topics;

export interface Push<T extends Topic = Topic> {
  readonly topic: T;
  readonly sequence: number;
  readonly payload: Topics[T];
}
