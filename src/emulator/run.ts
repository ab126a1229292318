/**
 * One cloud from its beginning to the next reset, and how it is asked: request ids, requests that wait, what is kept before a reply.
 *
 * Not here: the port, the pace's host, who may come in (index.ts, server/).
 */
import type { Random } from '../core/time/random.ts';
import { type Cloud, type CloudOptions, createCloud } from './cloud.ts';
import { uuidOf } from './ids.ts';
import type { Keeping, KeptCloud } from './journal/index.ts';
import { applyScenario } from './scenarios/apply.ts';
import type { Scenario } from './scenarios/spec.ts';
import type { Admission } from './server/admission.ts';
import type { LambdaTargets } from './sns/delivery/lambda.ts';
import type { SqsFaults } from './sqs/faults.ts';
import { answer } from './wire/answer.ts';
import { errorReply } from './wire/errorReply.ts';
import { bodyTooLarge } from './wire/inflate.ts';
import type { Replying, WireReply, WireRequest } from './wire/message.ts';
import { dialectOf } from './wire/router.ts';
import { createPace, type HostTime, type Pace } from './world/pace.ts';
import { createWorld, type World } from './world/world.ts';

/** What a reset replaces. */
export interface Run {
  readonly world: World;
  readonly cloud: Cloud;
  readonly pace: Pace;
  readonly requestIds: Random;
  /** Each ends a request that waits in virtual time. */
  readonly waiting: Set<() => void>;
  /** Null without a state file. */
  readonly keeping: Keeping | null;
}

/** What SNS uses of the world outside. */
export type Outside = Required<Pick<CloudOptions, 'outbound' | 'signer'>>;

/** Everything that a cloud depends on besides its scenario and its requests. */
export interface RunFacts {
  readonly startMs: number;
  readonly seed: number;
  readonly accountId: string;
  readonly region: string;
  readonly strictQuotas: boolean;
  readonly sqsFaults?: SqsFaults;
}

/** @param facts those of the state file, where there is one */
export function beginRun(
  facts: RunFacts,
  options: { readonly scenario?: Scenario; readonly lambdaTargets?: LambdaTargets; readonly hostTime: HostTime },
  { outbound, signer }: Outside,
  keeping: Keeping | null,
): Run {
  const { startMs, seed, accountId, region, strictQuotas, sqsFaults } = facts;
  const world = createWorld({ startMs, seed });
  // A kept cloud has ways out of its own, which know what was answered before.
  const ways = keeping ?? { outbound, lambdaTargets: options.lambdaTargets ?? {} };
  const cloud = createCloud({
    world,
    accountId,
    region,
    strictQuotas,
    ...(sqsFaults === undefined ? {} : { sqsFaults }),
    lambdaTargets: ways.lambdaTargets,
    outbound: ways.outbound,
    signer,
  });
  if (options.scenario !== undefined) applyScenario(cloud, options.scenario);
  // Nothing is due at this instant any more: whether a request came before it or after it, a file cannot tell.
  if (keeping !== null) world.advanceTo(startMs);
  const pace = createPace(world, options.hostTime);
  return { world, cloud, pace, requestIds: world.random.stream('request ids'), waiting: new Set(), keeping };
}

/** Waiting requests are answered with what they have. */
export function endRun({ pace, waiting }: Run): void {
  pace.stop();
  for (const end of [...waiting]) end();
}

/** A run as its state file is played back to it. */
export function keptCloud(run: Run): KeptCloud {
  return {
    cloud: run.cloud,
    pace: run.pace,
    request: (request) => perform(run, run.cloud, request, nextRequestId(run.requestIds)),
    drawRequestId: () => void nextRequestId(run.requestIds),
  };
}

export type Admit = (request: WireRequest, cloud: Cloud, requestId: string) => Admission;

