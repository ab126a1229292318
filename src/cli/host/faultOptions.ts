/**
 * Scripted faults on the command line: a Spot interruption, a time in which launches fail.
 */
import type { ReplayFault } from '../../core/contract/shapes.ts';
import { textOption, type Values } from '../arguments.ts';
import { type Expected, invalidOption } from '../usage.ts';
import { instantOf } from './rangeOption.ts';

/** @throws UsageError saying how each is written */
export function faultOptions(values: Values): ReplayFault[] {
  const faults: ReplayFault[] = [];
  const spot = textOption(values, 'spot');
  if (spot !== undefined) {
    const [at = '', count = ''] = spot.split('=');
    const [atMs, instances] = [instantOf(at), Number(count)];
    if (atMs === null || !Number.isInteger(instances) || instances < 1 || instances > 10_000)
      throw invalidOption('spot', spot, spotForm);
    faults.push({ kind: 'spot-interruption', atMs, instances });
  }
  const failure = textOption(values, 'launch-failure');
  if (failure !== undefined) {
    const [from = '', to = ''] = failure.split('/');
    const [fromMs, toMs] = [instantOf(from), instantOf(to)];
    if (fromMs === null || toMs === null || fromMs >= toMs)
      throw invalidOption('launch-failure', failure, launchFailureForm);
    faults.push({ kind: 'launch-failure', fromMs, toMs });
  }
  return faults;
}

const spotForm: Expected = {
  expected: {
    en: 'an instant in ISO 8601 with an offset and a whole number of instances from 1 to 10000',
    ko: '시간대 오프셋이 있는 ISO 8601 시각과 인스턴스 수(1~10000의 정수)',
  },
  example: '2026-03-02T07:10:00Z=2',
};

const launchFailureForm: Expected = {
  expected: {
    en: 'a start before its end, both ISO 8601 with an offset',
    ko: '시작 시각과 그보다 늦은 종료 시각, 둘 다 시간대 오프셋이 있는 ISO 8601',
  },
  example: '2026-03-02T07:00:00Z/2026-03-02T07:20:00Z',
};
