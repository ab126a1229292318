/**
 * The words of composite alarms. Rules: docs/rules/composite.md (COMP-nn).
 */
import type { AlarmState } from '../alarms/types.ts';

export type CompositeRule =
  | { readonly kind: 'constant'; readonly holds: boolean }
  /** Holds while the named alarm (a name or an ARN) is in this state. */
  | { readonly kind: 'state'; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: 'not'; readonly of: CompositeRule }
  | { readonly kind: 'both' | 'either'; readonly left: CompositeRule; readonly right: CompositeRule };

/** A parsed rule with what its limits count: alarms, TRUE, FALSE and pairs of parentheses. */
export interface ParsedRule {
  readonly rule: CompositeRule;
  readonly elements: number;
}
