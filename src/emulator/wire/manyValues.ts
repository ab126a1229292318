/**
 * How many values one document may have. A body of the largest size can hold millions of empty ones, a byte or three each, which
 * would take a hundred times as much memory once they are read.
 *
 * Only large bodies are counted: a value takes a byte at least, so a smaller one cannot have too many.
 */
import type { AwsError } from '../service.ts';
import { serializationError } from './inputError.ts';

/** A PutMetricData of a thousand metrics with all their values, counts and dimensions has not quite as many. */
export const maxValues = 500_000;

export const tooManyValues = (): AwsError =>
  serializationError(`the document has more than ${maxValues} values, which is a limit of this emulator`);

const quote = 0x22;
const backslash = 0x5c;

/** Whether JSON text, well-formed or not, has more values than one document may have. */
export function hasTooManyValues(json: string): boolean {
  if (json.length <= maxValues) return false;
  let values = 1;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (inText) {
      if (code === backslash) at++;
      else if (code === quote) inText = false;
    } else if (code === quote) {
      inText = true;
    } else if (code === 0x2c || code === 0x5b || code === 0x7b) {
      // A comma or an opening bracket: one more value.
      if (++values > maxValues) return true;
    }
  }
  return false;
}
