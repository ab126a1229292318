/**
 * Replays setups over the recording: loads exact minute columns, runs each, and says how well the deployed one is reproduced.
 *
 * Order only; the replay itself is replay/.
 */

import { messageSettings } from '../../core/contract/messageShapes.ts';
import type { Fidelity, ReplayRequest, ReplayResult, ReplayRun, ReplaySetup } from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { ReplayPlant } from '../../core/model/replayPlants.ts';
import type { Resource } from '../../core/model/resources.ts';
import {
  actionsFromActivities,
  drawDelays,
  fillHoles,
  judgeRun,
  measureFidelity,
  type RecordedActivity,
  type ReplayOptions,
  type ReplayStart,
  recordedDelays,
  replaySteps,
  validateSetup,
} from '../../replay/index.ts';
import { requireQueue } from './defaults.ts';
import { alarmStatesAt, deployedOf, setupChangedMs } from './deployed.ts';
import { forScreen } from './forScreen.ts';
import { createReplayMemory, type ReplayMemory } from './memory.ts';
import { messagesOptions } from './messages.ts';
import { ofRecording } from './ofRecording.ts';
import { loadRecording, type Recording, type RecordingSource } from './recording.ts';
import { withJudgement } from './withJudgement.ts';

/** @throws SpillwayError POLICY_INVALID with every fault; REPLAY_NEEDS naming what the range lacks; NOT_FOUND */
export function* replayRunSteps(
  source: RecordingSource,
  queue: Resource,
  request: ReplayRequest,
  memory: ReplayMemory = createReplayMemory(),
): Generator<number, ReplayResult> {
  requireQueue(queue);
  for (const setup of request.setups) refuseFaults(setup);
  const { range, assumptions, faults = [] } = request;
  const { config } = queue;
  const ofMessages: ReplayOptions =
    request.plant === 'per-message' && config.kind === 'sqs-queue'
      ? {
          messages: messagesOptions(
            messageSettings.parse(request.messages ?? {}),
            config,
            assumptions.throughputPerInstancePerMinute,
          ),
        }
      : {};
  const recording = memory.recording(JSON.stringify([queue.id, range]), () => loadRecording(source, queue, range));
  requireArrivals(recording, queue);

  const { startSeconds, columns, activities, fleetKnown: known } = recording;
  const delays = delaysOf(request, activities);
  const deployed = deployedOf(source, queue).setup;
  const start = startOf(source, queue, recording);
  /** The replays of the setups, and two for the fidelity; all alike in length. */
  const replays = request.setups.length + 2;
  let done = 0;
  function* replay(
    setup: ReplaySetup,
    initial: ReplayStart,
    options: ReplayOptions = {},
  ): Generator<number, ReplayRun> {
    const steps = replaySteps({
      arrivals: columns.arrivals,
      startSeconds,
      initial,
      setup,
      assumptions,
      options: {
        ...plantOptions(request.plant ?? 'fluid'),
        ...ofMessages,
        ...(request.countNoise === undefined ? {} : { countNoise: request.countNoise }),
        ...options,
        faults,
      },
    });
    for (;;) {
      const step = steps.next();
      yield (done + (step.done ? 1 : step.value)) / replays;
      if (!step.done) continue;
      done++;
      return step.value;
    }
  }
  const keyOf = (setup: ReplaySetup, how: 'judged' | 'plain' | 'untold' | 'recorded-delays'): string =>
    JSON.stringify([
      queue.id,
      range,
      assumptions,
      request.plant ?? 'fluid',
      request.messages ?? null,
      request.delays ?? null,
      request.countNoise ?? null,
      faults,
      setup,
      how,
    ]);
  /** Known from an earlier call, or made and kept. */
  function* once(key: string, make: () => Generator<number, ReplayRun>): Generator<number, ReplayRun> {
    const known = memory.run(key);
    if (known !== undefined) {
      done++;
      return known;
    }
    const made = yield* make();
    memory.keep(key, made);
    return made;
  }
  function* run(setup: ReplaySetup): Generator<number, ReplayRun> {
    if (request.judge === false) {
      const told = memory.run(keyOf(setup, 'judged')) ?? memory.run(keyOf(setup, 'plain'));
      if (told !== undefined) return told;
      // What was deployed is held against the recording by its decisions, and is told in full from the start.
      if (deployed !== null && sameSetup(setup, deployed))
        return yield* once(keyOf(setup, 'plain'), () => replay(setup, start(setup), delays));
      const untold = { ...delays, decisions: false };
      return yield* once(keyOf(setup, 'untold'), () => replay(setup, start(setup), untold));
    }
    return yield* once(keyOf(setup, 'judged'), () => judged(setup));
  }
  function* judged(setup: ReplaySetup): Generator<number, ReplayRun> {
    const initial = start(setup);
    const replayed = yield* once(keyOf(setup, 'plain'), () => replay(setup, initial, delays));
    // The recorded fleet met the recorded arrivals only, so it is no baseline for scaled ones.
    const baseline = known && assumptions.arrivalFactor === 1 ? columns.inService : undefined;
    memory.drop(keyOf(setup, 'untold'));
    memory.drop(keyOf(setup, 'plain'));
    return withJudgement(replayed, judgeRun(replayed, assumptions, initial, baseline, memory.schedule));
  }
  const runs: ReplayRun[] = [];
  for (const setup of request.setups) runs.push(yield* run(setup));

  const { holes } = fillHoles(columns.arrivals, startSeconds);
  const { summary, cautions } = ofRecording(recording, assumptions, deployed?.group.maxSize ?? null);
  const recorded = { columns, summary };
  /** Against the recorded fleet, first with the delays it really had, then with the assumed ones (FID-11). */
  function* fidelityOf(setup: ReplaySetup): Generator<number, Fidelity> {
    const against = (one: ReplayRun): Fidelity =>
      measureFidelity({
        run: one,
        recorded,
        ...(activities.length > 0 ? { recordedActions: actionsFromActivities(activities) } : {}),
        manualChangesMs: recording.manualChangesMs,
        failuresMs: recording.failuresMs,
        setupChangedMs: setupChangedMs(source, queue, range),
        holes,
      });
    const assumed = against(
      runs.find((one) => sameSetup(one.setup, setup)) ?? (yield* replay(setup, start(setup), delays)),
    );
    const delaysThen = recordedDelays(activities);
    if (delaysThen.launchSeconds.length + delaysThen.terminateSeconds.length === 0) return assumed;
    const { equalDesiredShare, actionPrecision, actionRecall } = assumed;
    return {
      ...against(
        yield* once(keyOf(setup, 'recorded-delays'), () => replay(setup, start(setup), { recordedDelays: delaysThen })),
      ),
      withAssumedDelays: { equalDesiredShare, actionPrecision, actionRecall },
    };
  }

  // With other arrivals than the recorded ones, or faults that never were, there is nothing to compare the fleet with.
  const comparable = deployed !== null && known && assumptions.arrivalFactor === 1 && faults.length === 0;
  const result: ReplayResult = {
    resourceId: queue.id,
    range,
    assumptions,
    plant: request.plant ?? 'fluid',
    recorded,
    runs,
    fidelity: comparable ? yield* fidelityOf(deployed) : null,
    holes,
    cautions,
  };
  return request.screen === undefined ? result : forScreen(result, request.screen);
}

