/** The application without a screen: recording, queries, replays and exports behind the contract. */

export type { Engine, UnattendedOptions, UnattendedRecording } from './demo/unattended.ts';
export { createEngine } from './engine.ts';
export type { EngineOptions, HostTime, LogEntry } from './options.ts';
