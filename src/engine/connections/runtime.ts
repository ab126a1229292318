/**
 * The life of one connection: polls at its pace, keeps going through failures, and says how it is.
 *
 * Intervals count on the connection's clock: an emulator at 60 times real time is polled every second for a minute of its
 * own. Not here: what a poll does (recorder/recorder.ts), secrets on disk (there are none).
 */
import type { AwsConnection, ConnectionClock } from '../../aws/interface.ts';
import type { ConnectionStatus } from '../../core/contract/shapes.ts';
import { type ErrorValue, toErrorValue } from '../../core/errors.ts';
import { expectedEverySeconds, shortestWaitMs } from '../../core/model/cadence.ts';
import type { Connection } from '../../core/model/resources.ts';
import type { Store } from '../../storage/interface.ts';
import type { HostTime } from '../options.ts';
import type { Prices } from '../prices.ts';
import { noCalls, pollingCost } from '../recorder/pollingCost.ts';
import { createRecorder, type PollResult, type Recorder } from '../recorder/recorder.ts';
import { liveStateOf } from './liveState.ts';
import { paceAfter, startPace, waitMs } from './pace.ts';

/** How often a held clock is looked at. */
const heldWaitMs = 5_000;

export interface RuntimeOptions {
  readonly connection: Connection;
  readonly store: Store;
  /** Null: no credentials; `missing` then says so. */
  readonly aws: AwsConnection | null;
  readonly missing: ErrorValue | null;
  readonly hostTime: HostTime;
  readonly prices: Prices;
  /** Seconds of the connection's clock between two looks at what there is. */
  readonly discoverEverySeconds: number;
  readonly onStatus: () => void;
  readonly onRecorded: (result: PollResult) => void;
}

export interface ConnectionRuntime {
  readonly connection: Connection;
  readonly aws: AwsConnection | null;
  readonly recorder: Recorder | null;
  status(): ConnectionStatus;
  /** Epoch milliseconds of the connection's clock, carried on from its last reading. */
  nowMs(): number;
  paused(): boolean;
  setPaused(paused: boolean): void;
  /** Polls now, then at its pace. */
  start(): void;
  /** One poll now, outside the pace; failures are thrown and also become the status. */
  pollOnce(): Promise<PollResult>;
  noteClock(clock: ConnectionClock): void;
  /** Does not wait for the timer: the pace has changed. */
  wake(): void;
  /** Does this resource exist no more? */
  isGone(resourceId: string): boolean;
  fail(error: ErrorValue): void;
  stop(): Promise<void>;
}

