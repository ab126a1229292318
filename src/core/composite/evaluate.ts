/**
 * The state of a composite alarm, from the states of the alarms its rule names (COMP-01).
 *
 * Not here: when its actions run (suppress.ts).
 */
import type { AlarmState } from '../alarms/types.ts';
import type { CompositeRule } from './types.ts';

/**
 * Whether a rule holds.
 *
 * @param stateOf the state of an alarm by its name or ARN; undefined when there is none, which is in no state at all, so
 *   that ALARM(x), OK(x) and INSUFFICIENT_DATA(x) are all false (MODEL-44; `validateCompositeAlarm` refuses it before)
 */
export function compositeHolds(rule: CompositeRule, stateOf: (alarm: string) => AlarmState | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.holds;
    case 'state':
      return stateOf(rule.alarm) === rule.state;
    case 'not':
      return !compositeHolds(rule.of, stateOf);
    case 'both':
      return compositeHolds(rule.left, stateOf) && compositeHolds(rule.right, stateOf);
    case 'either':
      return compositeHolds(rule.left, stateOf) || compositeHolds(rule.right, stateOf);
  }
}

/** ALARM or OK; INSUFFICIENT_DATA is only what a new composite alarm is in before its first evaluation. */
export function compositeState(
  rule: CompositeRule,
  stateOf: (alarm: string) => AlarmState | undefined,
): { readonly state: AlarmState; readonly rules: readonly string[] } {
  return { state: compositeHolds(rule, stateOf) ? 'ALARM' : 'OK', rules: ['COMP-01'] };
}

/** The alarms a rule names, once each, in the order of their first mention. */
export function alarmsOf(rule: CompositeRule): readonly string[] {
  const names = new Set<string>();
  function enter(part: CompositeRule): void {
    if (part.kind === 'state') names.add(part.alarm);
    if (part.kind === 'not') enter(part.of);
    if (part.kind === 'both' || part.kind === 'either') {
      enter(part.left);
      enter(part.right);
    }
  }
  enter(rule);
  return [...names];
}
