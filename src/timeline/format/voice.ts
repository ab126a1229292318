/**
 * Everything a format needs to speak: words of a language, instants of a zone, numbers with units. Text here is plain;
 * each format escapes whole sentences.
 */
import type { Language } from '../../core/messages/index.ts';
import type { Timeline } from '../types.ts';
import { type Speaker, speaker } from '../words/index.ts';
import { type InstantFormat, instantFormat } from './instant.ts';
import { duration, quantity, type Unit } from './quantity.ts';

export interface Voice extends Speaker {
  readonly instant: InstantFormat;
  duration(seconds: number): string;
  quantity(value: number, unit: Unit): string;
  resourceName(resourceId: string | null): string;
}

export function voiceFor(timeline: Timeline, language: Language): Voice {
  const words = speaker(language);
  const names = new Map(timeline.resources.map(({ resourceId, name }) => [resourceId, name]));
  return {
    ...words,
    instant: instantFormat(timeline.timeZone),
    duration: (seconds) => duration(words.say, seconds),
    quantity: (value, unit) => quantity(words.say, value, unit),
    // An ARN's last part says enough when the resource itself is not part of the report (a group, say).
    resourceName: (resourceId) =>
      resourceId === null ? '' : (names.get(resourceId) ?? resourceId.split(/[:/]/).at(-1) ?? resourceId),
  };
}

/** The report's title: a person's, else one made of the subject. */
export function titleOf(timeline: Timeline, voice: Voice): string {
  if (timeline.title !== '') return timeline.title;
  return voice.say('report.title', {
    subject: timeline.resources[0]?.name ?? voice.instant.full(timeline.range.fromMs),
  });
}
