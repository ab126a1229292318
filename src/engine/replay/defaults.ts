/**
 * What the replay form starts with: the range, the deployed setup, two alternatives, and assumptions as far as the
 * recording tells them.
 */
import type {
  Calibration,
  CalibrationRequest,
  CalibrationResult,
  ReplayAssumptions,
  ReplayDefaults,
  TimeRange,
} from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import type { CalibrationNeed } from '../../core/messages/calibration.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { Resource } from '../../core/model/resources.ts';
import { calibrate, guessThroughput, suggestForArrivals, suggestSetups } from '../../replay/index.ts';
import { instancePriceUsd, type Prices } from '../prices.ts';
import { readMeasure } from '../queries/window.ts';
import { deployedOf } from './deployed.ts';
import { loadRecording, type Recording, type RecordingSource } from './recording.ts';

const defaultRangeSeconds = 86_400;

/** Where the recording does not tell; each is shown and may be typed over (UX-31). */
const fallback = {
  throughputPerInstancePerMinute: 60,
  launchDelaySeconds: 120,
  terminateDelaySeconds: 0,
  /** MODEL-02: what the bundled emulator takes, too. */
  metricDelaySeconds: 30,
  evaluationRangeExtra: 2,
  ageGoalSeconds: 300,
} as const;

/** @throws SpillwayError REPLAY_NEEDS when nothing of the queue was recorded; NOT_FOUND when it is no queue */
export function replayDefaultsOf(
  source: RecordingSource,
  queue: Resource,
  wanted: TimeRange | null,
  prices: Prices,
): ReplayDefaults {
  requireQueue(queue);
  const range = wanted ?? recordedRange(source, queue);
  const recording = loadRecording(source, queue, range);
  const { setup, obstacles, instanceType } = deployedOf(source, queue);
  const calibration = calibrationOf(recording);
  const assumptions = assumptionsOf(calibration, recording, instancePriceUsd(prices, instanceType));
  return {
    range,
    deployed: setup,
    // A deployed policy that cannot be replayed is no reason to propose others beside it.
    suggestions:
      setup !== null
        ? suggestSetups(setup)
        : obstacles.length > 0
          ? []
          : suggestForArrivals(recording.columns.arrivals, assumptions),
    assumptions,
    calibration: { ...calibration, missing: [...calibration.missing.map(asPhrase), ...obstacles] },
  };
}

/** @throws SpillwayError as `replayDefaultsOf`; too little in the recording is no error but named in `missing` */
export function calibrationFor(
  source: RecordingSource,
  queue: Resource,
  { range: wanted, ageGoalSeconds, concurrencyPerInstance }: Omit<CalibrationRequest, 'resourceId'>,
): CalibrationResult {
  requireQueue(queue);
  const range = wanted ?? recordedRange(source, queue);
  const calibration = calibrationOf(loadRecording(source, queue, range), ageGoalSeconds, concurrencyPerInstance);
  return { range, calibration: worded(calibration) };
}

function worded(calibration: Calibration): Calibration {
  return { ...calibration, missing: calibration.missing.map(asPhrase) };
}

const asPhrase = (need: string): string => phrases([{ term: need as CalibrationNeed }]);

export function requireQueue(queue: Resource): void {
  if (queue.kind !== 'sqs-queue')
    throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'queue' }]), id: queue.id });
}

/** The newest day of what was recorded of the queue's traffic. */
function recordedRange({ store }: RecordingSource, queue: Resource): TimeRange {
  const through = store.cursor(queue.connectionId, `data:${queue.id}`);
  if (through !== undefined) {
    const { times } = readMeasure(store, queue, 'sent', through - defaultRangeSeconds, through);
    if (times.length > 0) return { fromMs: times[0]! * 1000, toMs: through * 1000 };
  }
  throw new SpillwayError('REPLAY_NEEDS', { resource: queue.name, missing: phrases([{ term: 'no-sent-messages' }]) });
}

/** As calibrate() gives it: what is missing is not in words yet. */
export function calibrationOf(
  recording: Recording,
  ageGoalSeconds: number = fallback.ageGoalSeconds,
  concurrencyPerInstance = 1,
): Calibration {
  const orNull = (column: Float64Array): Float64Array | null =>
    column.every((value) => Number.isNaN(value)) ? null : column;
  return calibrate({
    startSeconds: recording.startSeconds,
    deleted: orNull(recording.deleted),
    backlog: orNull(recording.columns.backlog),
    inService: orNull(recording.columns.inService),
    notVisible: orNull(recording.inFlight),
    activities: recording.activities,
    ageGoalSeconds,
    concurrencyPerInstance,
  });
}

function assumptionsOf(
  calibration: Calibration,
  recording: Recording,
  pricePerInstanceHourUsd: number,
): ReplayAssumptions {
  return {
    ...fallback,
    throughputPerInstancePerMinute:
      calibration.throughputPerInstancePerMinute ??
      meanThroughput(recording) ??
      guessThroughput(recording.columns.arrivals) ??
      fallback.throughputPerInstancePerMinute,
    launchDelaySeconds: calibration.launchDelaySeconds ?? fallback.launchDelaySeconds,
    terminateDelaySeconds: calibration.terminateDelaySeconds ?? fallback.terminateDelaySeconds,
    pricePerInstanceHourUsd,
    arrivalFactor: 1,
  };
}

/** A lower bound when no minute was saturated: what the instances did do, on average. */
function meanThroughput({ deleted, columns }: Recording): number | null {
  let messages = 0;
  let instances = 0;
  deleted.forEach((count, minute) => {
    const inService = columns.inService[minute]!;
    if (Number.isNaN(count) || !(inService > 0)) return;
    messages += count;
    instances += inService;
  });
  return messages > 0 && instances > 0 ? messages / instances : null;
}