/** What single launches and terminations take in the runs: as recorded, drawn, or the constants. */
function delaysOf({ delays, assumptions }: ReplayRequest, activities: readonly RecordedActivity[]): ReplayOptions {
  if (delays === undefined) return {};
  if (delays.kind === 'recorded') return { recordedDelays: recordedDelays(activities) };
  return { recordedDelays: drawDelays(assumptions, delays.cv, delays.seed) };
}

export function plantOptions(plant: ReplayPlant): ReplayOptions {
  return plant === 'fluid-stationary' ? { stationaryQueue: {} } : {};
}

export function refuseFaults(setup: ReplaySetup): void {
  const faults = validateSetup(setup);
  const first = faults[0];
  if (first === undefined) return;
  throw new SpillwayError('POLICY_INVALID', {
    policy: first.policyName ?? setup.label,
    field: first.field,
    problem: phrases(
      faults.map(({ field, reason, params }, index) => ({
        term: reason,
        params: params ?? {},
        // The sentence names the first field itself.
        ...(index === 0 ? {} : { at: field }),
      })),
    ),
  });
}

export function requireArrivals({ minutes, columns }: Recording, queue: Resource): void {
  const refuse = (term: 'no-whole-minute' | 'no-sent-messages'): never => {
    throw new SpillwayError('REPLAY_NEEDS', { resource: queue.name, missing: phrases([{ term }]) });
  };
  if (minutes === 0) refuse('no-whole-minute');
  if (columns.arrivals.every((sent) => Number.isNaN(sent))) refuse('no-sent-messages');
}

/** Where things stood when the range began; the fleet of a queue without a recorded group starts at the setup's minimum. */
export function startOf(
  source: RecordingSource,
  queue: Resource,
  recording: Recording,
): (setup: ReplaySetup) => ReplayStart {
  const { before, atStart, startSeconds } = recording;
  const alarmStates = alarmStatesAt(source, queue, startSeconds * 1000);
  return ({ group }) => {
    const inService = atStart.inService ?? group.minSize;
    return {
      backlog: atStart.backlog ?? 0,
      oldestAgeSeconds: atStart.ageSeconds ?? 0,
      inService,
      desired: atStart.desired ?? inService,
      alarmStates,
      history: {
        backlog: before.backlog,
        ageSeconds: before.ageSeconds,
        arrivals: before.arrivals,
        inService: before.inService,
      },
    };
  };
}

/** The same but for its label: the screen may call the deployed setup anything. */
function sameSetup(a: ReplaySetup, b: ReplaySetup): boolean {
  return JSON.stringify({ ...a, label: '' }) === JSON.stringify({ ...b, label: '' });
}
