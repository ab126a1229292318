/**
 * What the recording and the assumptions tell without any replay: the recorded fleet's summary, and assumptions that hardly fit.
 *
 * Kept with the recording: a slider that moves a policy asks for the same again and again. Shared, so not to be changed.
 */
import type { ReplayAssumptions, ReplaySummary } from '../../core/contract/shapes.ts';
import { phrases } from '../../core/messages/terms.ts';
import { implausibleAssumptions, summarizeRecorded } from '../../replay/index.ts';
import { calibrationOf } from './defaults.ts';
import type { Recording } from './recording.ts';

interface OfRecording {
  readonly summary: ReplaySummary;
  /** One text each for `phraseText` (CAL-12). */
  readonly cautions: string[];
}

/** Of the newest assumptions; those before are seldom asked for again. */
const kept = new WeakMap<Recording, { readonly asked: string; readonly told: OfRecording }>();

/** @param maxSize the deployed group's; null when there is none */
export function ofRecording(recording: Recording, assumptions: ReplayAssumptions, maxSize: number | null): OfRecording {
  const asked = JSON.stringify([assumptions, maxSize]);
  const known = kept.get(recording);
  if (known?.asked === asked) return known.told;
  const { columns, deleted, activities } = recording;
  const told: OfRecording = {
    summary: summarizeRecorded({
      columns,
      assumptions,
      maxSize,
      ...(activities.length > 0 ? { activities } : {}),
    }),
    cautions: implausibleAssumptions({
      assumptions,
      calibration: calibrationOf(recording),
      deleted,
      inService: columns.inService,
    }).map((phrase) => phrases([phrase])),
  };
  kept.set(recording, { asked, told });
  return told;
}
