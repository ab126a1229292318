/**
 * The replay laboratory: what another policy would have done with the recorded traffic, and how far to trust that.
 *
 * Pure functions on minute columns; the engine loads columns and passes results on.
 */

export { actionsFromActivities, actionsFromDesired, recordedDelays, requestedAtMs } from './actions.ts';
export { type AntipatternInput, antipatternInputOf, type Finding, findAntipatterns } from './antipatterns/index.ts';
export { calibrate } from './calibration/calibrate.ts';
export { implausibleAssumptions } from './calibration/plausible.ts';
export { measureFidelity } from './fidelity.ts';
export { fillHoles } from './holes.ts';
export {
  createTraceReader,
  cutTrace,
  importTrace,
  minuteArrivals,
  resampleTrace,
  scaleTrace,
  shiftTrace,
  spliceTraces,
  type Trace,
  type TraceImport,
  type TraceOptions,
  type TraceReader,
  type TraceReport,
} from './input/index.ts';
export { judgeRun } from './judge.ts';
export { estimatePhaseSeconds } from './phase.ts';
export { runStream, streamSteps } from './plants/kinesis/run.ts';
export type {
  AutoReshardingRule,
  HotKey,
  RefusedRecords,
  ShardChange,
  StreamColumns,
  StreamConsumer,
  StreamInput,
  StreamOutcome,
  StreamTraffic,
} from './plants/kinesis/types.ts';
export type { MessagesOptions } from './plants/perMessage/inLoop.ts';
export { type MessageRun, type MessageRunInput, runMessages } from './plants/perMessage/run.ts';
export type { StationaryQueueOptions } from './plants/stationaryQueue.ts';
export { replaySteps, runReplay } from './replay.ts';
export { matchStream } from './streams/fidelity.ts';
export { type HotSpot, hotSpots } from './streams/hotSpots.ts';
export { type ShardReads, slowestReaderRate } from './streams/readerRate.ts';
export { offeredTraffic } from './streams/traffic.ts';
export { suggestSetups } from './suggest.ts';
export { guessThroughput, suggestForArrivals } from './suggestForArrivals.ts';
export { summarizeRecorded } from './summary.ts';
export type {
  CalibrationInput,
  FidelityInput,
  GaugeSampling,
  Hole,
  HoleTreatment,
  RecordedActivity,
  RecordedInput,
  ReplayHistory,
  ReplayInput,
  ReplayOptions,
  ReplayStart,
  ScalingAction,
} from './types.ts';
export { type BandsInput, bandSteps, drawDelays, type Spreads } from './uncertainty/index.ts';
export { validateSetup } from './validate.ts';
export {
  type ClairvoyantInput,
  clairvoyantSchedule,
  measureYardsticks,
  type ScheduleFigures,
  type YardstickInput,
  type Yardsticks,
} from './yardsticks/index.ts';
