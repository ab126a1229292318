/** Tags of topics and their limits. */
import { invalidParameter, tagLimitExceeded } from './errors.ts';
import type { WireTag } from './wireShapes.ts';

const mostTags = 50;

/** @throws AwsError InvalidParameter, TagLimitExceeded */
export function readTags(tags: readonly WireTag[] = []): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  for (const { Key, Value } of tags) {
    if (Key.length < 1 || Key.length > 128 || /^aws:/i.test(Key))
      throw invalidParameter('Tags Reason: Tag key is invalid');
    if (Value.length > 256) throw invalidParameter('Tags Reason: Tag value is longer than 256 characters');
    if (read.has(Key)) throw invalidParameter('Tags Reason: Duplicated keys are not allowed.');
    read.set(Key, Value);
  }
  if (read.size > mostTags) throw tagLimitExceeded();
  return read;
}

/** All of them, or none when they would be too many. @throws AwsError TagLimitExceeded */
export function addTags(tags: Map<string, string>, added: ReadonlyMap<string, string>): void {
  if (new Set([...tags.keys(), ...added.keys()]).size > mostTags) throw tagLimitExceeded();
  for (const [key, value] of added) tags.set(key, value);
}
