/**
 * The archive of a FIFO topic: what was published, as long as its ArchivePolicy keeps it.
 *
 * Not here: giving it again (replaying.ts), the policy itself (topicSettings.ts).
 */
import type { PublishedMessage } from './message.ts';
import type { Topic } from './topic.ts';
import { archiveDays } from './topicSettings.ts';

const dayMs = 86_400_000;

/** Nothing without a policy. */
export function keepInArchive(topic: Topic, message: PublishedMessage, nowMs: number): void {
  if (topic.archiveSinceMs === null) return;
  topic.archive.push(message);
  archived(topic, nowMs);
}

/** Oldest first. Nobody needs to publish for the others to be forgotten. */
export function archived(topic: Topic, nowMs: number): readonly PublishedMessage[] {
  const { archive } = topic;
  const oldestMs = nowMs - keptMs(topic);
  const kept = archive.findIndex(({ publishedAtMs }) => publishedAtMs >= oldestMs);
  archive.splice(0, kept < 0 ? archive.length : kept);
  return archive;
}

/** The earliest instant from which there can be something to replay; null without a policy. Epoch milliseconds. */
export function archiveBeginsMs(topic: Topic, nowMs: number): number | null {
  if (topic.archiveSinceMs === null) return null;
  return archived(topic, nowMs)[0]?.publishedAtMs ?? Math.max(topic.archiveSinceMs, nowMs - keptMs(topic));
}

const keptMs = ({ settings }: Topic): number => (archiveDays(settings) ?? 0) * dayMs;
