/**
 * Playing back with somebody watching: told how far it is, able to give it up, and others of this process get a turn now and then.
 *
 * Nothing of it touches the cloud: the entries come to the same, however often there is a pause.
 */
import { SpillwayError } from '../../core/errors.ts';
import type { HostTime } from '../world/pace.ts';

export interface PlayBackProgress {
  readonly file: string;
  /** Played back so far. */
  readonly requests: number;
  /** Of the file, 0 to 1. */
  readonly share: number;
  readonly elapsedMs: number;
}

export interface Watch {
  readonly hostTime: HostTime;
  /** Called at every pause. */
  readonly onProgress?: (progress: PlayBackProgress) => void;
  /** Aborted: playing back throws CANCELLED at its next pause. */
  readonly signal?: AbortSignal;
}

/** Longest that nobody else gets a turn; entries before the host's clock is read again. */
const turnMs = 50;
const entriesPerLook = 64;

export class Watched {
  readonly #watch: Watch;
  readonly #file: string;
  readonly #begunMs: number;
  #pausedMs: number;
  #entries = 0;

  constructor(watch: Watch, file: string) {
    this.#watch = watch;
    this.#file = file;
    this.#begunMs = watch.hostTime.nowMs();
    this.#pausedMs = this.#begunMs;
  }

  /** @returns whether it is time for a pause; to be asked after every entry */
  get due(): boolean {
    if (++this.#entries % entriesPerLook !== 0) return false;
    return this.#watch.hostTime.nowMs() - this.#pausedMs >= turnMs;
  }

  /** @throws SpillwayError CANCELLED */
  async pause(requests: number, share: number): Promise<void> {
    const { hostTime, onProgress } = this.#watch;
    onProgress?.({ file: this.#file, requests, share, elapsedMs: hostTime.nowMs() - this.#begunMs });
    await new Promise<void>((resolve) => {
      hostTime.setTimer(0, resolve);
    });
    throwIfCancelled(this.#watch.signal);
    this.#pausedMs = hostTime.nowMs();
  }
}

/** @throws SpillwayError CANCELLED */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SpillwayError('CANCELLED');
}
