/**
 * Bands of one setup over the recording, with spreads from its calibration where the request gives none.
 *
 * Order only; drawing and gathering are replay/uncertainty.
 */
import { messageSettings } from '../../core/contract/messageShapes.ts';
import type { BandsRequest, Calibration, ReplayBands } from '../../core/contract/shapes.ts';
import type { Resource } from '../../core/model/resources.ts';
import { type BandsInput, bandSteps, recordedDelays, type Spreads } from '../../replay/index.ts';
import { calibrationOf, requireQueue } from './defaults.ts';
import { messagesOptions } from './messages.ts';
import { loadRecording, type Recording, type RecordingSource } from './recording.ts';
import { plantOptions, refuseFaults, requireArrivals, startOf } from './run.ts';

/** Where the recording tells no interval. */
const unknownCv = 0.1;
const unknownDelayCv = 0.25;
const metricDelayMoreSeconds = 60;
/** Half the width of a 95 % interval in standard deviations. */
const halfWidth = 1.96;

/** @throws SpillwayError as a replay, at the first step */
export function* bandsSteps(
  source: RecordingSource,
  queue: Resource,
  request: BandsRequest,
): Generator<number, ReplayBands> {
  requireQueue(queue);
  refuseFaults(request.setup);
  const recording = loadRecording(source, queue, request.range);
  requireArrivals(recording, queue);
  const { setup, assumptions, seed, runs, plant = 'fluid', countNoise, faults } = request;
  return yield* bandSteps({
    arrivals: recording.columns.arrivals,
    startSeconds: recording.startSeconds,
    initial: startOf(source, queue, recording)(setup),
    setup,
    assumptions,
    options: {
      ...plantOptions(plant),
      ...(countNoise === undefined ? {} : { countNoise }),
      ...(faults === undefined ? {} : { faults }),
    },
    ...messagesOfWorlds(request, queue),
    spreads: spreadsOf(request, recording),
    seed,
    runs,
  });
}

function messagesOfWorlds({ plant, messages }: BandsRequest, { config }: Resource): Pick<BandsInput, 'messagesOf'> {
  if (plant !== 'per-message' || config.kind !== 'sqs-queue') return {};
  const settings = messageSettings.parse(messages ?? {});
  return { messagesOf: (throughput, seed) => messagesOptions({ ...settings, seed }, config, throughput) };
}

function spreadsOf({ spreads, assumptions }: BandsRequest, recording: Recording): Spreads {
  const { metricDelaySeconds } = assumptions;
  return {
    throughputCv: spreads.throughputCv ?? throughputCvOf(calibrationOf(recording)),
    launchDelayCv: spreads.launchDelayCv ?? unknownDelayCv,
    terminateDelayCv: spreads.terminateDelayCv ?? unknownDelayCv,
    recordedDelays:
      spreads.recordedDelays === false
        ? { launchSeconds: [], terminateSeconds: [] }
        : recordedDelays(recording.activities),
    metricDelaySeconds: spreads.metricDelaySeconds ?? {
      minimum: metricDelaySeconds,
      maximum: metricDelaySeconds + metricDelayMoreSeconds,
    },
    anyPhase: spreads.anyPhase ?? true,
  };
}

function throughputCvOf({ throughputPerInstancePerMinute: mean, throughputInterval }: Calibration): number {
  if (mean === null || throughputInterval == null || mean <= 0) return unknownCv;
  return (throughputInterval.high - throughputInterval.low) / 2 / halfWidth / mean;
}
