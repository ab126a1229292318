/**
 * One entry or milestone as plain sentences. Only reports: the source's own words are kept apart from ours.
 */
import type { Milestone, TimelineEntry } from '../types.ts';
import type { WordKey } from '../words/index.ts';
import type { Voice } from './voice.ts';

export interface Told {
  /** Time from start to end for things that last. */
  readonly what: string;
  readonly kind: string;
  readonly resource: string;
  /** The service's or person's own words; may have several lines. */
  readonly detail: string;
}

export function tellEntry(voice: Voice, entry: TimelineEntry): Told {
  const { fact } = entry;
  const kind = fact.kind === 'note' ? (`note.${fact.noteKind}` as const) : fact.kind;
  return {
    what: whatHappened(voice, entry),
    kind: voice.say(`entry.kind.${kind}`),
    resource: voice.resourceName(entry.resourceId),
    detail: ownWords(voice, fact),
  };
}

function ownWords({ say }: Voice, fact: TimelineEntry['fact']): string {
  switch (fact.kind) {
    case 'alarm':
      return fact.reason;
    case 'alarm-action':
      return fact.summary;
    case 'scaling':
      return fact.detail;
    case 'recorder':
      return fact.detail;
    case 'note':
      return fact.text;
    case 'configuration':
      if (fitsALine(fact)) return '';
      return say('entry.configuration.detail', {
        before: fact.before === '' ? say('entry.configuration.absent') : fact.before,
        after: fact.after === '' ? say('entry.configuration.absent') : fact.after,
      });
  }
}

/** A whole alarm definition is no headline; a number is. */
function fitsALine({ before, after }: { readonly before: string; readonly after: string }): boolean {
  return before !== '' && after !== '' && before.length + after.length <= 120;
}

function whatHappened(voice: Voice, entry: TimelineEntry): string {
  const { fact } = entry;
  const { say, count } = voice;
  switch (fact.kind) {
    case 'alarm': {
      const params = { alarm: fact.alarmName, from: fact.from, to: fact.to };
      if (fact.until !== null && entry.endMs !== null) {
        const lasted = voice.duration((entry.endMs - entry.atMs) / 1_000);
        return say('entry.alarm.until', { ...params, until: fact.until, duration: lasted });
      }
      return say(fact.to === 'ALARM' ? 'entry.alarm.still' : 'entry.alarm', params);
    }
    case 'alarm-action':
      return count('entry.alarm-action', fact.count, { alarm: fact.alarmName });
    case 'scaling':
      return tellScaling(voice, entry, fact);
    case 'configuration':
      if (!fitsALine(fact)) return say('entry.configuration.changed', { what: fact.what });
      return say('entry.configuration', { what: fact.what, before: fact.before, after: fact.after });
    case 'recorder':
      if (fact.what !== 'gap') return say(`entry.recorder.${fact.what}`);
      return fact.fromMs === null
        ? say('entry.recorder.gapUnknown')
        : say('entry.recorder.gap', { from: voice.instant.full(fact.fromMs) });
    case 'note':
      return fact.author === '' ? fact.title : `${fact.title} (${say('entry.note.author', { author: fact.author })})`;
  }
}

function tellScaling(
  voice: Voice,
  entry: TimelineEntry,
  fact: Extract<TimelineEntry['fact'], { kind: 'scaling' }>,
): string {
  const { say, count } = voice;
  const parts: string[] = [];
  if (fact.desiredBefore !== null && fact.desiredAfter !== null) {
    parts.push(
      say('entry.scaling.desired', {
        group: fact.groupName,
        before: fact.desiredBefore,
        after: fact.desiredAfter,
      }),
    );
  } else {
    parts.push(say('entry.scaling.group', { group: fact.groupName, title: fact.title }));
  }
  if (fact.succeeded > 0) {
    const done = { launch: 'launched', terminate: 'terminated', other: 'done' } as const;
    parts.push(count(`entry.scaling.${done[fact.direction]}`, fact.succeeded));
  }
  if (fact.failed > 0) parts.push(count('entry.scaling.failed', fact.failed));
  if (fact.running > 0) parts.push(count('entry.scaling.running', fact.running));
  if (entry.endMs !== null && entry.endMs > entry.atMs) {
    parts.push(say('entry.scaling.took', { duration: voice.duration((entry.endMs - entry.atMs) / 1_000) }));
  }
  return parts.join(say('list.separator'));
}

export function tellMilestone(voice: Voice, milestone: Milestone): string {
  const key: WordKey = `milestone.${milestone.what}`;
  const unit = { 'peak-depth': 'count', 'worst-age': 'seconds', 'worst-iterator-age': 'milliseconds' } as const;
  const value =
    milestone.value !== null && milestone.what in unit
      ? voice.quantity(milestone.value, unit[milestone.what as keyof typeof unit])
      : '';
  return voice.say(key, { name: milestone.name, value });
}
