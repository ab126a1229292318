/** Queue tags and their limits. */
import { invalidParameter } from './errors.ts';
import type { Queue } from './queue.ts';

export type Tags = Readonly<Record<string, string>>;

const maxTags = 50;

/** @throws AwsError InvalidParameterValue; the queue's tags are then as before */
export function addTags(queue: Queue, tags: Tags): void {
  checkTags(queue.name, tags, queue.tags.keys());
  for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value);
}

/**
 * @param before keys that the queue has already
 * @throws AwsError InvalidParameterValue
 */
export function checkTags(queueName: string, tags: Tags, before: Iterable<string> = []): void {
  for (const [key, value] of Object.entries(tags)) {
    checkTagKey(key);
    if (/^aws:/i.test(key)) {
      throw invalidParameter(`Tag key '${key}' is invalid: keys that begin with aws: are reserved.`);
    }
    if (value.length > 256) throw invalidParameter(`The value of tag '${key}' is longer than 256 characters.`);
  }
  if (new Set([...before, ...Object.keys(tags)]).size > maxTags) {
    throw invalidParameter(`Too many tags added for queue ${queueName}.`);
  }
}

/** Of a tag that is set or taken away. @throws AwsError InvalidParameterValue */
export function checkTagKey(key: string): void {
  if (key.length < 1 || key.length > 128) {
    throw invalidParameter('Tag keys must be between 1 and 128 characters in length.');
  }
}

/** Whether the queue has all of these, with these values. */
export function hasTags(queue: Queue, tags: Tags): boolean {
  return Object.entries(tags).every(([key, value]) => queue.tags.get(key) === value);
}
