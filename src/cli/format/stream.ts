/**
 * A stream's replay as lines for a terminal: fidelity first, then the candidates side by side. Text only.
 */
import type { StreamReplay } from '../../core/contract/streamShapes.ts';
import { fillTemplate, type Language } from '../../core/messages/index.ts';
import {
  reshardingRefusals,
  streamFigureIds,
  streamFigures,
  streamSentences,
} from '../../core/messages/streamReplay.ts';
import { table } from './table.ts';

export function streamLines(result: StreamReplay, language: Language): string[] {
  const say = (name: keyof typeof streamSentences, params: Readonly<Record<string, string | number>> = {}) =>
    fillTemplate(streamSentences[name][language], params);
  const { deployed, range, recorded, fidelity, runs } = result;
  const iso = (ms: number) => new Date(ms).toISOString();
  const whole = (value: number | null) => (value === null ? say('unknown') : Math.round(value).toLocaleString('en'));
  const seconds = (value: number | null) =>
    value === null ? say('unknown') : `${Math.round(value).toLocaleString('en')} s`;
  const rows = runs.map(({ label: name, summary }) => [
    name,
    whole(summary.refusedRecords),
    `${(summary.refusedShare * 100).toFixed(1)} %`,
    whole(summary.minutesThrottled),
    whole(summary.notWrittenRecords),
    seconds(summary.worstIteratorAgeSeconds),
    whole(summary.lostRecords),
    whole(summary.peakShards),
    summary.shardHours.toFixed(1),
    summary.costUsd.toFixed(2),
  ]);
  const seen = [
    say('recorded'),
    whole(recorded.refusedRecords),
    '',
    whole(recorded.minutesThrottled),
    '',
    seconds(recorded.worstIteratorAgeSeconds),
    '',
    whole(deployed.shards),
    '',
    '',
  ];
  return [
    say('title', {
      mode: deployed.mode,
      shards: deployed.shards,
      from: iso(range.fromMs),
      to: iso(range.toMs),
    }),
    ...(result.holes > 0 ? [say('holes', { n: result.holes })] : []),
    fidelity === null
      ? say('noFidelity')
      : say('fidelity', {
          share: (fidelity.throttledAgreeShare * 100).toFixed(1),
          minutes: fidelity.minutesCompared,
          age: seconds(fidelity.iteratorAgeMeanErrorSeconds),
        }),
    '',
    ...table([['', ...streamFigureIds.map((figure) => streamFigures[figure][language])], seen, ...rows]),
    ...runs.flatMap(({ label: name, refusedChanges }) =>
      refusedChanges.map(({ atMs, shards, reason }) =>
        say('change', { label: name, shards, at: iso(atMs), why: reshardingRefusals[reason][language] }),
      ),
    ),
  ];
}