export function createRuntime(options: RuntimeOptions): ConnectionRuntime {
  const { connection, store, aws, hostTime, onStatus, onRecorded } = options;
  const abort = new AbortController();
  const recorder =
    aws === null
      ? null
      : createRecorder({
          store,
          aws,
          pollEverySeconds: connection.pollIntervalSeconds,
          discoverEverySeconds: options.discoverEverySeconds,
        });
  const virtual = connection.endpoint !== null;
  let clock: ConnectionClock | null = null;
  let clockReadAtMs = 0;
  let pace = startPace;
  let paused = false;
  let running = false;
  let fatal: ErrorValue | null = options.missing;
  let problem: ErrorValue | null = null;
  let lastDataAtMs: number | null = null;
  let polling: Promise<unknown> | null = null;
  let cancelTimer: () => void = () => {};

  const speed = (): number => clock?.speed ?? 1;

  function noteClock(read: ConnectionClock): void {
    clock = read;
    clockReadAtMs = hostTime.nowMs();
  }

  function nowMs(): number {
    if (clock !== null) return Math.round(clock.nowMs + (hostTime.nowMs() - clockReadAtMs) * clock.speed);
    // An emulator that does not answer may run in any year, and a recording that is only read stands still: what was
    // recorded says when "now" is.
    return virtual || !running ? (recordedThroughMs() ?? hostTime.nowMs()) : hostTime.nowMs();
  }

  function recordedThroughMs(): number | null {
    const polled = store.cursor(connection.id, 'polled');
    return polled === undefined ? null : polled * 1000;
  }

  function expectedEveryMs(): number {
    return expectedEverySeconds(connection.pollIntervalSeconds, speed()) * 1000 * pace.slowDown;
  }

  async function pollOnce(): Promise<PollResult> {
    const result = recorder!.poll(abort.signal);
    polling = result;
    try {
      const done = await result;
      noteClock(done.clock);
      pace = paceAfter(pace, done.problem?.code === 'THROTTLED' ? 'throttled' : 'ok');
      fatal = null;
      problem = done.problem;
      // Where nothing is published, an answer is all the life there is.
      if (done.newData || done.quiet || lastDataAtMs === null) lastDataAtMs = done.clock.nowMs;
      onRecorded(done);
      return done;
    } catch (thrown) {
      const error = toErrorValue(thrown);
      pace = paceAfter(pace, error.code === 'THROTTLED' ? 'throttled' : 'failed');
      if (error.code === 'THROTTLED') {
        problem = { ...error, params: { ...error.params, waitSeconds: Math.round(nextWaitMs() / 1000) } };
      } else if (!abort.signal.aborted) {
        fatal = error;
      }
      throw thrown;
    } finally {
      polling = null;
      onStatus();
    }
  }

  /** While a virtual clock is held there is nothing new to ask for. */
  async function pollIfMoved(held: ConnectionClock): Promise<unknown> {
    const healthy = fatal === null && lastDataAtMs !== null;
    if (!healthy) return pollOnce();
    const now = await aws!.clock(abort.signal).catch(() => null);
    if (now !== null && now.nowMs === held.nowMs && now.speed === 0) return undefined;
    return pollOnce();
  }

  function nextWaitMs(): number {
    const intervalMs = connection.pollIntervalSeconds * 1000;
    if (speed() === 0) return waitMs(pace, heldWaitMs);
    return waitMs(pace, Math.max(shortestWaitMs, intervalMs / speed()));
  }

  function schedule(ms: number): void {
    cancelTimer();
    if (!running || paused || recorder === null || abort.signal.aborted) return;
    cancelTimer = hostTime.setTimer(ms, () => {
      // A poll under way (asked for by hand) takes this one's place.
      const poll = polling ?? (clock?.speed === 0 ? pollIfMoved(clock) : pollOnce());
      poll.then(
        () => schedule(nextWaitMs()),
        () => schedule(nextWaitMs()),
      );
    });
  }

  return {
    connection,
    aws,
    recorder,
    nowMs,
    noteClock,
    isGone: (resourceId) => recorder?.gone.has(resourceId) ?? false,
    paused: () => paused,
    pollOnce,
    start() {
      running = true;
      schedule(0);
    },
    wake: () => schedule(0),
    setPaused(value) {
      paused = value;
      if (paused) cancelTimer();
      else schedule(0);
      onStatus();
    },
    fail(error) {
      fatal = error;
      onStatus();
    },
    async stop() {
      running = false;
      cancelTimer();
      abort.abort();
      await polling?.catch(() => {});
      aws?.close();
    },
    status() {
      const calls = recorder?.lastCalls();
      const cost = pollingCost(options.prices, calls?.poll ?? noCalls, calls?.discovery ?? noCalls, {
        poll: nextPaidWaitSeconds(),
        discovery: Math.max(60, options.discoverEverySeconds / Math.max(speed(), 1)),
      });
      const state = liveStateOf({
        paused,
        error: fatal,
        nowMs: nowMs(),
        lastDataAtMs,
        expectedEveryMs: expectedEveryMs(),
      });
      return {
        id: connection.id,
        name: connection.name,
        kind: connection.kind,
        region: connection.region,
        endpoint: connection.endpoint,
        profile: connection.profile,
        accountId: recorder?.accountId() ?? null,
        state,
        error: (fatal ?? problem) as ConnectionStatus['error'],
        nowMs: nowMs(),
        speed: speed(),
        recordedThroughMs: recordedThroughMs(),
        pollIntervalSeconds: connection.pollIntervalSeconds,
        callsPerMinute: paused ? {} : cost.callsPerMinute,
        // Bundled and other local emulators send no bill.
        estimatedCostPerDayUsd: paused || connection.kind !== 'aws' ? 0 : cost.costPerDayUsd,
      };
    },
  };

  function nextPaidWaitSeconds(): number {
    return Math.max(1, (connection.pollIntervalSeconds * pace.slowDown) / Math.max(speed(), 1 / 60));
  }
}
