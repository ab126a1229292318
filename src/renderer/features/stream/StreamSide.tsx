/** Beside a stream's charts: how it stands now, its hot shard, its shards, alarms and settings. */
import type { ResourceDetail } from '../../../core/contract/shapes.ts';
import { useWords } from '../../data/context.ts';
import { AlarmMark } from '../../parts/alarmMark.tsx';
import { NowHead } from '../../parts/NowHead.tsx';
import { SettingsPanel } from '../../parts/SettingsPanel.tsx';
import { shortShard } from '../overview/OverviewRow.tsx';

export function StreamSide({ detail }: { detail: ResourceDetail }) {
  const { t, f } = useWords();
  const { row, alarms, settings, shards } = detail;
  return (
    <>
      <section className="panel">
        <NowHead row={row} />
        <dl className="facts panel-body">
          <dt>{t('measure.iteratorAge')}</dt>
          <dd>
            {f.duration(row.ageSeconds)}
            {row.ageShardId === null ? '' : ` (${shortShard(row.ageShardId)})`}
          </dd>
          <dt>{t('side.retentionUsed')}</dt>
          <dd>
            {t('side.ofRetention', {
              share: f.percent(row.ageSeconds === null ? null : row.ageSeconds / row.retentionSeconds, 1),
              retention: f.duration(row.retentionSeconds),
            })}
          </dd>
          <dt>{t('side.inOut')}</dt>
          <dd>
            {f.compact(row.inPerSecond)} / {f.value(row.outPerSecond, 'records/s')}
          </dd>
          <dt>{t('overview.column.trend')}</dt>
          <dd>{t(`trend.${row.trend}`)}</dd>
          <dt>{t('side.shards')}</dt>
          <dd>{f.whole(shards.filter(({ closed }) => !closed).length)}</dd>
        </dl>
        {row.hotShard === null ? null : (
          <div className="notice notice-warn side-notice" data-testid="hot-shard">
            <span aria-hidden="true">◆</span>
            <span>
              {t('stream.hot', {
                shard: shortShard(row.hotShard.shardId),
                share: f.percent(row.hotShard.shareOfLimit),
                times: row.hotShard.timesMean.toFixed(1),
              })}
            </span>
          </div>
        )}
      </section>
      <section className="panel">
        <h2 className="panel-head">{t('side.alarms')}</h2>
        {alarms.length === 0 ? <p className="faint panel-body">{t('side.noAlarms')}</p> : null}
        {alarms.map((alarm) => (
          <div key={alarm.name} className="panel-body side-item row">
            <strong className="grow cut">{alarm.name}</strong>
            <AlarmMark state={alarm.state} />
          </div>
        ))}
      </section>
      <SettingsPanel settings={settings} arn={detail.arn} />
    </>
  );
}
