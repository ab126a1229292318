/**
 * What other shards would have done with the stream's recorded records: asked for by hand, told in a table, fidelity first.
 */
import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ResourceDetail, TimeRange } from '../../../core/contract/shapes.ts';
import type { StreamReplayResult, StreamRun, StreamSummary } from '../../../core/contract/streamShapes.ts';
import type { ErrorValue } from '../../../core/errors.ts';
import { useModel, useWords } from '../../data/context.ts';
import { errorOf } from '../../data/model.ts';
import { Failure } from '../../parts/Failure.tsx';
import type { Unit } from '../../time/format.ts';
import { shortShard } from '../overview/OverviewRow.tsx';
import { readWhatIf, type WhatIfFault, type WhatIfText } from './whatIf.ts';

const figures = [
  'throttledRecords',
  'throttledShare',
  'throttledMinutes',
  'worstIteratorAgeSeconds',
  'lostRecords',
  'peakShards',
  'shardHours',
  'costUsd',
] as const satisfies readonly (keyof StreamSummary)[];
type Figure = (typeof figures)[number];
const unitOf: Partial<Record<Figure, Unit>> = {
  throttledShare: 'share',
  worstIteratorAgeSeconds: 'seconds',
  costUsd: 'usd',
};

interface Props {
  readonly resourceId: string;
  readonly range: TimeRange;
  readonly detail: ResourceDetail;
}

export function ShardWhatIf({ resourceId, range, detail }: Props) {
  const { t, f } = useWords();
  const model = useModel();
  const openShards = detail.shards.filter(({ closed }) => !closed).length;
  const mode = detail.settings.some(({ value }) => value === 'ON_DEMAND') ? 'ON_DEMAND' : 'PROVISIONED';
  const [text, setText] = useState<WhatIfText>(() => ({
    shards: `${Math.max(1, Math.ceil(openShards / 2))}, ${openShards * 2}`,
    hotKey: '',
    share: '',
    reads: '',
    onDemand: true,
    enhanced: false,
    retry: true,
  }));
  const [faults, setFaults] = useState<readonly WhatIfFault[]>([]);
  const [result, setResult] = useState<StreamReplayResult | null>(null);
  const [error, setError] = useState<ErrorValue | null>(null);
  const [pending, setPending] = useState(false);
  const field = (name: WhatIfFault) => (
    <TextInput
      label={t(`whatIf.${name}`)}
      value={text[name]}
      error={faults.includes(name) ? t(`whatIf.fault.${name}`) : undefined}
      data-testid={`what-if-${name}`}
      onChange={(event) => setText({ ...text, [name]: event.currentTarget.value })}
    />
  );
  const choice = (name: 'onDemand' | 'enhanced' | 'retry') => (
    <Checkbox
      label={t(`whatIf.${name}`)}
      checked={text[name]}
      onChange={(event) => setText({ ...text, [name]: event.currentTarget.checked })}
    />
  );

  async function ask(): Promise<void> {
    const names = {
      deployed: t('replay.deployed'),
      onDemand: t('whatIf.isOnDemand'),
      shards: (count: number) => t('whatIf.isShards', { n: count }),
    };
    const read = readWhatIf(text, { mode, openShards }, names);
    setFaults(read.faults);
    if (read.faults.length > 0 || pending) return;
    setPending(true);
    setError(null);
    try {
      const { candidates, retrySeconds } = read;
      setResult(await model.client.call('replay.stream', { resourceId, range, candidates, retrySeconds }));
    } catch (thrown) {
      setError(errorOf(thrown));
    } finally {
      setPending(false);
    }
  }

  const told = (run: StreamRun, id: Figure): string => {
    const value = run.summary[id];
    if (id === 'throttledShare') return f.percent(value, 1);
    const unit = unitOf[id];
    if (unit !== undefined) return f.value(value, unit);
    return id === 'shardHours' ? String(Number((value ?? 0).toFixed(1))) : f.whole(value);
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
        {choice('onDemand')}
        {choice('enhanced')}
        {choice('retry')}
        <button type="submit" className="button" disabled={pending} data-testid="what-if-ask">
          {t('whatIf.ask')}
        </button>
      </form>
      {error === null ? null : <Failure error={error} />}
      {result === null ? <p className="panel-body soft">{t('whatIf.says')}</p> : <Told result={result} told={told} />}
    </section>
  );
}

function Told({ result, told }: { result: StreamReplayResult; told: (run: StreamRun, id: Figure) => string }) {
  const { t, f } = useWords();
  const { fidelity, hotShards, recorded, runs } = result;
  const { slowestConsumerRecordsPerSecond: slowest } = recorded;
  return (
    <>
      <p className="panel-body" data-testid="what-if-fidelity">
        {fidelity === null
          ? t('whatIf.noFidelity')
          : t('whatIf.fidelity', {
              minutes: f.whole(fidelity.minutesCompared),
              taken: f.percent(fidelity.takenErrorShare, 1),
              replayed: f.whole(fidelity.throttled.replayedMinutes),
              recorded: f.whole(fidelity.throttled.recordedMinutes),
              age: f.percent(fidelity.iteratorAge?.nrmse ?? null, 1),
            })}
      </p>
      {hotShards.map(({ shardId, share }) => (
        <p className="panel-body faint" key={shardId}>
          {t('whatIf.hot', { shard: shortShard(shardId), share: f.percent(share, 1) })}
        </p>
      ))}
      {slowest === null ? null : (
        <p className="panel-body faint">{t('whatIf.slowest', { rate: Number(slowest.toPrecision(3)) })}</p>
      )}
      <div className="what-if-table">
        <table className="plain" data-testid="what-if-table">
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('whatIf.candidate')}</span>
              </th>
              {figures.map((id) => (
                <th scope="col" className="number" key={id}>
                  {t(`whatIf.figure.${id}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.label}>
                <th scope="row">{run.label}</th>
                {figures.map((id) => (
                  <td className="number" key={id}>
                    {told(run, id)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
