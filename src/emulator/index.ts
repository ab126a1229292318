/**
 * The emulator as others start it: a cloud, a clock that runs at some pace, and one loopback port that answers as AWS.
 */
import type { Cloud } from './cloud.ts';
import type { Scenario } from './scenarios/spec.ts';
import type { World } from './world/world.ts';

export type { Cloud, CloudRegion } from './cloud.ts';
export { createCloud } from './cloud.ts';
export type { World } from './world/world.ts';
export { createWorld } from './world/world.ts';

/** The host's own time: nobody in here reads it otherwise. */
export interface HostTime {
  nowMs(): number;
  /** Runs once after about `ms`; returns a cancel function. */
  setTimer(ms: number, run: () => void): () => void;
}

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
