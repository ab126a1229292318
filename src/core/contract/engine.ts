/**
 * The engine as its host sees it, in one process or across a channel.
 */
import type { Result } from '../errors.ts';
import type { CallContext } from './dispatch.ts';
import type { Push } from './methods.ts';

export interface EngineApi {
  call(method: string, input: unknown, context?: CallContext): Promise<Result<unknown>>;
  listen(handler: (push: Push) => void): () => void;
  /** Stops polling, finishes the transaction at hand, closes the database. */
  close(): Promise<void>;
}

/** A running emulator, whichever process it lives in. */
export interface EmulatorHandle {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * What the engine needs from the process that hosts it. The engine may not import the emulator (arrows), so the host
 * starts one: its own utility process on the desktop, a child process under serve and the CLI.
 */
export interface EngineHost {
  /** Starts the bundled emulator on a free loopback port with the named scenario, its clock held at the scenario's start. */
  startEmulator(scenario: string): Promise<EmulatorHandle>;
}
