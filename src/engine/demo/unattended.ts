/**
 * Recording without a screen and without waiting: move the emulator's clock on, poll once, repeat.
 *
 * For the CLI's demo and for tests. What is stored is what a live recording of the same hours would have stored; nothing
 * depends on how fast this machine is, so two runs with one seed record the same.
 */

import type { EngineApi } from '../../core/contract/engine.ts';
import type { ConnectionInput } from '../../core/contract/shapes.ts';

export interface UnattendedOptions {
  /** A Spillway emulator whose clock is held; anything else is refused with NOT_AVAILABLE_HERE. */
  readonly connection: ConnectionInput;
  /** Virtual seconds between two polls; default 300. */
  readonly stepSeconds?: number;
  /** Virtual instant to record until, epoch milliseconds. */
  readonly untilMs: number;
  readonly onProgress?: (share: number, nowMs: number) => void;
  /** Checked between steps; what was recorded so far stays. */
  readonly signal?: { readonly aborted: boolean };
}

export interface UnattendedRecording {
  readonly connectionId: string;
  /** The queue that a group with policies consumes; null when there is none. */
  readonly queueResourceId: string | null;
  readonly streamResourceId: string | null;
  readonly fromMs: number;
  readonly throughMs: number;
}

/** What `createEngine` gives beyond the contract, for hosts in the same process. */
export interface Engine extends EngineApi {
  recordUnattended(options: UnattendedOptions): Promise<UnattendedRecording>;
  /** A damaged database that was put aside at the start; a host without a screen says so itself. */
  readonly setAside: { readonly file: string; readonly setAside: string; readonly detail: string } | null;
}
