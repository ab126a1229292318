/**
 * Scripted faults on the command line: a Spot interruption, a time in which launches fail.
 */
import type { ReplayFault } from '../../core/contract/shapes.ts';
import { textOption, UsageError, type Values } from '../arguments.ts';
import { instant } from './rangeOption.ts';

/** @throws UsageError saying how each is written */
export function faultOptions(values: Values): ReplayFault[] {
  const faults: ReplayFault[] = [];
  const spot = textOption(values, 'spot');
  if (spot !== undefined) {
    const [at = '', count = ''] = spot.split('=');
    const instances = Number(count);
    if (!Number.isInteger(instances) || instances < 1 || instances > 10_000)
      throw new UsageError(`--spot is "${spot}", expected an instant and a whole number, e.g. 2026-03-02T07:10:00Z=2`);
    faults.push({ kind: 'spot-interruption', atMs: instant('spot', at), instances });
  }
  const failure = textOption(values, 'launch-failure');
  if (failure !== undefined) {
    const [from = '', to = ''] = failure.split('/');
    const [fromMs, toMs] = [instant('launch-failure', from), instant('launch-failure', to)];
    if (fromMs >= toMs) throw new UsageError(`--launch-failure is "${failure}", expected a start before its end`);
    faults.push({ kind: 'launch-failure', fromMs, toMs });
  }
  return faults;
}
