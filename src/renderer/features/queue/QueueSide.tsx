/** Beside a queue's charts: how it stands now, its alarms, the group that consumes it, its settings. */

import type { ResourceDetail } from '../../../core/contract/shapes.ts';
import { routeHash } from '../../app/routes.ts';
import { useWords } from '../../data/context.ts';
import { AlarmMark } from '../../parts/alarmMark.tsx';
import { NowHead } from '../../parts/NowHead.tsx';
import { SettingsPanel } from '../../parts/SettingsPanel.tsx';
import { adjustmentText, operatorSign } from './thresholds.ts';

export function QueueSide({ detail }: { detail: ResourceDetail }) {
  const { t, f } = useWords();
  const { row, alarms, group, settings } = detail;
  return (
    <>
      <section className="panel">
        <NowHead row={row} />
        <dl className="facts panel-body">
          <dt>{t('side.age')}</dt>
          <dd>{f.duration(row.ageSeconds)}</dd>
          <dt>{t('measure.depth')}</dt>
          <dd>{f.value(row.depth, 'messages')}</dd>
          <dt>{t('measure.inFlight')}</dt>
          <dd>{f.value(row.inFlight, 'messages')}</dd>
          <dt>{t('side.inOut')}</dt>
          <dd>
            {f.compact(row.inPerSecond)} / {f.value(row.outPerSecond, 'messages/s')}
          </dd>
          <dt>{t('overview.column.trend')}</dt>
          <dd>
            {t(`trend.${row.trend}`)}
            {row.timeToDrainSeconds === null
              ? row.trend === 'growing'
                ? `, ${t('overview.notDraining')}`
                : ''
              : `, ${t('overview.drains', { time: f.duration(row.timeToDrainSeconds) })}`}
          </dd>
          {row.deadLetter === null ? null : (
            <>
              <dt>{t('overview.column.deadLetter')}</dt>
              <dd>
                <a href={routeHash({ screen: 'queue', resourceId: row.deadLetter.resourceId })}>
                  {row.deadLetter.name}
                </a>{' '}
                {f.value(row.deadLetter.depth, 'messages')}
              </dd>
            </>
          )}
          {row.deadLetterSources.map((source) => (
            <div key={source.resourceId} className="fact-pair">
              <dt>{t('overview.dlqOf')}</dt>
              <dd>
                <a href={routeHash({ screen: 'queue', resourceId: source.resourceId })}>{source.name}</a>
              </dd>
            </div>
          ))}
        </dl>
      </section>

      <section className="panel" data-testid="alarms-panel">
        <h2 className="panel-head">{t('side.alarms')}</h2>
        {alarms.length === 0 ? <p className="faint panel-body">{t('side.noAlarms')}</p> : null}
        {alarms.map((alarm) => (
          <div key={alarm.name} className="panel-body side-item">
            <div className="row">
              <strong className="grow cut" title={alarm.name}>
                {alarm.name}
              </strong>
              <AlarmMark state={alarm.state} />
            </div>
            <p className="faint">
              {t('side.alarmRule', {
                metric: alarm.metricName,
                statistic: alarm.statistic,
                operator: operatorSign[alarm.comparisonOperator],
                threshold: f.whole(alarm.threshold),
                m: alarm.datapointsToAlarm,
                n: alarm.evaluationPeriods,
                period: f.duration(alarm.periodSeconds),
                missing: alarm.treatMissingData,
              })}
            </p>
            <p className="faint">{t('side.since', { time: f.instant(alarm.stateUpdatedAtMs) })}</p>
          </div>
        ))}
      </section>

      {group === null ? null : (
        <section className="panel" data-testid="group-panel">
          <h2 className="panel-head">
            {t('side.group')}
            <span className="grow" />
            <a href={routeHash({ screen: 'replay', resourceId: row.resourceId })}>{t('side.replay')}</a>
          </h2>
          <dl className="facts panel-body">
            <dt>{t('side.groupName')}</dt>
            <dd>{group.name}</dd>
            <dt>{t('side.capacity')}</dt>
            <dd>
              {t('side.capacityValue', {
                desired: group.desiredCapacity,
                min: group.minSize,
                max: group.maxSize,
              })}
            </dd>
            <dt>{t('side.warmup')}</dt>
            <dd>{f.duration(group.defaultInstanceWarmupSeconds)}</dd>
            {group.instanceType === null ? null : (
              <>
                <dt>{t('side.instanceType')}</dt>
                <dd>{group.instanceType}</dd>
              </>
            )}
          </dl>
          {group.policies.map(({ policy, alarmNames }) => (
            <div key={policy.name} className="panel-body side-item">
              <strong>{policy.name}</strong>
              <p className="faint">
                {policy.steps.map(({ adjustment }) => adjustmentText(policy.adjustmentType, adjustment)).join(' · ')}{' '}
                {t('side.drivenBy', { alarms: alarmNames.join(', ') })}
              </p>
            </div>
          ))}
        </section>
      )}

      <SettingsPanel settings={settings} arn={detail.arn} />
    </>
  );
}
