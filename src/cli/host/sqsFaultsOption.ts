/**
 * `--sqs-faults NAME=N,...`: what the emulator's queues do now and then, as real ones do.
 */
import { checkFaults, type EmulatorOptions, noFaults, type SqsFaults } from '../../emulator/index.ts';
import { textOption, type Values } from '../arguments.ts';
import { type Expected, invalidPart, repeatedPart, type Said } from '../usage.ts';

const isFault = (name: string): name is keyof SqsFaults => Object.hasOwn(noFaults, name);

/** @throws UsageError for what is no fault with its number, a number out of its limits, and a fault given twice */
export function sqsFaultsOf(values: Values): Pick<EmulatorOptions, 'sqsFaults'> {
  const text = textOption(values, 'sqs-faults');
  if (text === undefined) return {};
  const given: Partial<Record<keyof SqsFaults, number>> = {};
  for (const part of text.split(',')) {
    const [, name = '', number = ''] = /^\s*(\w+)=(\d*\.?\d+)\s*$/.exec(part) ?? [];
    if (!isFault(name)) throw invalidPart('sqs-faults', part, form);
    if (given[name] !== undefined) throw repeatedPart('sqs-faults', name);
    given[name] = Number(number);
    if (!isTaken({ ...noFaults, [name]: Number(number) }))
      throw invalidPart('sqs-faults', part.trim(), { ...form, expected: limits[name] });
  }
  return { sqsFaults: { ...noFaults, ...given } };
}

/** The emulator knows the limits; its complaint is for programs. */
function isTaken(faults: SqsFaults): boolean {
  try {
    checkFaults(faults);
    return true;
  } catch {
    return false;
  }
}

const share = { en: 'a number from 0 to 1', ko: '0~1의 숫자' };
const seconds = { en: 'seconds from 0 to 900', ko: '0~900의 초' };

const limits: Readonly<Record<keyof SqsFaults, Said>> = {
  duplicateShare: share,
  reorderShare: share,
  reorderSeconds: seconds,
  shortPollMissShare: { en: 'a number from 0 to below 1', ko: '0 이상 1 미만의 숫자' },
  countsLagSeconds: seconds,
};

const faultNames = Object.keys(noFaults).join(', ');
const form: Expected = {
  expected: { en: `NAME=NUMBER with one of ${faultNames}`, ko: `NAME=NUMBER, NAME은 ${faultNames} 중 하나` },
  example: 'duplicateShare=0.01,countsLagSeconds=30',
};
