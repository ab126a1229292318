/** What the adapters of queueing vectors share: how a family's parameters are read and its figures are named. */
import { z } from 'zod';
import type { SteadyQueue } from '../../../../src/core/queueing/index.ts';
import { type Outcome, UnfitInput } from '../../adapter.ts';

export const familyInput = z.strictObject({ family: z.string(), params: z.record(z.string(), z.unknown()) });

/** @throws UnfitInput naming the parameter that is missing, unknown or of the wrong kind */
export function read<Shape extends z.ZodType>(shape: Shape, params: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(params);
  if (parsed.success) return parsed.data;
  throw new UnfitInput(
    parsed.error.issues.map(({ path, message }) => `${['params', ...path].join('.')}: ${message}`).join('; '),
  );
}

/** The names the vectors have for a steady state. */
export const steadyFigures = (queue: SteadyQueue): Outcome => ({
  offered_load: queue.offeredLoad,
  rho: queue.utilization,
  Lq: queue.meanWaiting,
  Wq: queue.meanWaitSeconds,
  L: queue.meanInSystem,
  W: queue.meanSystemSeconds,
});

export const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** Wq_p95 -> 0.95, Wq_p999 -> 0.999; null for other names. */
export function quantileOf(field: string): number | null {
  const match = /^(?:Wq|wait|nearest_rank)_p(\d{2,})$/.exec(field);
  return match === null ? null : Number(`0.${match[1]}`);
}
