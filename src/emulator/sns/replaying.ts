/**
 * Replay from a FIFO topic's archive: one subscription gets again what was published between two instants, marked as replayed.
 *
 * Rules: docs/rules/sns.md (SNS-70 to SNS-73). Not here: what the archive keeps (archive.ts).
 */
import { archived } from './archive.ts';
import { invalidParameter } from './errors.ts';
import { accepts } from './publishing.ts';
import type { SnsState } from './state.ts';
import type { Subscription, Topic } from './topic.ts';

export interface ReplayPolicy {
  readonly fromMs: number;
  /** Without an ending point there is no end. */
  readonly toMs: number;
}

/** @throws AwsError InvalidParameter */
export function parseReplayPolicy(text: string): ReplayPolicy {
  const refuse = (reason: string): Error => invalidParameter(`ReplayPolicy Reason: ${reason}`);
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw refuse('failed to parse JSON.');
  }
  const type = Object.hasOwn(parsed ?? {}, 'PointType') ? parsed.PointType : undefined;
  if (type !== 'Timestamp') throw refuse('PointType must be Timestamp');
  const fromMs = Date.parse(String(parsed.StartingPoint));
  const toMs = parsed.EndingPoint === undefined ? Number.POSITIVE_INFINITY : Date.parse(String(parsed.EndingPoint));
  if (Number.isNaN(fromMs)) throw refuse('StartingPoint must be a timestamp in ISO 8601');
  if (Number.isNaN(toMs) || toMs < fromMs) throw refuse('EndingPoint must be a timestamp after StartingPoint');
  return { fromMs, toMs };
}

/** @throws AwsError InvalidParameter for a topic that keeps nothing */
export function checkReplay(topic: Topic, replay: ReplayPolicy | null): void {
  if (replay !== null && topic.archiveSinceMs === null)
    throw invalidParameter('ReplayPolicy Reason: the topic has no ArchivePolicy');
}

/** Delivers what the archive has, in the order of publishing, at this instant. Nothing without a policy, or before it is confirmed. */
export function startReplay(state: SnsState, subscription: Subscription): void {
  const { topic, settings, pending } = subscription;
  if (settings.replay === null || pending !== null) return;
  const { fromMs, toMs } = settings.replay;
  const due = archived(topic, state.world.nowMs()).filter(
    ({ publishedAtMs }) => publishedAtMs >= fromMs && publishedAtMs <= toMs,
  );
  state.world.at(state.world.nowMs(), () => {
    for (const archived of due) {
      // Queues would take it for the message they had: it is sent under an id of its own.
      const message = { ...archived, replayed: true, deduplicationId: `${archived.deduplicationId}-${state.nextId()}` };
      if (accepts(subscription, message, topic)) state.neighbours.deliveries.deliver(message, subscription);
    }
  });
}
