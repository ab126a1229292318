/**
 * A cloud that is kept: its state file, what is played back of it at the start, and what is written from then on.
 *
 * One for each cloud: a reset ends one and begins another on the same file. How the host uses it is emulator/index.ts.
 */
import type { Cloud } from '../cloud.ts';
import type { Scenario } from '../scenarios/spec.ts';
import type { LambdaTargets } from '../sns/delivery/lambda.ts';
import type { Outbound } from '../sns/delivery/outbound.ts';
import { topicCertificate } from '../sns/signing.ts';
import type { Replying, WireReply, WireRequest } from '../wire/message.ts';
import type { HostTime, Pace } from '../world/pace.ts';
import { type ClockOption, instantAfterRestart, speedAfterRestart, speedOf } from './clock.ts';
import { type Beginning, type Wanted, wantedOf } from './header.ts';
import { Journal } from './journal.ts';
import { beginState, openState, type StoredState } from './open.ts';
import { KeptOutbound } from './outside.ts';
import type { PackingOptions } from './packing.ts';
import { type Player, playBack } from './playBack.ts';
import { PlayedPolls } from './playedPolls.ts';
import { Polls } from './polls.ts';
import { unkeptControl, unkeptReply } from './unkept.ts';
import { throwIfCancelled, type Watch } from './watched.ts';

/** What of the host a kept cloud needs. */
export interface Surroundings {
  readonly clock: ClockOption;
  /** The wall's clock, where time shall pass between a stop and the next start. */
  readonly hostTime: HostTime;
  readonly outbound: Outbound;
  readonly lambdaTargets: LambdaTargets;
  /** The host calls `journal.flush` before it tells anybody anything: what came in one turn is written together. Default: each by itself. */
  readonly together?: boolean;
  /** Of playing back. */
  readonly onProgress?: Watch['onProgress'];
  readonly signal?: AbortSignal | undefined;
  /** When the file is packed; for tests. */
  readonly packing?: PackingOptions;
}

/** The cloud, made with this keeping's `beginning`, `outbound` and `lambdaTargets`, and nothing yet due in it. */
export interface KeptCloud {
  readonly cloud: Cloud;
  readonly pace: Pace;
  /** As a client's, request id included; runs to the first wait before it returns. */
  request(request: WireRequest): Replying;
  /** For a request that is not made again. */
  drawRequestId(): void;
}

export interface Restored {
  readonly file: string;
  /** Played back. */
  readonly requests: number;
  /** Of an entry that was cut off in writing, and dropped. */
  readonly droppedBytes: number;
}

/** A clock that is this close to the wall's needs not be brought closer; several rounds, because bringing it there takes time. */
const closeEnoughMs = 100;
const mostRounds = 5;

export class Keeping {
  readonly beginning: Beginning;
  readonly outbound = new KeptOutbound();
  /** As of the instant that is played back; later those of the host. */
  readonly lambdaTargets: Record<string, string> = {};
  readonly #stored: StoredState;
  #startedWith = 0;
  #hostTime: HostTime | null = null;
  #journal: Journal | null = null;

  private constructor(stored: StoredState) {
    this.#stored = stored;
    this.beginning = stored.beginning;
  }

  /**
   * @param facts what a new file is begun with
   * @throws SpillwayError as `openState`
   */
  static open(file: string, facts: Omit<Wanted, 'scenario'>, scenario: Scenario | undefined): Keeping {
    return new Keeping(openState(file, wantedOf(facts, scenario), topicCertificate));
  }

  /** Null until the cloud is what it was. */
  get journal(): Journal | null {
    return this.#journal;
  }

