/**
 * Whether a composite alarm would be accepted: every fault at once (COMP-01, COMP-02).
 */
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from '../scaling/types.ts';
import { alarmsOf } from './evaluate.ts';
import { parseCompositeRule } from './parse.ts';

/** Alarms one rule may name. */
export const MAX_CHILDREN = 100;
/** Alarms, TRUE, FALSE and pairs of parentheses of one rule. */
export const MAX_ELEMENTS = 500;

export interface CompositeSettings {
  readonly name: string;
  readonly alarmRule: string;
  /** ARNs of every state together. */
  readonly actions: readonly string[];
  /** null: none, and then the periods do not matter. */
  readonly actionsSuppressor: string | null;
  readonly waitPeriodSeconds: number | null;
  readonly extensionPeriodSeconds: number | null;
}

/**
 * @param ruleOf what is known of an alarm by name or ARN: the rule of a composite one, null for a metric alarm, undefined
 *   for none
 * @returns faults in the order of the form; empty when valid. Throws nothing.
 */
export function validateCompositeAlarm(
  settings: CompositeSettings,
  ruleOf: (alarm: string) => string | null | undefined,
): PolicyFault[] {
  return [...ruleFaults(settings, ruleOf), ...actionFaults(settings), ...suppressorFaults(settings, ruleOf)];
}

function ruleFaults(
  { name, alarmRule }: CompositeSettings,
  ruleOf: (alarm: string) => string | null | undefined,
): PolicyFault[] {
  const parsed = parseCompositeRule(alarmRule);
  if (!parsed.ok) return [parsed.fault];
  const faults: PolicyFault[] = [];
  const children = alarmsOf(parsed.rule);
  for (const alarm of children) {
    if (alarm !== name && ruleOf(alarm) === undefined) {
      faults.push(fault('compositeUnknownAlarm', 'alarmRule', { alarm }));
    }
  }
  if (children.length > MAX_CHILDREN) {
    faults.push(fault('compositeTooManyAlarms', 'alarmRule', { count: children.length, limit: MAX_CHILDREN }));
  }
  if (parsed.elements > MAX_ELEMENTS) {
    faults.push(fault('compositeTooManyElements', 'alarmRule', { count: parsed.elements, limit: MAX_ELEMENTS }));
  }
  const circle = compositeCycle(name, (alarm) => (alarm === name ? alarmRule : ruleOf(alarm)));
  if (circle.length > 0) faults.push(fault('compositeCycle', 'alarmRule', { path: circle.join(' -> ') }));
  return faults;
}

/**
 * The first circle through an alarm, closed (first = last): the service stops evaluating there. Empty when there is none.
 */
export function compositeCycle(name: string, ruleOf: (alarm: string) => string | null | undefined): readonly string[] {
  const done = new Set<string>();
  function search(alarm: string, path: readonly string[]): readonly string[] {
    const rule = ruleOf(alarm);
    if (rule === null || rule === undefined || done.has(alarm)) return [];
    done.add(alarm);
    const parsed = parseCompositeRule(rule);
    if (!parsed.ok) return [];
    for (const child of alarmsOf(parsed.rule)) {
      if (child === name) return [...path, alarm, child];
      const found = search(child, [...path, alarm]);
      if (found.length > 0) return found;
    }
    return [];
  }
  return search(name, []);
}

// A composite alarm never drives a replayed policy (COMP-01).
function actionFaults({ actions }: CompositeSettings): PolicyFault[] {
  return actions
    .filter((action) => /^arn:[^:]*:(autoscaling|automate|swf|ec2):/.test(action))
    .map((action) => fault('compositeWithScalingAction', 'actions', { action }));
}

function suppressorFaults(
  { actionsSuppressor, waitPeriodSeconds, extensionPeriodSeconds }: CompositeSettings,
  ruleOf: (alarm: string) => string | null | undefined,
): PolicyFault[] {
  if (actionsSuppressor === null) return [];
  const faults: PolicyFault[] = [];
  if (ruleOf(actionsSuppressor) === undefined) {
    faults.push(fault('compositeUnknownAlarm', 'actionsSuppressor', { alarm: actionsSuppressor }));
  }
  if (!isPeriod(waitPeriodSeconds) || !isPeriod(extensionPeriodSeconds)) {
    faults.push(fault('suppressorPeriodMissing', 'actionsSuppressor'));
  }
  return faults;
}

const isPeriod = (seconds: number | null): boolean => seconds !== null && Number.isSafeInteger(seconds) && seconds >= 0;