/** @param admit null: everybody may call everything */
export function answerAws(run: Run, admit: Admit | null, request: WireRequest): Replying {
  const { world, keeping } = run;
  const requestId = nextRequestId(run.requestIds);
  const admission = admit?.(request, run.cloud, requestId) ?? null;
  const unkept = (thrown: unknown): WireReply => {
    // Nothing else throws here.
    if (keeping === null) throw thrown;
    return keeping.unkeptReply(request, thrown, requestId);
  };
  try {
    if (admission?.admitted === false) {
      keeping?.journal?.refused(world.nowMs());
      return admission.reply;
    }
    const cloud = admission?.cloud ?? run.cloud;
    const ordinal = keeping?.journal?.request(world.nowMs(), request, homeAccount(cloud, run.cloud)) ?? 0;
    const kept = (reply: WireReply): WireReply => {
      keeping?.journal?.answered(ordinal, reply);
      keeping?.journal?.reached(world.nowMs());
      return reply;
    };
    const replying = answerWaiting(run, cloud, request, { requestId, ordinal });
    return replying instanceof Promise ? replying.then(kept).catch(unkept) : kept(replying);
  } catch (thrown) {
    return unkept(thrown);
  }
}

/** @param ids `ordinal` is the request's number in the journal */
function answerWaiting(
  run: Run,
  cloud: Cloud,
  request: WireRequest,
  { requestId, ordinal }: { readonly requestId: string; readonly ordinal: number },
): Replying {
  const { method, path, headers, body, origin } = request;
  const signal = new Wait(run, request.signal, ordinal);
  let waits = false;
  try {
    const replying = perform(run, cloud, { method, path, headers, body, origin, signal }, requestId);
    waits = replying instanceof Promise;
    return replying instanceof Promise ? replying.finally(() => signal.over()) : replying;
  } finally {
    if (!waits) signal.over();
  }
}

/**
 * The wait of one request, which its client, a reset and its answer end. A class, because an object written out with a getter of its own makes
 * the engine keep a shape for each, and with it the request, long after the answer.
 */
class Wait {
  readonly #run: Run;
  readonly #client: WireRequest['signal'];
  readonly #ordinal: number;
  readonly #goneBefore: boolean;
  #ends: (() => void)[] = [];
  /** In `waiting`; null while nothing waits. */
  #end: (() => void) | null = null;

  constructor(run: Run, client: WireRequest['signal'], ordinal: number) {
    this.#run = run;
    this.#client = client;
    this.#ordinal = ordinal;
    this.#goneBefore = client.aborted;
  }

  get aborted(): boolean {
    return this.#client.aborted;
  }

  onAbort(run: () => void): void {
    this.#ends.push(run);
    this.#end ??= () => {
      for (const one of this.#ends.splice(0)) one();
    };
    this.#run.waiting.add(this.#end);
    this.#client.onAbort(() => this.#leave());
  }

  /** The request is answered. */
  over(): void {
    if (this.#end === null) return;
    this.#ends.length = 0;
    this.#run.waiting.delete(this.#end);
  }

  #leave(): void {
    if (this.#ends.length === 0) return;
    if (this.#goneBefore) return this.#end!();
    const { world, keeping } = this.#run;
    keeping?.journal?.left(world.nowMs(), this.#ordinal);
    this.#end!();
    world.advanceTo(world.nowMs());
  }
}

/** Runs to its first wait, with everything that is due by then, before this returns: nobody who comes next finds something due. */
function perform({ world }: Run, cloud: Cloud, request: WireRequest, requestId: string): Replying {
  const replying = answer(request, cloud, requestId);
  world.advanceTo(world.nowMs());
  return replying;
}

/** Null when requests that name no account are of the usual one. */
const homeAccount = (of: Cloud, usual: Cloud): string | null =>
  of.home.accountId === usual.home.accountId ? null : of.home.accountId;

/** While a state file is played back, its requests draw the ids. */
export const nobodysRequestId = '00000000-0000-4000-8000-000000000000';

export function refuseTooLarge(run: Run, request: WireRequest): WireReply {
  const { keeping, requestIds, world } = run;
  const requestId = keeping?.journal === null ? nobodysRequestId : nextRequestId(requestIds);
  try {
    keeping?.journal?.refused(world.nowMs());
  } catch (thrown) {
    return keeping!.unkeptReply(request, thrown, requestId);
  }
  const dialect = dialectOf(request.headers, request.path) ?? 'json-1.0';
  return errorReply({ dialect, service: null }, bodyTooLarge(), requestId, false);
}

/** Looks like a UUID, and is the same in every run with one seed. */
function nextRequestId(random: Random): string {
  const word = (): number => Math.floor(random.next() * 2 ** 32);
  return uuidOf(word(), word(), word(), word());
}
