/**
 * How far to trust a replay, as the report's table: what agrees, what was left out and why.
 */
import type { Fidelity } from '../../core/contract/shapes.ts';
import { fidelityAssumedDelays, fidelityLeftOut, minutesByReason } from '../../core/messages/fidelity.ts';
import { clippedList } from './clippedList.ts';
import { number, percent } from './quantity.ts';
import { type Table, table } from './tables.ts';
import type { Voice } from './voice.ts';

export function fidelityTable(fidelity: Fidelity, voice: Voice): Table {
  const { say } = voice;
  const share = (value: number | null): string => (value === null ? say('fidelity.unknown') : percent(value));
  return table(
    [say('fidelity.heading'), say('replay.value')],
    [],
    [
      [say('fidelity.equal'), percent(fidelity.equalDesiredShare)],
      ...(fidelity.withAssumedDelays == null
        ? []
        : [
            [
              fidelityAssumedDelays[voice.language],
              [
                percent(fidelity.withAssumedDelays.equalDesiredShare),
                `${share(fidelity.withAssumedDelays.actionPrecision)} / ${share(fidelity.withAssumedDelays.actionRecall)}`,
              ].join(', '),
            ],
          ]),
      [
        say('fidelity.compared'),
        say('fidelity.comparedValue', {
          compared: number(fidelity.minutesCompared, 0),
          leftOut: number(fidelity.minutesLeftOut, 0),
        }),
      ],
      ...minutesByReason(fidelity.leftOut ?? []).map(({ reason, minutes }) => [
        say('fidelity.leftOut', { why: fidelityLeftOut[reason][voice.language] }),
        [
          voice.duration(minutes * 60),
          ...clippedList(
            (fidelity.leftOut ?? []).filter((stretch) => stretch.reason === reason),
            voice,
            ({ fromMs, toMs }) =>
              say('list.stretch', { from: voice.instant.full(fromMs), to: voice.instant.full(toMs) }),
          ),
        ].join('\n'),
      ]),
      [say('fidelity.error'), number(fidelity.meanAbsoluteErrorInstances, 2)],
      [say('fidelity.precision'), share(fidelity.actionPrecision)],
      [say('fidelity.recall'), share(fidelity.actionRecall)],
      [
        say('fidelity.timing'),
        fidelity.medianTimingErrorSeconds === null
          ? say('fidelity.unknown')
          : voice.duration(fidelity.medianTimingErrorSeconds),
      ],
      [say('fidelity.backlog'), share(fidelity.backlogNrmse)],
      [say('fidelity.age'), share(fidelity.ageNrmse)],
      [say('fidelity.cost'), share(fidelity.costErrorShare)],
    ],
  );
}
