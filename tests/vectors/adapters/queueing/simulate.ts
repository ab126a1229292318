/**
 * Long runs of the per-message plant, cut into batches: is a figure inside the interval that chance allows?
 *
 * 99 % intervals over 30 batch means (Student). Where a figure is outside, one more run decides, four times as long and with
 * another seed: a right figure is outside of both once in some ten thousand times, a wrong one always. Heavy tails (no third
 * moment) have no such interval in any affordable run; there the mean may be off by 15 %.
 */
import type { Distribution } from '../../../../src/core/distributions/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { MessagePlant } from '../../../../src/replay/plants/perMessage/plant.ts';
import type { MessagePlantInput } from '../../../../src/replay/plants/perMessage/types.ts';

const BATCHES = 30;
/** Student's t with 29 degrees of freedom, 99.5 %. */
const T_VALUE = 2.756;
const HEAVY_TAIL_SHARE = 0.15;
const MESSAGES = 450_000;

/** One batch of a run in its steady state. */
export interface Batch {
  readonly waitSeconds: Float64Array;
  readonly seconds: number;
  readonly waitingSeconds: number;
  readonly inSystemSeconds: number;
  readonly sent: number;
  readonly refused: number;
  readonly deleted: number;
}

/** What is asked of every batch, and what theory says its mean is. */
export interface Figure {
  readonly name: string;
  readonly of: (batch: Batch) => number;
  readonly exact: number;
  readonly heavyTail?: boolean;
}

export type Scene = (
  messages: number,
  seed: number,
) => Pick<MessagePlantInput, 'sentSeconds' | 'work' | 'instances' | 'queue' | 'thinkTime'>;

/** @param perSecond messages that enter, on average: gives the length of a batch */
export function expectInside(scene: Scene, perSecond: number, figures: readonly Figure[]): void {
  const outside = runBatches(scene, perSecond, MESSAGES, 1, figures);
  if (outside.length > 0) refuse(runBatches(scene, perSecond, 4 * MESSAGES, 2, outside));
}

function runBatches(
  scene: Scene,
  perSecond: number,
  messages: number,
  seed: number,
  figures: readonly Figure[],
): readonly Outside[] {
  const random = seededRandom(seed);
  const told = scene(Math.ceil(messages * (1 + 2 / BATCHES)), seed);
  const plant = new MessagePlant({
    ...told,
    queue: { visibilityTimeoutSeconds: Infinity, retentionSeconds: Infinity, ...told.queue },
    random,
  });
  const batchSeconds = messages / BATCHES / perSecond;
  // The first batch is the way to the steady state.
  plant.advance(batchSeconds);
  const batches: Omit<Batch, 'waitSeconds'>[] = [];
  const firstOf = [plant.counts.sent];
  for (let index = 0; index < BATCHES; index++) {
    const { sent, refused, deleted } = plant.counts;
    plant.beginMinute();
    plant.advance((index + 2) * batchSeconds);
    firstOf.push(plant.counts.sent);
    batches.push({
      seconds: batchSeconds,
      waitingSeconds: plant.minuteBacklogSeconds,
      inSystemSeconds: plant.minuteBacklogSeconds + plant.minuteNotVisibleSeconds,
      sent: plant.counts.sent - sent,
      refused: plant.counts.refused - refused,
      deleted: plant.counts.deleted - deleted,
    });
  }
  // Those sent last wait a little longer than the run.
  plant.advance((BATCHES + 1) * batchSeconds + 1e6 / perSecond);
  const waits = plant.waitSeconds();
  const whole = batches.map((batch, index) => ({
    ...batch,
    waitSeconds: waits.subarray(firstOf[index]!, firstOf[index + 1]!),
  }));
  return outsideOf(whole.length, figures, (figure, index) => figure.of(whole[index]!));
}

interface Outside extends Figure {
  readonly simulated: number;
  readonly halfWidth: number;
}

function outsideOf<F extends Figure>(
  count: number,
  figures: readonly F[],
  value: (figure: F, index: number) => number,
): (F & Outside)[] {
  return figures.flatMap((figure) => {
    const values = Array.from({ length: count }, (_, index) => value(figure, index));
    const simulated = values.reduce((sum, one) => sum + one, 0) / count;
    const variance = values.reduce((sum, one) => sum + (one - simulated) ** 2, 0) / (count - 1);
    const interval = T_VALUE * Math.sqrt(variance / count);
    const halfWidth =
      figure.heavyTail === true ? Math.max(interval, HEAVY_TAIL_SHARE * Math.abs(figure.exact)) : interval;
    // A figure of two or three instants in a run may be the same in every batch.
    return Math.abs(simulated - figure.exact) <= halfWidth + 1e-9 ? [] : [{ ...figure, simulated, halfWidth }];
  });
}

function refuse(outside: readonly Outside[]): void {
  if (outside.length === 0) return;
  throw new Error(
    outside
      .map(({ name, exact, simulated, halfWidth }) => `${name}: ${exact}, simulated ${simulated} ± ${halfWidth}`)
      .join('; '),
  );
}

/** A figure of one run from its start, and what theory says its mean over all runs is. */
export interface RunFigure {
  readonly name: string;
  readonly exact: number;
}

/**
 * Many short runs.
 *
 * @param one the figures of one run, in the order of `figures`
 */
export function expectEnsemble(
  runs: number,
  figures: readonly RunFigure[],
  one: (seed: number) => readonly number[],
): void {
  const attempt = (size: number, firstSeed: number, asked: readonly RunFigure[]) => {
    const perBatch = Math.ceil(size / BATCHES);
    const sums = Array.from({ length: BATCHES }, () => new Float64Array(figures.length));
    for (let run = 0; run < perBatch * BATCHES; run++) {
      for (const [index, value] of one(firstSeed + run).entries()) sums[run % BATCHES]![index]! += value / perBatch;
    }
    const places = new Map(figures.map(({ name }, index) => [name, index]));
    const whole = asked.map((figure) => ({ ...figure, of: () => 0 }));
    return outsideOf(BATCHES, whole, ({ name }, index) => sums[index]![places.get(name)!]!);
  };
  const outside = attempt(runs, 1, figures);
  if (outside.length > 0) refuse(attempt(4 * runs, 1_000_000, outside));
}

export const meanWait = (exact: number, service?: Distribution): Figure => ({
  name: 'Wq',
  exact,
  heavyTail: service?.thirdMoment === Infinity,
  of: ({ waitSeconds }) => waitSeconds.reduce((sum, wait) => sum + wait, 0) / waitSeconds.length,
});

/** Share of waits above an instant. */
export const waitsAbove = (name: string, seconds: number, exact: number): Figure => ({
  name,
  exact,
  of: ({ waitSeconds }) =>
    waitSeconds.reduce((count, wait) => (wait > seconds ? count + 1 : count), 0) / waitSeconds.length,
});

export const meanWaiting = (exact: number): Figure => ({
  name: 'Lq',
  exact,
  of: ({ waitingSeconds, seconds }) => waitingSeconds / seconds,
});

export const meanInSystem = (exact: number): Figure => ({
  name: 'L',
  exact,
  of: ({ inSystemSeconds, seconds }) => inSystemSeconds / seconds,
});
