/**
 * The moves that the live demo and an unattended recording share.
 */
import type { AwsConnection } from '../../aws/interface.ts';
import type { Resource } from '../../core/model/resources.ts';
import type { Relations } from '../queries/relations.ts';

/** Moves an emulator's clock on to an instant in steps, and does something after each. */
export async function advanceInSteps(
  aws: AwsConnection,
  { fromMs, untilMs, stepMs }: { readonly fromMs: number; readonly untilMs: number; readonly stepMs: number },
  signal: AbortSignal,
  afterStep: (nowMs: number) => Promise<void> | void,
): Promise<void> {
  for (let nowMs = fromMs; nowMs < untilMs && !signal.aborted; ) {
    nowMs = (await aws.advance(Math.min(stepMs, untilMs - nowMs), signal)).nowMs;
    await afterStep(nowMs);
  }
}

/** The queue that a group consumes, before any other; and the first stream. */
export function mainResources(
  resources: readonly Resource[],
  relations: Relations,
): { readonly queueResourceId: string | null; readonly streamResourceId: string | null } {
  const queues = resources.filter(({ kind }) => kind === 'sqs-queue');
  const scaled = queues.find(({ id }) => relations.groupOf(id) !== undefined) ?? queues[0];
  const stream = resources.find(({ kind }) => kind === 'kinesis-stream');
  return { queueResourceId: scaled?.id ?? null, streamResourceId: stream?.id ?? null };
}
