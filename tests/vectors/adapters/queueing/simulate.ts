/**
 * Long runs of the per-message plant, cut into batches: is a figure inside the interval that chance allows?
 *
 * 99 % intervals over 8 to 30 batch means (Student); batches are long against the time in which the queue forgets, or else
 * they would be alike and the interval too narrow. Where a figure is outside, one more run decides, four times as long and
 * with another seed: a right figure is outside of both once in some ten thousand times, a wrong one always. Heavy tails (no
 * third moment) have no such interval in any affordable run; there the mean may be off by 15 %. Rare events have none either:
 * shares below 2 % are left to the closed form.
 */
import type { Distribution } from '../../../../src/core/distributions/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { MessagePlant } from '../../../../src/replay/plants/perMessage/plant.ts';
import type { MessagePlantInput } from '../../../../src/replay/plants/perMessage/types.ts';

/** Number of batches, and Student's t of one degree of freedom less, 99.5 %. */
const plans = [
  { batches: 30, tValue: 2.756 },
  { batches: 15, tValue: 2.977 },
  { batches: 8, tValue: 3.499 },
] as const;
type Plan = (typeof plans)[number];
const HEAVY_TAIL_SHARE = 0.15;
const RARE_SHARE = 0.02;
const FEWEST_MESSAGES = 450_000;
const MOST_MESSAGES = 1_500_000;
/** A batch is this many times as long as the queue remembers. */
const MEMORIES_PER_BATCH = 20;

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

/**
 * @param perSecond     messages that enter, on average: gives the length of a batch
 * @param memorySeconds time in which the queue forgets where it was (`memoryOf`)
 */
export function expectInside(scene: Scene, perSecond: number, figures: readonly Figure[], memorySeconds = 0): void {
  const batchMessages = MEMORIES_PER_BATCH * memorySeconds * perSecond;
  const messages = Math.min(MOST_MESSAGES, Math.max(FEWEST_MESSAGES, plans[0].batches * batchMessages));
  const plan = plans.find(({ batches }) => messages / batches >= batchMessages) ?? plans[2];
  const outside = runBatches(scene, perSecond, messages, 1, figures, plan);
  if (outside.length > 0) refuse(runBatches(scene, perSecond, 4 * messages, 2, outside, plan));
}

/** How long a queue remembers: (sqrt(c mu) - sqrt(lambda))^-2, times the mean squared coefficient of variation. */
export function memoryOf(perSecond: number, servicePerSecond: number, servers: number, serviceScv = 1): number {
  const gap = Math.sqrt(servers * servicePerSecond) - Math.sqrt(perSecond);
  return (1 + Math.min(serviceScv, 10)) / 2 / gap ** 2;
}

function runBatches(
  scene: Scene,
  perSecond: number,
  messages: number,
  seed: number,
  figures: readonly Figure[],
  plan: Plan,
): readonly Outside[] {
  const random = seededRandom(seed);
  const told = scene(Math.ceil(messages * (1 + 2 / plan.batches)), seed);
  const plant = new MessagePlant({
    ...told,
    queue: { visibilityTimeoutSeconds: Infinity, retentionSeconds: Infinity, ...told.queue },
    random,
  });
  const batchSeconds = messages / plan.batches / perSecond;
  // The first batch is the way to the steady state.
  plant.advance(batchSeconds);
  const batches: Omit<Batch, 'waitSeconds'>[] = [];
  const firstOf = [plant.counts.sent];
  for (let index = 0; index < plan.batches; index++) {
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
  // Those sent last are begun a little after the last batch.
  const end = plant.nowSeconds;
  const oldestUnbegun = () => (plant.visible === 0 ? Infinity : plant.nowSeconds - plant.waitingAgeSeconds);
  while (oldestUnbegun() < end) plant.advance(plant.nowSeconds + batchSeconds / 100);
  const waits = plant.waitSeconds();
  const whole = batches.map((batch, index) => ({
    ...batch,
    waitSeconds: waits.subarray(firstOf[index]!, firstOf[index + 1]!),
  }));
  return outsideOf(plan, figures, (figure, index) => figure.of(whole[index]!));
}

interface Outside extends Figure {
  readonly simulated: number;
  readonly halfWidth: number;
}

function outsideOf<F extends Figure>(
  { batches: count, tValue }: Plan,
  figures: readonly F[],
  value: (figure: F, index: number) => number,
): (F & Outside)[] {
  return figures.flatMap((figure) => {
    const values = Array.from({ length: count }, (_, index) => value(figure, index));
    const simulated = values.reduce((sum, one) => sum + one, 0) / count;
    const variance = values.reduce((sum, one) => sum + (one - simulated) ** 2, 0) / (count - 1);
    const interval = tValue * Math.sqrt(variance / count);
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
    const [plan] = plans;
    const perBatch = Math.ceil(size / plan.batches);
    const sums = Array.from({ length: plan.batches }, () => new Float64Array(figures.length));
    for (let run = 0; run < perBatch * plan.batches; run++) {
      for (const [index, value] of one(firstSeed + run).entries())
        sums[run % plan.batches]![index]! += value / perBatch;
    }
    const places = new Map(figures.map(({ name }, index) => [name, index]));
    const whole = asked.map((figure) => ({ ...figure, of: () => 0 }));
    return outsideOf(plan, whole, ({ name }, index) => sums[index]![places.get(name)!]!);
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

/** Share of waits above an instant; none for a rare event. */
export const waitsAbove = (name: string, seconds: number, exact: number): readonly Figure[] => {
  if (exact < RARE_SHARE) return [];
  const of = ({ waitSeconds }: Batch) =>
    waitSeconds.reduce((count, wait) => (wait > seconds ? count + 1 : count), 0) / waitSeconds.length;
  return [{ name, exact, of }];
};

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
