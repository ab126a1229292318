/**
 * What main says to its utility processes and they to it. Plain values only: they cross by structured clone, columns
 * as typed arrays.
 */
import type { Push } from '../core/contract/methods.ts';
import type { ErrorValue, Result } from '../core/errors.ts';

/** Everything an engine needs that can cross a channel. */
export interface EngineStart {
  /** Database file. */
  readonly file: string;
  readonly resourcesDir: string;
  readonly version: string;
  /** IANA zone of the machine. */
  readonly timeZone: string;
}

export type ToEngine =
  | { readonly kind: 'start'; readonly start: EngineStart }
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'emulatorStarted'; readonly id: number; readonly result: Result<{ readonly endpoint: string }> }
  | { readonly kind: 'emulatorStopped'; readonly id: number }
  | { readonly kind: 'close' };

export type FromEngine =
  | { readonly kind: 'ready' }
  /** It cannot start: the same would happen again, so it is not restarted. */
  | { readonly kind: 'failed'; readonly error: ErrorValue }
  | { readonly kind: 'result'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'push'; readonly push: Push }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'startEmulator'; readonly id: number; readonly scenario: string }
  | { readonly kind: 'stopEmulator'; readonly id: number };

export interface EmulatorStart {
  readonly scenario: string;
  readonly resourcesDir: string;
}

export type ToEmulator = { readonly kind: 'start'; readonly start: EmulatorStart } | { readonly kind: 'stop' };

export type FromEmulator =
  | { readonly kind: 'ready'; readonly endpoint: string }
  | { readonly kind: 'failed'; readonly error: ErrorValue };

/** A utility process as main uses it. */
export interface Child<To, From> {
  postMessage(message: To): void;
  onMessage(handler: (message: From) => void): void;
  /** Called once, with the exit code; also when the process could not be started. */
  onExit(handler: (code: number) => void): void;
  kill(): void;
}

/** The other end: what a utility process sees of main. */
export interface ParentPort<To, From> {
  postMessage(message: From): void;
  onMessage(handler: (message: To) => void): void;
}
