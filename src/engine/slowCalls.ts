/**
 * Calls that took so long that a person may notice are logged with what they carried (EL-05).
 */
export const slowCallMs = 40;

/** How many rows or points an answer holds: the longest array at its top two levels. */
export function rowCount(answer: unknown, depth = 0): number {
  if (Array.isArray(answer) || answer instanceof Float64Array) {
    return Array.isArray(answer) && depth < 3
      ? Math.max(answer.length, ...answer.map((each) => rowCount(each, depth + 1)))
      : answer.length;
  }
  if (typeof answer !== 'object' || answer === null || depth > 3) return 0;
  return Math.max(0, ...Object.values(answer).map((each) => rowCount(each, depth + 1)));
}
