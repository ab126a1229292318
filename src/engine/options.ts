/**
 * What the process that hosts the engine hands in: its clock and timers, where files lie, who it is.
 */

import type { createAwsConnection } from '../aws/index.ts';
import type { EngineHost } from '../core/contract/engine.ts';
import type { Session } from '../core/contract/shapes.ts';

/** The host's real time. Nothing in the engine reads another clock or sets another timer. */
export interface HostTime {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** @returns a function that cancels; cancelling late or twice does nothing */
  setTimer(ms: number, run: () => void): () => void;
}

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
}

export interface EngineOptions {
  /** Database file; ':memory:' keeps everything in memory. The demo's own file lies beside it. */
  readonly file: string;
  readonly host: EngineHost;
  readonly hostKind: Session['host'];
  readonly hostTime: HostTime;
  /** Folder of prices.json. */
  readonly resourcesDir: string;
  readonly version: string;
  /** IANA zone of the user's machine. */
  readonly timeZone: string;
  /** Slow calls (EL-05) and failures inside; nothing is written anywhere when left out. */
  readonly log?: (entry: LogEntry) => void;
  /** Tests put a double here; otherwise the AWS SDK is used. */
  readonly connectAws?: typeof createAwsConnection;
}
