// biome-ignore-all lint/a11y/useSemanticElements: virtualized rows are placed absolutely, which a <table> cannot hold
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
/** One resource: state in a word, time before count, trend with time to drain, links both ways to its dead-letter queue. */
import { memo } from 'react';
import type { ResourceRow } from '../../../core/contract/shapes.ts';
import { type ScoreReason, scoreReasons } from '../../../core/model/scoreReasons.ts';
import { routeHash, routeOfResource } from '../../app/routes.ts';
import { goTo } from '../../app/useRoute.ts';
import { useWords } from '../../data/context.ts';
import { AlarmMark } from '../../parts/alarmMark.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { isStale, type RowState, roundedEstimate, rowLooks, rowState } from './rows.ts';
import { sparkHeight, sparkPath, sparkWidth } from './sparkline.ts';

interface Props {
  readonly row: ResourceRow;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly nowMs: number;
  /** Older data is stale (UX-14). */
  readonly staleMs: number;
  readonly selected: boolean;
  readonly select: (id: string) => void;
}

export const OverviewRow = memo(function OverviewRow({ row, index, top, nowMs, staleMs, selected, select }: Props) {
  const { t, f } = useWords();
  const state = rowState(row, nowMs, staleMs);
  const route = routeOfResource(row.kind, row.resourceId);
  const queue = row.kind === 'sqs-queue';
  const reasons = row.scoreReasons
    .filter((reason): reason is ScoreReason => (scoreReasons as readonly string[]).includes(reason))
    // The state's own word need not be said twice.
    .filter((reason) => reason !== saidBy[state])
    .map((reason) => t(`reason.${reason}`));
  const fresh = row.lastDatapointMs === null ? null : Math.max(0, (nowMs - row.lastDatapointMs) / 1000);
  const unit = queue ? 'messages/s' : 'records/s';

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      id={`row-${row.resourceId}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`grid-row grid-row-${rowLooks[state].tone}`}
      style={{ transform: `translateY(${top}px)` }}
      data-testid="overview-row"
      data-resource={row.name}
      data-state={state}
      onClick={(event) => {
        select(row.resourceId);
        if (event.target instanceof Element && event.target.closest('a') !== null) return;
        goTo(route);
      }}
    >
      <Cell>
        <Mark {...rowLooks[state]} word={t(`rowState.${state}`)} title={reasons.join(', ')} />
        <span className="cell-second cut" title={reasons.join(', ')}>
          {reasons.filter((_, i) => i < 2).join(', ')}
        </span>
      </Cell>
      <Cell>
        <a className="cell-name cut" href={routeHash(route)} tabIndex={-1} title={row.resourceId}>
          {row.name}
        </a>
        <span className="cell-second cut">
          {t(queue ? 'kind.queue' : 'kind.stream')} · {row.region}
        </span>
      </Cell>
      <Cell is="number">
        <strong>{f.duration(row.ageSeconds)}</strong>
        <span className="cell-second">
          {row.ageShardId === null
            ? t('overview.ofRetention', {
                share: f.percent(row.ageSeconds === null ? null : row.ageSeconds / row.retentionSeconds),
              })
            : t('overview.shard', { shard: shortShard(row.ageShardId) })}
        </span>
      </Cell>
      <Cell is="number">
        {queue ? (
          <>
            <span title={f.whole(row.depth)}>{f.value(row.depth, 'messages')}</span>
            <span className="cell-second">{t('overview.inFlight', { n: f.compact(row.inFlight) })}</span>
          </>
        ) : (
          <span className="faint" title={t('overview.noDepth')}>
            –
          </span>
        )}
      </Cell>
      <Cell is="number">{f.value(row.inPerSecond, unit)}</Cell>
      <Cell is="number">{f.value(row.outPerSecond, unit)}</Cell>
      <Cell>
        <Mark {...trendLooks[row.trend]} word={t(`trend.${row.trend}`)} />
        <span className="cell-second">
          {row.timeToDrainSeconds !== null
            ? t('overview.drains', { time: f.duration(roundedEstimate(row.timeToDrainSeconds)) })
            : row.trend === 'growing'
              ? t('overview.notDraining')
              : ''}
        </span>
      </Cell>
      <Cell is="cell-spark">
        <svg
          className="spark"
          width={sparkWidth}
          height={sparkHeight}
          viewBox={`0 0 ${sparkWidth} ${sparkHeight}`}
          role="img"
          aria-label={t(queue ? 'overview.sparkDepth' : 'overview.sparkAge')}
        >
          <path d={sparkPath(row.spark.times, row.spark.values)} />
        </svg>
      </Cell>
      <Cell>
        {row.alarm === null ? (
          <span className="faint">{t('overview.noAlarm')}</span>
        ) : (
          <>
            <AlarmMark state={row.alarm.state} title={row.alarm.name} />
            <span className="cell-second cut" title={row.alarm.name}>
              {row.alarm.name}
            </span>
          </>
        )}
      </Cell>
      <Cell>
        <DeadLetter row={row} />
      </Cell>
      <Cell is="number">
        <span className={isStale(row, nowMs, staleMs) ? 'tone-warn' : ''}>
          {fresh === null ? t('overview.never') : t('overview.ago', { time: f.duration(Math.round(fresh)) })}
        </span>
      </Cell>
    </div>
  );
});

const saidBy: { readonly [State in RowState]?: ScoreReason } = {
  alarm: 'alarm',
  growing: 'growing',
  hot: 'hotShard',
  deadLetters: 'deadLettersGrowing',
  stale: 'stale',
};

const trendLooks = {
  growing: { tone: 'warn', sign: '▲' },
  steady: { tone: 'quiet', sign: '▬' },
  draining: { tone: 'info', sign: '▼' },
  unknown: { tone: 'quiet', sign: '–' },
} as const;

function Cell({ is = '', children }: { is?: 'number' | 'cell-spark' | ''; children: React.ReactNode }) {
  return (
    <div role="gridcell" className={`cell ${is}`}>
      {children}
    </div>
  );
}

/** UX-04: a queue names its dead-letter queue, and that one names its sources. */
function DeadLetter({ row }: { row: ResourceRow }) {
  const { t, f } = useWords();
  const link = (resourceId: string, name: string) => (
    <a key={resourceId} href={routeHash({ screen: 'queue', resourceId })} tabIndex={-1} className="cut">
      {name}
    </a>
  );
  if (row.deadLetter !== null) {
    const { resourceId, name, depth } = row.deadLetter;
    return (
      <>
        <span className={depth !== null && depth > 0 ? 'tone-warn' : 'soft'}>{f.value(depth, 'messages')}</span>
        <span className="cell-second cut">{link(resourceId, name)}</span>
      </>
    );
  }
  if (row.deadLetterSources.length > 0) {
    return (
      <>
        <span className="soft cut">{t('overview.dlqOf')}</span>
        <span className="cell-second cut">
          {row.deadLetterSources.map((source) => link(source.resourceId, source.name))}
        </span>
      </>
    );
  }
  return <span className="faint">{row.kind === 'sqs-queue' ? t('overview.noDlq') : '–'}</span>;
}

/** "shardId-000000000003" -> "…0003" */
export function shortShard(shardId: string): string {
  return /^shardId-\d{5,}$/.test(shardId) ? `…${shardId.slice(-4)}` : shardId;
}
