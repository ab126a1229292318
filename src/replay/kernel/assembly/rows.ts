/**
 * What the loop puts down beside its columns: decisions of step policies and changes of alarm states, as rows of whole numbers.
 *
 * The host takes them slice by slice. A decision's row is that of stepDecisions.ts; one that has been taken may still be repeated, and
 * such late repeats are told on their own. The rows of decisions are the last thing in memory, so they may grow.
 */
import * as group from './group';
import { allocate, reach } from './memory';

/** Bytes of a row of thirteen numbers. */
const DECISION_BYTES: usize = 52;
const REPEATS: usize = 10;

/** Where a decision's row is when the host has taken it. */
export const TAKEN: usize = 1;

let firstDecision: usize = 0;
let nextDecision: usize = 0;
let firstChange: usize = 0;
let nextChange: usize = 0;
/** Rows the host has taken, and repeats of those: each the row's number and how many. */
let taken: i32 = 0;
let firstLate: usize = 0;
let nextLate: usize = 0;

/** Call when everything else has its place. All of them are of one slice. */
export function startRows(mostChanges: i32, mostLate: i32): void {
  taken = 0;
  firstLate = nextLate = allocate((<usize>mostLate) << 3);
  firstChange = nextChange = allocate((<usize>mostChanges) << 3);
  firstDecision = nextDecision = allocate(0);
}

/** What is there has been taken. */
export function clearRows(): void {
  taken += <i32>((nextDecision - firstDecision) / DECISION_BYTES);
  nextDecision = firstDecision;
  nextChange = firstChange;
  nextLate = firstLate;
}

export function decisionsAt(): usize {
  return firstDecision;
}
export function decisionsBytes(): usize {
  return nextDecision - firstDecision;
}
export function changesAt(): usize {
  return firstChange;
}
export function changesBytes(): usize {
  return nextChange - firstChange;
}

export function lateAt(): usize {
  return firstLate;
}
export function lateBytes(): usize {
  return nextLate - firstLate;
}

/** @returns where the row is, for `repeatDecision` */
export function putDecision(
  minute: i32,
  decider: i32,
  step: i32,
  minSize: i32,
  maxSize: i32,
  warm: i32,
  desiredAfter: i32,
  together: bool,
): usize {
  const row = nextDecision;
  reach(row + DECISION_BYTES);
  store<i32>(row, minute, 0);
  store<i32>(row, decider, 4);
  store<i32>(row, step, 8);
  store<i32>(row, minSize, 12);
  store<i32>(row, maxSize, 16);
  store<i32>(row, group.desired, 20);
  store<i32>(row, warm, 24);
  store<i32>(row, group.warming, 28);
  store<i32>(row, group.terminating, 32);
  store<i32>(row, desiredAfter, 36);
  store<i32>(row, 0, 40);
  store<i32>(row, <i32>together, 44);
  // Nothing else decides here.
  store<i32>(row, 0, 48);
  nextDecision = row + DECISION_BYTES;
  return row;
}

export function repeatDecision(row: usize): void {
  store<i32>(row + REPEATS * 4, load<i32>(row + REPEATS * 4) + 1);
}

/** The row's number since the start of the range. */
export function numberOf(row: usize): i32 {
  return taken + <i32>((row - firstDecision) / DECISION_BYTES);
}

/** Further repeats of a row that has been taken. */
export function putLate(number: i32, repeats: i32): void {
  store<i32>(nextLate, number, 0);
  store<i32>(nextLate, repeats, 4);
  nextLate += 8;
}

/** A change of state in two numbers: the minute; alarm, state before and after. */
export function putChange(minute: i32, alarm: i32, from: i32, to: i32): void {
  store<i32>(nextChange, minute, 0);
  store<i32>(nextChange, (alarm << 4) | (from << 2) | to, 4);
  nextChange += 8;
}
