/**
 * Decisions and fidelity in plain words, in both languages (UX-30): what was seen, what was chosen, why nothing happened.
 *
 * Pure. The figures are the replay's own; nothing is computed again here but signs and sums of what is shown.
 */
import type { Decision, Fidelity } from '../../../core/contract/shapes.ts';
import { decisionBlocks } from '../../../core/messages/decisionTerms.ts';
import { en } from '../../i18n/en.ts';
import type { TextKey, Translate } from '../../i18n/index.ts';
import { ko } from '../../i18n/ko.ts';
import type { Format, Unit } from '../../time/format.ts';

/** One decision as a sentence: the breach, then what came of it. */
export function decisionSentence(decision: Decision, unit: Unit, t: Translate, f: Format): string {
  const { desiredBefore, desiredAfter, blockedBy } = decision;
  const breach = t(decision.metricValue >= decision.threshold ? 'decision.above' : 'decision.below', {
    alarm: decision.alarmName,
    value: f.value(decision.metricValue, unit),
    threshold: f.value(decision.threshold, unit),
  });
  if (blockedBy !== null) {
    return `${breach} ${t('decision.nothing', { why: decisionBlocks[blockedBy][f.language] })}`;
  }
  const credit =
    decision.creditedInstances > 0
      ? ` ${t('decision.credit', { n: f.value(decision.creditedInstances, 'instances') })}`
      : '';
  const outcome =
    desiredAfter === desiredBefore
      ? t('decision.same', { n: desiredAfter })
      : t(desiredAfter > desiredBefore ? 'decision.out' : 'decision.in', {
          before: desiredBefore,
          after: desiredAfter,
          n: Math.abs(desiredAfter - desiredBefore),
        });
  return `${breach}${credit} ${outcome}`;
}

/** "1,500 ≤ x", "x < 200", "500 ≤ x < 1,500"; null when no step matched. */
export function stepText(decision: Decision, unit: Unit, t: Translate, f: Format): string {
  if (decision.stepIndex < 0) return t('decision.noStep');
  return `${t('decision.step', { n: decision.stepIndex + 1 })}: ${intervalText(decision.stepLower, decision.stepUpper, decision.metricValue < decision.threshold, unit, f)}`;
}

/** STEP-03: above the threshold the lower edge belongs to the step, below it the upper one. */
export function intervalText(from: number | null, to: number | null, below: boolean, unit: Unit, f: Format): string {
  const lower = from === null ? '' : `${f.value(from, unit)} ${below ? '<' : '≤'} `;
  const upper = to === null ? '' : ` ${below ? '≤' : '<'} ${f.value(to, unit)}`;
  return from === null && to === null ? '−∞ … +∞' : `${lower}x${upper}`;
}

/** Names the engine gives to what it found and proposes, in the language of the screen; a person's own names stay. */
const givenNames: Readonly<Record<string, TextKey>> = {
  deployed: 'replay.deployed',
  'Scale out sooner: one datapoint': 'suggestion.oneDatapoint',
  'Scale out sooner: half the threshold': 'suggestion.halfThreshold',
  'Larger steps out, slower in': 'suggestion.larger',
  'Steps on the backlog': 'suggestion.backlog',
  'Percent on the backlog per instance': 'suggestion.backlogPerInstance',
};

export function givenName(label: string, t: Translate): string {
  const key = givenNames[label] ?? keyOfGivenText.get(label);
  return key === undefined ? label : t(key);
}

/** The language may change while a form or a result is open; a given name then is text of the other language. */
const keyOfGivenText = new Map(
  Object.values(givenNames).flatMap((key) => [en[key], ko[key]].map((text) => [text, key] as const)),
);

const treatments: Readonly<Record<string, TextKey>> = {
  interpolated: 'hole.interpolated',
  zero: 'hole.zero',
};

/** How a hole in the recording was treated, in words; a code of another version stays as it is. */
export function treatmentText(code: string, t: Translate): string {
  const key = treatments[code];
  return key === undefined ? code : t(key);
}

export type Trust = 'close' | 'rough' | 'poor';

/** How the replayed fleet followed the recorded one, as one word: 90 % and 70 % of the minutes with equal capacity. */
export function trust(fidelity: Pick<Fidelity, 'equalDesiredShare' | 'minutesCompared'>): Trust {
  if (fidelity.minutesCompared === 0 || fidelity.equalDesiredShare < 0.7) return 'poor';
  return fidelity.equalDesiredShare < 0.9 ? 'rough' : 'close';
}

/** "+2.5 h", "−1.4k msgs", "±0"; of two figures in one unit. */
export function differenceText(value: number, base: number, unit: Unit, f: Format): string {
  const difference = value - base;
  if (Math.abs(difference) < 1e-9) return '±0';
  return `${difference > 0 ? '+' : '−'}${f.value(Math.abs(difference), unit)}`;
}