  /**
   * Plays the file back and sets the clock going.
   *
   * @throws SpillwayError as `playBack`, CANCELLED by the signal; then the file is as it was, and the cloud of no use
   */
  async restore(kept: KeptCloud, surroundings: Surroundings): Promise<Restored> {
    const { cloud, pace } = kept;
    const polls = new PlayedPolls(new Polls(cloud), () => kept.drawRequestId());
    const player: Player = {
      world: cloud.world,
      request: (request) => kept.request(request),
      tracelessRequest: () => kept.drawRequestId(),
      emptyReceives: (request, count) => polls.receive(request, count),
      foundNothing: (request) => polls.foundNothing(request),
      looked: () => lookEverywhere(cloud),
      posted: (number, result) => this.outbound.played(number, result),
      functions: (urls) => this.#setFunctions(urls),
    };
    const played = await playBack(this.#stored, player, surroundings);
    const journal = new Journal(this.#stored.file, played, cloud, surroundings.packing);
    for (const [ordinal, leave] of played.waiting) {
      journal.left(cloud.world.nowMs(), ordinal);
      leave();
    }
    const speed = speedAfterRestart(surroundings.clock, played.clock?.facts ?? null);
    const dueMs = (hostNowMs: number): number => instantAfterRestart(played.clock, played.lastMs, speed, hostNowMs);
    await catchUp(pace, cloud, dueMs, surroundings);
    this.#goOn(kept, journal, surroundings, speed);
    return { file: this.#stored.file.name, requests: played.requests, droppedBytes: played.droppedBytes };
  }

  /** Sets a cloud going that begins here, after `restart`. @throws SpillwayError FILE_UNWRITABLE */
  start(kept: KeptCloud, surroundings: Surroundings): void {
    const { chain, beginning, file } = this.#stored;
    const goingOn = { chain, plainFrom: { byte: file.size, chain }, lastMs: beginning.startMs, requests: 0 };
    const journal = new Journal(file, goingOn, kept.cloud, surroundings.packing);
    this.#goOn(kept, journal, surroundings, speedOf(surroundings.clock));
  }

  /**
   * Everything is forgotten but the key that receivers know, and the scenario.
   *
   * @returns the keeping of the cloud that begins then; this one writes nothing more
   * @throws SpillwayError FILE_UNWRITABLE; then nothing is forgotten
   */
  restart(facts: Omit<Wanted, 'scenario'>): Keeping {
    const { file, beginning } = this.#stored;
    this.#journal?.flush();
    const stored = beginState(file, { ...beginning, ...facts });
    this.#journal?.end();
    return new Keeping(stored);
  }

  /** The pace changed, or the clock was set. @throws SpillwayError FILE_UNWRITABLE */
  clockChanged(nowMs: number, speed: number): void {
    this.#journal?.clock(nowMs, { speed, startedWith: this.#startedWith, hostMs: this.#hostTime!.nowMs() });
  }

  /** Before somebody looks into queues without a request. @throws SpillwayError FILE_UNWRITABLE */
  look(cloud: Cloud): void {
    this.#journal?.looked(cloud.world.nowMs());
    lookEverywhere(cloud);
  }

  /** What a client hears whose request, or its reply, cannot be kept. */
  unkeptReply(request: WireRequest, thrown: unknown, requestId: string): WireReply {
    return unkeptReply(request, thrown, requestId);
  }

  /** The same of the emulator's own endpoints. */
  unkeptControl(thrown: unknown): WireReply {
    return unkeptControl(thrown);
  }

  /** Gives the file back. Never throws: what was promised is written already. */
  close(nowMs: number): void {
    try {
      this.#journal?.reached(nowMs);
      this.#journal?.flush();
    } catch {
      // A clock that is not the wall's will stand where it was last seen.
    }
    this.#journal?.end();
    this.#stored.file.close();
  }

  #goOn({ cloud, pace }: KeptCloud, journal: Journal, surroundings: Surroundings, speed: number): void {
    const { clock, hostTime, outbound, lambdaTargets } = surroundings;
    const { world } = cloud;
    this.#startedWith = speedOf(clock);
    this.#hostTime = hostTime;
    if (JSON.stringify(lambdaTargets) !== JSON.stringify(this.lambdaTargets)) {
      journal.functions(world.nowMs(), lambdaTargets);
      this.#setFunctions(lambdaTargets);
    }
    journal.clock(world.nowMs(), { speed, startedWith: this.#startedWith, hostMs: hostTime.nowMs() });
    if (surroundings.together === true) journal.writeTogether();
    this.#journal = journal;
    this.outbound.goLive({
      // Whatever it was that is sent out, it must be there after a kill.
      outbound: afterFlush(outbound, journal),
      note: (number, result) => journal.posted(world.nowMs(), number, result),
      flush: () => world.advanceTo(world.nowMs()),
    });
    pace.setSpeed(speed);
  }

  #setFunctions(urls: LambdaTargets): void {
    for (const name of Object.keys(this.lambdaTargets)) delete this.lambdaTargets[name];
    Object.assign(this.lambdaTargets, urls);
  }
}

async function catchUp(
  pace: Pace,
  { world }: Cloud,
  dueMs: (hostNowMs: number) => number,
  { hostTime, signal }: Surroundings,
): Promise<void> {
  // Ends the advance that is under way.
  signal?.addEventListener('abort', () => pace.stop(), { once: true });
  for (let round = 0; round < mostRounds; round++) {
    const toMs = dueMs(hostTime.nowMs());
    if (toMs <= world.nowMs() + (round === 0 ? 0 : closeEnoughMs)) return;
    await pace.advanceTo(toMs);
    throwIfCancelled(signal);
  }
}

const afterFlush = (outbound: Outbound, journal: Journal): Outbound => ({
  async post(url, headers, body) {
    journal.flush();
    return outbound.post(url, headers, body);
  },
});

/**
 * Looking settles what is due and drops what is too old, in every queue, so that it comes to the same whoever looks at what; played back
 * it is done at the same instants.
 */
export function lookEverywhere(cloud: Cloud): void {
  for (const { sqs } of cloud.regions()) for (const queue of sqs.queues()) queue.counts();
  cloud.world.advanceTo(cloud.world.nowMs());
}
