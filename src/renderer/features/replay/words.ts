/**
 * Fidelity, steps and differences in plain words, in both languages (UX-30). Decisions are core's (core/messages/decisions.ts).
 *
 * Pure. The figures are the replay's own; nothing is computed again here but signs and sums of what is shown.
 */
import type { Fidelity } from '../../../core/contract/shapes.ts';
import { en } from '../../i18n/en.ts';
import type { TextKey, Translate } from '../../i18n/index.ts';
import { ko } from '../../i18n/ko.ts';
import type { Format, Unit } from '../../time/format.ts';

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

type Judged = Pick<Fidelity, 'equalDesiredShare' | 'minutesCompared' | 'actionPrecision' | 'actionRecall'>;

/**
 * How the replayed fleet followed the recorded one, as one word; the weakest figure decides (FID-12). A fleet that mostly stands
 * still has equal capacity nearly always, so actions count as well: 80 % and 50 % of them, 90 % and 70 % of the minutes.
 */
export function trust(fidelity: Judged): Trust {
  const { equalDesiredShare, minutesCompared, actionPrecision, actionRecall } = fidelity;
  // Null: neither acted, or only one of them did, which the other figure tells.
  const actions = Math.min(actionPrecision ?? 1, actionRecall ?? 1);
  if (minutesCompared === 0 || equalDesiredShare < 0.7 || actions < 0.5) return 'poor';
  return equalDesiredShare < 0.9 || actions < 0.8 ? 'rough' : 'close';
}

/** "+2.5 h", "−1.4k msgs", "±0"; of two figures in one unit. */
export function differenceText(value: number, base: number, unit: Unit, f: Format): string {
  const difference = value - base;
  if (Math.abs(difference) < 1e-9) return '±0';
  return `${difference > 0 ? '+' : '−'}${f.value(Math.abs(difference), unit)}`;
}
