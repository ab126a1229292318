/**
 * The emulator as others start it: a cloud, a clock that runs at some pace, and one loopback port that answers as AWS.
 */
import type { Random } from '../core/time/random.ts';
import { type Cloud, createCloud } from './cloud.ts';
import { applyScenario } from './scenarios/apply.ts';
import type { Scenario } from './scenarios/spec.ts';
import { answerControl, controlPrefix } from './server/control.ts';
import { startServer } from './server/server.ts';
import { answer } from './wire/answer.ts';
import { errorReply } from './wire/errorReply.ts';
import { bodyTooLarge, maxBodyBytes } from './wire/inflate.ts';
import type { WireReply, WireRequest } from './wire/message.ts';
import { dialectOf } from './wire/router.ts';
import { createPace, type HostTime, type Pace } from './world/pace.ts';
import { createWorld, type World } from './world/world.ts';

export type { Cloud, CloudRegion } from './cloud.ts';
export { createCloud } from './cloud.ts';
export { parseScenario, type Scenario } from './scenarios/index.ts';
export type { HostTime } from './world/pace.ts';
export type { World } from './world/world.ts';
export { createWorld } from './world/world.ts';

export interface EmulatorOptions {
  /** 0 takes a free one. Default 4566. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  readonly accountId?: string;
  readonly region?: string;
  readonly seed: number;
  readonly startMs: number;
  readonly scenario?: Scenario;
  /** 'stepped': time stands still but for advances. `speed`: virtual seconds per real second. */
  readonly clock: 'stepped' | { readonly speed: number };
  readonly hostTime: HostTime;
}

export interface RunningEmulator {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Replaced by a reset, as is `world`. */
  readonly cloud: Cloud;
  readonly world: World;
  /** Virtual seconds per real second; 0 holds the clock. */
  setSpeed(speed: number): void;
  /** As fast as possible, yielding to other work; resolves when the clock shows `ms`. Going backwards does nothing. */
  advanceTo(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** What a reset replaces. */
interface Run {
  readonly world: World;
  readonly cloud: Cloud;
  readonly pace: Pace;
  readonly requestIds: Random;
}

/** @throws SpillwayError PORT_IN_USE */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const { host = '127.0.0.1', port = 4566 } = options;
  let run = begin(options);
  /** Requests that wait in virtual time; a reset ends their waiting. */
  const waiting = new Set<() => void>();

  const server = await startServer({
    host,
    port,
    maxBodyBytes,
    answer(request) {
      if (request.path.startsWith(controlPrefix)) return answerControl(request, controls);
      return answerAws(run, request, waiting);
    },
    tooLarge: (request) => refuseTooLarge(run, request),
  });
  start(run, options);

  const controls = {
    clock: () => ({ nowMs: run.world.nowMs(), speed: run.pace.speed }),
    setSpeed: (speed: number) => run.pace.setSpeed(speed),
    advanceTo: (ms: number) => run.pace.advanceTo(ms),
    reset() {
      run.pace.stop();
      for (const end of [...waiting]) end();
      run = begin(options);
      start(run, options);
      return Promise.resolve();
    },
  };

  return {
    endpoint: `http://${host}:${server.port}`,
    get cloud() {
      return run.cloud;
    },
    get world() {
      return run.world;
    },
    setSpeed: controls.setSpeed,
    advanceTo: controls.advanceTo,
    async stop() {
      run.pace.stop();
      await server.stop();
    },
  };
}

function begin(options: EmulatorOptions): Run {
  const { startMs, seed, accountId = '000000000000', region = 'us-east-1' } = options;
  const world = createWorld({ startMs, seed });
  const cloud = createCloud({ world, accountId, region });
  if (options.scenario !== undefined) applyScenario(cloud, options.scenario);
  const pace = createPace(world, options.hostTime);
  return { world, cloud, pace, requestIds: world.random.stream('request ids') };
}

function start({ pace }: Run, { clock }: EmulatorOptions): void {
  pace.setSpeed(clock === 'stepped' ? 0 : clock.speed);
}

async function answerAws(run: Run, request: WireRequest, waiting: Set<() => void>): Promise<WireReply> {
  const ends: (() => void)[] = [];
  const end = (): void => {
    for (const one of ends.splice(0)) one();
  };
  const signal = {
    get aborted() {
      return request.signal.aborted;
    },
    onAbort(run: () => void) {
      ends.push(run);
      waiting.add(end);
      request.signal.onAbort(run);
    },
  };
  try {
    return await answer({ ...request, signal }, run.cloud, nextRequestId(run.requestIds));
  } finally {
    waiting.delete(end);
  }
}

function refuseTooLarge(run: Run, { headers, path }: WireRequest): WireReply {
  const dialect = dialectOf(headers, path) ?? 'json-1.0';
  return errorReply({ dialect, service: null }, bodyTooLarge(), nextRequestId(run.requestIds), false);
}

/** Looks like a UUID, and is the same in every run with one seed. */
function nextRequestId(random: Random): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random.next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
