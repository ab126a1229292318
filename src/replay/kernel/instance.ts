/**
 * Instances of the kernel: compiled once, each with a memory of its own, so that several replays can be under way.
 *
 * Not here: what is put into them (steps.ts), what they do (assembly/).
 */
import { kernelBase64 } from './module.ts';

/** What assembly/index.ts exports; addresses are bytes in `memory`. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  begin(
    minutes: number,
    sliceMinutes: number,
    minutesBefore: number,
    mostColumns: number,
    mostAlarms: number,
    mostPolicies: number,
    mostSteps: number,
  ): void;
  arrivalsAt(): number;
  unpublishedAt(): number;
  timesAt(): number;
  backlogsAt(): number;
  agesAt(): number;
  desiredsAt(): number;
  inServicesAt(): number;
  column(measure: number, statistic: number): number;
  alarm(
    values: number,
    statistic: number,
    minutesPerPeriod: number,
    evaluationPeriods: number,
    datapointsToAlarm: number,
    range: number,
    threshold: number,
    operator: number,
    treatMissing: number,
    phaseSeconds: number,
    newestMinuteLag: number,
    state: number,
    together: number,
  ): void;
  policy(
    decider: number,
    adjustmentType: number,
    aggregation: number,
    minAdjustmentMagnitude: number,
    warmupSeconds: number,
    enabled: number,
  ): void;
  step(lower: number, upper: number, adjustment: number): void;
  delays(given: number, launches: number, terminations: number): number;
  start(
    backlog: number,
    oldestAgeSeconds: number,
    instances: number,
    desired: number,
    minSize: number,
    maxSize: number,
    servicePerInstanceSecond: number,
    launchDelaySeconds: number,
    terminateDelaySeconds: number,
    warmupSeconds: number,
    newestLeave: number,
    gaugeAtEnd: number,
    tells: number,
    mostInstances: number,
    mostChanges: number,
    startSeconds: number,
  ): void;
  run(from: number, to: number): void;
  close(): void;
  decisionsAt(): number;
  decisionsBytes(): number;
  changesAt(): number;
  changesBytes(): number;
  lateAt(): number;
  lateBytes(): number;
  minutesAtMaximum(): number;
  processed(): number;
  peakBacklog(): number;
  worstAgeSeconds(): number;
  drainedAtSeconds(): number;
  launches(): number;
  terminations(): number;
  peakInService(): number;
  paidSeconds(): number;
  billedSeconds(): number;
}

/** Memory never shrinks, so an instance that had a long range is let go. */
const MOST_BYTES_KEPT = 32 * 2 ** 20;
const MOST_KEPT = 2;

let compiled: WebAssembly.Module | null = null;
const idle: Kernel[] = [];

/** An instance nobody else has; give it back with `giveBack`. */
export function takeKernel(): Kernel {
  const kept = idle.pop();
  if (kept !== undefined) return kept;
  compiled ??= new WebAssembly.Module(bytesOfBase64(kernelBase64));
  return new WebAssembly.Instance(compiled).exports as Kernel;
}

export function giveBack(kernel: Kernel): void {
  if (idle.length < MOST_KEPT && kernel.memory.buffer.byteLength <= MOST_BYTES_KEPT) idle.push(kernel);
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** By hand, as neither `atob` nor `Buffer` belongs to the language that this folder is written in. */
function bytesOfBase64(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const digit of digits) {
    held = ((held << 6) | DIGITS.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}
