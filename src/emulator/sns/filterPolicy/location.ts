/**
 * Where in a policy a refusal came, as AWS says it: by the column its parser had come to in the policy written without spaces.
 *
 * The parser looks one token ahead no further than it must: of a string it has taken the opening quote, of a list or an object the bracket,
 * of everything else all of it.
 */
import type { Place } from './errors.ts';

/** AWS shows no more of the policy than this. */
const mostShown = 500;

/** @param policy as it was parsed. @returns an empty text for one that is nested too deep to be written */
export function locationText(policy: unknown, place: Place): string {
  try {
    const text = written(policy);
    const column = offsetIn(policy, place) + 1;
    const rest = text.length > mostShown ? `[truncated ${text.length - mostShown} chars]` : '';
    return `\n at [Source: (String)"${text.slice(0, mostShown)}"${rest}; line: 1, column: ${column}]`;
  } catch (thrown) {
    if (thrown instanceof RangeError) return '';
    throw thrown;
  }
}

function offsetIn(policy: unknown, { path, readTo }: Place): number {
  let offset = 0;
  let value = policy;
  for (const step of path) {
    offset++;
    for (const [key, element] of Object.entries(value as object) as [string, unknown][]) {
      if (!Array.isArray(value)) offset += written(key).length + 1;
      if (key === String(step)) {
        value = element;
        break;
      }
      offset += written(element).length + 1;
    }
  }
  const isOpened = typeof value === 'string' || (typeof value === 'object' && value !== null);
  return offset + (readTo === 'start' && isOpened ? 1 : written(value).length);
}

const written = (value: unknown): string => JSON.stringify(value);
