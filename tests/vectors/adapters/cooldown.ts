/** Adapters of cooldown.*, aas.*: src/core/scaling. */
import { z } from 'zod';
import { adjustmentDelta } from '../../../src/core/scaling/adjust.ts';
import { decideApplicationScaling, type ScalableTarget } from '../../../src/core/scaling/application.ts';
import { adjustmentTypes } from '../../../src/core/scaling/codes.ts';
import {
  cooldownWindow,
  effectiveCooldownSeconds,
  instanceFinishedAt,
  waitsForCooldown,
} from '../../../src/core/scaling/cooldown.ts';
import { type Adapters, adapter } from '../adapter.ts';

/** Who triggers, and whether it asks to honour the cooldown. */
const triggers = {
  simplePolicy: ['simple-policy', false],
  stepPolicy: ['step-policy', false],
  targetTrackingPolicy: ['target-tracking-policy', false],
  targetTracking: ['target-tracking-policy', false],
  predictivePolicy: ['predictive-policy', false],
  scheduledAction: ['scheduled-action', false],
  healthReplacement: ['health-replacement', false],
  manualDefault: ['manual-change', false],
  manualHonorCooldown: ['manual-change', true],
} as const;
type Trigger = keyof typeof triggers;
const triggerNames = Object.keys(triggers) as Trigger[];

/** Time that a vector means by "inside": any event comes this long after the one before. */
const STEP_MS = 1_000;
const COOLDOWN_SECONDS = 300;

export const cooldownAdapters: Adapters = {
  'cooldown.applies': adapter(z.strictObject({ trigger: z.enum(triggerNames) }), ({ trigger }) => {
    const [asking, honorCooldown] = triggers[trigger as Trigger];
    return { waits: waitsForCooldown(asking, honorCooldown) };
  }),
  'cooldown.effective': adapter(
    z.strictObject({ policyCooldown: z.number().nullish(), defaultCooldown: z.number().nullish() }),
    ({ policyCooldown = null, defaultCooldown = null }) => ({
      seconds: effectiveCooldownSeconds(
        { cooldownSeconds: policyCooldown },
        { defaultCooldownSeconds: defaultCooldown },
      ),
    }),
  ),
  'cooldown.window': adapter(
    z.strictObject({
      finishedAtSeconds: z.array(z.number()).nonempty(),
      hookCompletedAtSeconds: z.number().optional(),
      cooldown: z.number(),
    }),
    ({ finishedAtSeconds, hookCompletedAtSeconds = null, cooldown }) => {
      const finished = finishedAtSeconds.map((runningAt) =>
        instanceFinishedAt({ change: 'launch', runningAt, hookEndedAt: hookCompletedAtSeconds }),
      );
      const { fromSeconds, toSeconds } = cooldownWindow(finished, cooldown);
      return { from: fromSeconds, to: toSeconds };
    },
  ),
  'aas.cooldown': adapter(
    z.strictObject({
      initial: z.number(),
      min: z.number().optional(),
      max: z.number().optional(),
      adjustmentType: z.enum(adjustmentTypes).optional(),
      events: z.array(z.strictObject({ adjustment: z.number(), insideCooldown: z.boolean() })),
    }),
    ({ initial, min = 0, max = 1_000_000, adjustmentType = 'ChangeInCapacity', events }) => {
      const type = adjustmentTypes.indexOf(adjustmentType);
      let target: ScalableTarget = {
        minCapacity: min,
        maxCapacity: max,
        capacity: initial,
        scaleOut: null,
        scaleIn: null,
      };
      const capacityAfter = events.map(({ adjustment, insideCooldown }, index) => {
        const direction = adjustment < 0 ? 'in' : 'out';
        // Outside: as late as the end of whatever cooldown of its direction runs.
        const running = direction === 'in' ? target.scaleIn : target.scaleOut;
        const nowMs = insideCooldown || running === null ? index * STEP_MS : running.endsAtMs;
        const decision = decideApplicationScaling(target, {
          direction,
          wantedFrom: (base) => base + adjustmentDelta(type, adjustment, base, 0),
          cooldownSeconds: COOLDOWN_SECONDS,
          nowMs,
          deploymentRunning: false,
        });
        target = decision.target;
        return target.capacity;
      });
      return { capacityAfter };
    },
  ),
};
