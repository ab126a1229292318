/**
 * Calls that took so long that a person may notice are logged with what they carried (EL-05).
 */
export const slowCallMs = 40;

/**
 * How many rows or points an answer holds: the longest array at its top levels.
 *
 * What is told at the first reading (REP-80) is left out: a line of the log is no reason to tell it.
 */
export function rowCount(answer: unknown, depth = 0): number {
  if (answer instanceof Float64Array) return answer.length;
  if (typeof answer !== 'object' || answer === null) return 0;
  // One after another: there may be more of them than arguments of one call.
  let most = 0;
  if (Array.isArray(answer)) {
    most = answer.length;
    if (depth < 3) for (const each of answer) most = Math.max(most, rowCount(each, depth + 1));
  } else if (depth <= 3) {
    for (const name of Object.keys(answer)) {
      most = Math.max(most, rowCount(Object.getOwnPropertyDescriptor(answer, name)?.value, depth + 1));
    }
  }
  return most;
}
