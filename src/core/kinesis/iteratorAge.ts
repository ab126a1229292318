/**
 * Iterator age: how old the last record of a GetRecords call was. Rules: docs/rules/kinesis.md (KMET-02).
 */

/**
 * @param lastRecordAtMs when the last record of the answer was written, epoch ms; null when the answer was empty, because
 *                       nothing was unread
 * @param nowMs          epoch milliseconds, from the run's clock
 * @returns milliseconds, never negative; 0 means caught up. Without a call there is no datapoint, so a consumer that
 *          stopped shows none rather than a growing age. Throws nothing.
 */
export function iteratorAgeMs(lastRecordAtMs: number | null, nowMs: number): number {
  return lastRecordAtMs === null ? 0 : Math.max(0, nowMs - lastRecordAtMs);
}
