/**
 * Puts decisions down and folds repeats: the same policy, held back by the same thing at the same capacity, is one decision
 * with a count (REP-35).
 */
import type { Decision } from '../../core/contract/shapes.ts';
import type { DecisionLog } from './types.ts';

export function createDecisionLog(decisions: Decision[]): DecisionLog {
  const last = new Map<string, Decision>();
  return {
    put(decision) {
      const before = last.get(decision.policyName);
      if (
        before !== undefined &&
        decision.blockedBy !== null &&
        before.blockedBy === decision.blockedBy &&
        before.alarmName === decision.alarmName &&
        before.desiredBefore === decision.desiredBefore
      ) {
        before.repeats++;
        return;
      }
      decisions.push(decision);
      last.set(decision.policyName, decision);
    },
  };
}
