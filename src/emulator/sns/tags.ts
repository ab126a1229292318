/** Tags of topics and their limits. */
import { invalidParameter, tagLimitExceeded } from './errors.ts';
import { checkLength } from './lengths.ts';
import type { WireTag } from './wireShapes.ts';

const mostTags = 50;
/** Letters, spaces and digits of any script, and what AWS names beside them. */
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** @throws AwsError InvalidParameter, TagLimitExceeded */
export function readTags(tags: readonly WireTag[] = []): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  for (const [index, { Key, Value }] of tags.entries()) {
    checkLength(`tags.${index + 1}.member.key`, Key, 1, 128);
    checkLength(`tags.${index + 1}.member.value`, Value, 0, 256);
    if (!allowed.test(Key) || !allowed.test(Value)) {
      throw invalidParameter('Tags Reason: The given tag(s) contain invalid characters');
    }
    if (/^aws:/i.test(Key)) throw invalidParameter('Tags Reason: Tag key is invalid');
    if (read.has(Key)) throw invalidParameter('Duplicated keys are not allowed.');
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
