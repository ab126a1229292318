/**
 * Bands of a replay: what 90 of 100 worlds stay within, per bucket of time and per figure (UNC-07 to UNC-10).
 *
 * A world is one draw of what is not known exactly (draw.ts). Steps, so that a caller can report and stop between two
 * worlds. Memory does not grow with the length of the range: time is put into at most 2,000 buckets.
 */
import type { ReplayBands, ReplayRun, ReplaySummary } from '../../core/contract/shapes.ts';
import { bandFigureIds } from '../../core/messages/bands.ts';
import { type Random, seededRandom } from '../../core/time/random.ts';
import type { MessagesOptions } from '../plants/perMessage/inLoop.ts';
import { replaySteps } from '../replay.ts';
import type { ReplayInput, ReplayOptions } from '../types.ts';
import { drawWorld, type Spreads, type World } from './draw.ts';

export interface BandsInput extends ReplayInput {
  readonly spreads: Spreads;
  /** The messages of a world that has this throughput; left out: a flow. */
  readonly messagesOf?: (throughputPerInstancePerMinute: number, seed: number) => MessagesOptions;
  readonly seed: number;
  /** Worlds, 2 to 1,000. */
  readonly runs: number;
}

const MOST_BUCKETS = 2_000;
export const bandColumns = ['backlog', 'ageSeconds', 'desired', 'inService'] as const;

type BandColumn = (typeof bandColumns)[number];

/** @throws SpillwayError POLICY_INVALID, at the first step */
export function* bandSteps(input: BandsInput): Generator<number, ReplayBands> {
  const { runs, seed, spreads, setup, assumptions, arrivals, startSeconds } = input;
  const minutesPerBucket = Math.max(1, Math.ceil(arrivals.length / MOST_BUCKETS));
  const buckets = Math.ceil(arrivals.length / minutesPerBucket);
  // Row per bucket, so that one bucket's worlds lie together when they are put in order.
  const seen = Object.fromEntries(bandColumns.map((name) => [name, new Float64Array(buckets * runs)])) as Record<
    BandColumn,
    Float64Array
  >;
  const summaries: ReplaySummary[] = [];
  const random = seededRandom(seed, 'bands');
  for (let at = 0; at < runs; at++) {
    const chance = random.stream(String(at));
    const world = drawWorld(setup, assumptions, spreads, chance);
    const options = optionsOf(input, world, chance);
    const replay = replaySteps({ ...input, setup: world.setup, assumptions: world.assumptions, options });
    const run = yield* shareOf(replay, at, runs);
    summaries.push(run.summary);
    for (const name of bandColumns) gather(run, name, minutesPerBucket, buckets, runs, at, seen[name]);
    yield (at + 1) / runs;
  }
  return {
    runs,
    seed,
    times: Float64Array.from({ length: buckets }, (_, bucket) => startSeconds + bucket * minutesPerBucket * 60),
    bucketSeconds: minutesPerBucket * 60,
    backlog: bandOf(seen.backlog, runs),
    ageSeconds: bandOf(seen.ageSeconds, runs),
    desired: bandOf(seen.desired, runs),
    inService: bandOf(seen.inService, runs),
    figures: bandFigureIds.map((figure) => {
      const values = Float64Array.from(summaries, (summary) => summary[figure]).sort();
      const [p5, p50, p95] = [quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)];
      return { figure, p5, p50, p95 };
    }),
  };
}

/** Chance within a world is the world's own (UNC-06). */
function optionsOf({ options, messagesOf }: BandsInput, world: World, chance: Random): ReplayOptions {
  const seedOf = (what: string) => Math.floor(chance.stream(what).next() * 2 ** 32);
  const noise = options?.countNoise;
  return {
    ...options,
    recordedDelays: world.delays,
    ...(noise == null ? {} : { countNoise: { ...noise, seed: seedOf('counts') } }),
    ...(messagesOf === undefined
      ? {}
      : { messages: messagesOf(world.assumptions.throughputPerInstancePerMinute, seedOf('messages')) }),
  };
}

/** The steps of one world as part of all. */
function* shareOf(replay: Generator<number, ReplayRun>, at: number, runs: number): Generator<number, ReplayRun> {
  for (;;) {
    const step = replay.next();
    if (step.done) return step.value;
    yield (at + step.value) / runs;
  }
}

/** The largest of a bucket's minutes: a peak must not be lost to its neighbours (UNC-08). */
function gather(
  run: ReplayRun,
  name: BandColumn,
  minutesPerBucket: number,
  buckets: number,
  runs: number,
  at: number,
  into: Float64Array,
): void {
  const column = run.columns[name];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = bucket * minutesPerBucket;
    const to = Math.min(from + minutesPerBucket, column.length);
    let most = column[from]!;
    for (let minute = from + 1; minute < to; minute++) if (column[minute]! > most) most = column[minute]!;
    into[bucket * runs + at] = most;
  }
}

function bandOf(seen: Float64Array, runs: number): ReplayBands['backlog'] {
  const buckets = seen.length / runs;
  const [p5, p50, p95] = [new Float64Array(buckets), new Float64Array(buckets), new Float64Array(buckets)];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const worlds = seen.subarray(bucket * runs, (bucket + 1) * runs).sort();
    p5[bucket] = quantile(worlds, 0.05);
    p50[bucket] = quantile(worlds, 0.5);
    p95[bucket] = quantile(worlds, 0.95);
  }
  return { p5, p50, p95 };
}

/** The smallest value that this share of the worlds does not exceed (UNC-09). */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
