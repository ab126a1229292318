/**
 * What other shards would have done with the stream's recorded records: asked for by hand, told in a table, fidelity first.
 */
import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TimeRange } from '../../../core/contract/shapes.ts';
import type { StreamCandidate, StreamReplay, StreamRunTold } from '../../../core/contract/streamShapes.ts';
import type { ErrorValue } from '../../../core/errors.ts';
import { fillTemplate } from '../../../core/messages/index.ts';
import {
  reshardingRefusals,
  type StreamFigure,
  streamFigureIds,
  streamFigures,
  streamSentences,
} from '../../../core/messages/streamReplay.ts';
import { useModel, useWords } from '../../data/context.ts';
import { errorOf } from '../../data/model.ts';
import { Failure } from '../../parts/Failure.tsx';
import type { Unit } from '../../time/format.ts';
import { readWhatIf, type WhatIfFault, type WhatIfText } from './whatIf.ts';

const unitOf: Partial<Record<StreamFigure, Unit>> = {
  refusedShare: 'share',
  worstIteratorAgeSeconds: 'seconds',
  costUsd: 'usd',
};

export function ShardWhatIf({
  resourceId,
  range,
  openShards,
}: {
  resourceId: string;
  range: TimeRange;
  openShards: number;
}) {
  const { t, f } = useWords();
  const model = useModel();
  const [text, setText] = useState<WhatIfText>(() => ({
    shards: `${Math.max(1, Math.ceil(openShards / 2))}, ${openShards * 2}`,
    hotKey: '',
    share: '',
    reads: '',
    onDemand: true,
    enhanced: false,
  }));
  const [faults, setFaults] = useState<readonly WhatIfFault[]>([]);
  const [result, setResult] = useState<StreamReplay | null>(null);
  const [error, setError] = useState<ErrorValue | null>(null);
  const [pending, setPending] = useState(false);
  const faultOf = (field: WhatIfFault) => (faults.includes(field) ? t(`whatIf.fault.${field}`) : undefined);
  const field = (name: 'shards' | 'hotKey' | 'share' | 'reads') => (
    <TextInput
      label={t(`whatIf.${name}`)}
      value={text[name]}
      error={faultOf(name)}
      data-testid={`what-if-${name}`}
      onChange={(event) => setText({ ...text, [name]: event.currentTarget.value })}
    />
  );

  async function ask(): Promise<void> {
    const read = readWhatIf(text, f.language === 'ko');
    setFaults(read.faults);
    if (read.faults.length > 0 || pending) return;
    setPending(true);
    setError(null);
    try {
      const { hotKeys, consumers } = read;
      const candidates: StreamCandidate[] = read.candidates;
      setResult(await model.client.call('replay.stream', { resourceId, range, candidates, hotKeys, consumers }));
    } catch (thrown) {
      setError(errorOf(thrown));
    } finally {
      setPending(false);
    }
  }

  const say = (name: keyof typeof streamSentences, params: Readonly<Record<string, string | number>> = {}) =>
    fillTemplate(streamSentences[name][f.language], params);
  const figure = (run: StreamRunTold, id: StreamFigure): string => {
    const value = run.summary[id];
    const unit = unitOf[id];
    if (unit !== undefined) return id === 'refusedShare' ? f.percent(value, 1) : f.value(value, unit);
    return id === 'shardHours' ? String(Number(value.toFixed(1))) : f.whole(value);
  };

  return (
    <section className="panel" data-testid="what-if">
      <h2 className="panel-head">{t('whatIf.title')}</h2>
      <form
        className="panel-body what-if"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        {field('shards')}
        {field('hotKey')}
        {field('share')}
        {field('reads')}
        <Checkbox
          label={t('whatIf.onDemand')}
          checked={text.onDemand}
          onChange={(event) => setText({ ...text, onDemand: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('whatIf.enhanced')}
          checked={text.enhanced}
          onChange={(event) => setText({ ...text, enhanced: event.currentTarget.checked })}
        />
        <button type="submit" className="button" disabled={pending} data-testid="what-if-ask">
          {t('whatIf.ask')}
        </button>
      </form>
      {error === null ? null : <Failure error={error} />}
      {result === null ? (
        <p className="panel-body soft">{t('whatIf.says')}</p>
      ) : (
        <>
          <p className="panel-body" data-testid="what-if-fidelity">
            {result.fidelity === null
              ? say('noFidelity')
              : say('fidelity', {
                  share: (result.fidelity.throttledAgreeShare * 100).toFixed(1),
                  minutes: result.fidelity.minutesCompared,
                  age: f.value(result.fidelity.iteratorAgeMeanErrorSeconds, 'seconds'),
                })}
          </p>
          <div className="what-if-table">
            <table className="plain" data-testid="what-if-table">
              <thead>
                <tr>
                  <th scope="col">
                    <span className="visually-hidden">{t('whatIf.candidate')}</span>
                  </th>
                  {streamFigureIds.map((id) => (
                    <th scope="col" className="number" key={id}>
                      {streamFigures[id][f.language]}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {result.runs.map((run, at) => (
                  <tr key={run.label}>
                    <th scope="row">{at === 0 ? t('replay.deployed') : run.label}</th>
                    {streamFigureIds.map((id) => (
                      <td className="number" key={id}>
                        {figure(run, id)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {result.runs.flatMap(({ label, refusedChanges }) =>
            refusedChanges.map(({ atMs, shards, reason }) => (
              <p className="panel-body" key={`${label} ${atMs}`}>
                {say('change', { label, shards, at: f.instant(atMs), why: reshardingRefusals[reason][f.language] })}
              </p>
            )),
          )}
        </>
      )}
    </section>
  );
}
