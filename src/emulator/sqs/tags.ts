/** Queue tags and their limits. */
import { invalidParameter } from './errors.ts';
import type { Queue } from './queue.ts';

const maxTags = 50;

/** @throws AwsError InvalidParameterValue; the queue's tags are then as before */
export function addTags(queue: Queue, tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags);
  for (const [key, value] of entries) {
    if (key.length < 1 || key.length > 128 || key.toLowerCase().startsWith('aws:')) {
      throw invalidParameter(
        `Tag key '${key.slice(0, 128)}' is invalid: 1 to 128 characters, not beginning with aws:.`,
      );
    }
    if (value.length > 256) throw invalidParameter(`The value of tag '${key}' is longer than 256 characters.`);
  }
  if (new Set([...queue.tags.keys(), ...entries.map(([key]) => key)]).size > maxTags) {
    throw invalidParameter(`A queue can have at most ${maxTags} tags.`);
  }
  for (const [key, value] of entries) queue.tags.set(key, value);
}
