/** Adapters of composite.*: src/core/composite. */
import { z } from 'zod';
import { compositeHolds, compositeState } from '../../../src/core/composite/evaluate.ts';
import { parseCompositeRule } from '../../../src/core/composite/parse.ts';
import { startSuppression, suppressionTimeline } from '../../../src/core/composite/suppress.ts';
import { type Adapters, adapter } from '../adapter.ts';

const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const changes = z.array(z.strictObject({ t: z.number(), state: alarmState })).default([]);

export const compositeAdapters: Adapters = {
  'composite.rule': adapter(
    z.strictObject({ rule: z.string(), alarms: z.record(z.string(), alarmState).default({}) }),
    ({ rule, alarms }) => {
      const parsed = parseCompositeRule(rule);
      if (!parsed.ok) return { error: parsed.fault.reason, valid: false };
      const stateOf = (alarm: string) => (Object.hasOwn(alarms, alarm) ? alarms[alarm] : undefined);
      return {
        true: compositeHolds(parsed.rule, stateOf),
        state: compositeState(parsed.rule, stateOf).state,
        valid: true,
      };
    },
  ),
  'composite.suppression': adapter(
    z.strictObject({
      waitPeriod: z.number(),
      extensionPeriod: z.number(),
      compositeInitial: alarmState.default('OK'),
      suppressorInitial: alarmState.default('OK'),
      compositeEvents: changes,
      suppressorEvents: changes,
    }),
    ({ compositeInitial, suppressorInitial, compositeEvents, suppressorEvents, ...periods }) => ({
      actions: suppressionTimeline(
        startSuppression(compositeInitial, suppressorInitial),
        [
          ...compositeEvents.map((event) => ({ ...event, of: 'composite' as const })),
          ...suppressorEvents.map((event) => ({ ...event, of: 'suppressor' as const })),
        ],
        periods,
      ).actions,
    }),
  ),
};
