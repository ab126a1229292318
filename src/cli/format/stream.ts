/**
 * A stream's replay as lines for a terminal: how closely the deployed shards are reproduced, then the candidates side by side,
 * then what changed their shards. Text only.
 */
import type { StreamFidelity, StreamReplayResult, StreamRun, StreamSummary } from '../../core/contract/streamShapes.ts';
import { fillTemplate, type Language } from '../../core/messages/index.ts';
import { figure, percent } from '../../core/messages/yardsticks.ts';
import { table } from './table.ts';

const labels = {
  en: {
    shards: '{count} shards',
    onDemand: 'on demand',
    title: 'Stream replayed, {from} to {to}, retention {hours} h',
    recorded: 'Recorded: {shards} open shards, {mode}',
    provisioned: 'provisioned',
    pollers: 'consumers that polled everything (records read / written): {count}',
    slowest: 'the slowest consumer read {rate} records a second of a shard while it lagged: --worker-rate {rate}',
    hot: 'hot shard {shard}: as one key with {share} of the traffic',
    fidelity: 'Fidelity of the deployed {shards} shards, with the same consumers as the first candidate',
    noFidelity: 'No fidelity: other traffic than the recorded one, or the deployed hash ranges are not known.',
    lostBetter: 'Matches better ({other} instead of {this}) when refused records are lost: leave out --retry.',
    retryBetter:
      'Matches better ({other} instead of {this}) when producers offer refused records again: add --retry {seconds}.',
    minutes: 'minutes compared (left out)',
    taken: 'mean error of records taken a minute',
    throttled: 'throttled records: replayed / recorded',
    throttledMinutes: 'throttled minutes: replayed / recorded / both',
    age: 'worst iterator age, s: replayed / recorded',
    ageNrmse: 'nRMSE of iterator age',
    candidate: 'candidate',
    throttledRecords: 'throttled',
    share: 'share',
    worstAge: 'worst iterator age',
    lost: 'lost records',
    unread: 'unread at end',
    waiting: 'waiting at end',
    peak: 'peak shards',
    hours: 'shard hours',
    cost: 'cost USD',
    noCost: 'n/a: an on-demand stream is not paid by shards, or prices.json has no shardHour.',
    changes: 'Changes of "{label}"',
    scripted: 'scripted',
    rule: 'rule',
    service: 'on demand',
    done: '{from} -> {target}, done {at}',
    notDone: '{from} -> {target}, not done within the range',
    refused: '{from} -> {target} refused: {why}',
    more: 'and {count} more',
    holes: 'Minutes without datapoints: {count}, {how}.',
    interpolated: 'interpolated',
    zero: 'counted as zero',
    why: {
      tooManyShards: 'over the limit of shards',
      moreThanDouble: 'more than double the open shards',
      lessThanHalf: 'less than half of the open shards',
      tooManyUpdates: '10 updates in 24 hours already',
      updating: 'the stream was still UPDATING',
    },
  },
  ko: {
    shards: '샤드 {count}개',
    onDemand: '온디맨드',
    title: '스트림 리플레이, {from} ~ {to}, 보존 {hours}시간',
    recorded: '기록: 열린 샤드 {shards}개, {mode}',
    provisioned: '프로비저닝',
    pollers: '전체를 폴링한 소비자 수(읽은 레코드 / 쓴 레코드): {count}',
    slowest: '가장 느린 소비자는 뒤처진 동안 샤드에서 초당 {rate}개 레코드를 읽었습니다: --worker-rate {rate}',
    hot: '핫 샤드 {shard}: 트래픽의 {share}를 차지하는 키 하나로 봅니다',
    fidelity: '배포된 샤드 {shards}개 리플레이의 충실도(소비자는 첫 번째 구성과 같음)',
    noFidelity: '충실도 없음: 기록과 다른 트래픽이거나 배포된 해시 범위를 알 수 없습니다.',
    lostBetter: '거부된 레코드를 잃는다고 보면 더 잘 맞습니다({this} 대신 {other}). --retry를 빼세요.',
    retryBetter:
      '생산자가 거부된 레코드를 다시 보낸다고 보면 더 잘 맞습니다({this} 대신 {other}). --retry {seconds} 옵션을 넣으세요.',
    minutes: '비교한 분(제외)',
    taken: '분당 받은 레코드의 평균 오차',
    throttled: '스로틀링된 레코드: 리플레이 / 기록',
    throttledMinutes: '스로틀링이 있던 분: 리플레이 / 기록 / 양쪽 모두',
    age: '최대 이터레이터 지연(초): 리플레이 / 기록',
    ageNrmse: '이터레이터 지연 nRMSE',
    candidate: '구성',
    throttledRecords: '스로틀링',
    share: '비율',
    worstAge: '최대 이터레이터 지연',
    lost: '잃은 레코드',
    unread: '종료 시 안 읽음',
    waiting: '종료 시 대기',
    peak: '최대 샤드',
    hours: '샤드 시간',
    cost: '비용 USD',
    noCost: 'n/a: 온디맨드 스트림은 샤드로 과금되지 않거나, prices.json에 shardHour가 없습니다.',
    changes: '"{label}" 구성의 변경',
    scripted: '예정',
    rule: '규칙',
    service: '온디맨드',
    done: '{from} -> {target}, 완료 {at}',
    notDone: '{from} -> {target}, 구간 안에 끝나지 않음',
    refused: '{from} -> {target} 거부: {why}',
    more: '외 {count}건',
    holes: '데이터 포인트가 없는 분: {count}, {how}.',
    interpolated: '보간함',
    zero: '0으로 계산',
    why: {
      tooManyShards: '샤드 한도 초과',
      moreThanDouble: '열린 샤드의 두 배를 넘음',
      lessThanHalf: '열린 샤드의 절반보다 적음',
      tooManyUpdates: '24시간 안에 이미 10번 변경함',
      updating: '스트림이 아직 UPDATING 상태',
    },
  },
} as const;

/** Changes shown of one candidate; an on-demand stream that ramps has hundreds. */
const mostChanges = 12;

/** What a candidate is called; null: on demand. */
export function candidateLabel(language: Language, shards: number | null): string {
  return shards === null ? labels[language].onDemand : fillTemplate(labels[language].shards, { count: shards });
}

export function streamLines(result: StreamReplayResult, language: Language): string[] {
  return [
    ...recordedLines(result, language),
    '',
    ...fidelityLines(result, language),
    '',
    ...comparisonLines(result.runs, language),
    ...result.runs.flatMap((run) => changeLines(run, language)),
  ];
}

const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

function recordedLines(result: StreamReplayResult, language: Language): string[] {
  const label = labels[language];
  const { range, retentionHours, recorded, hotShards, holes } = result;
  const mode = recorded.mode === 'ON_DEMAND' ? label.onDemand : label.provisioned;
  const lines = [
    fillTemplate(label.title, { from: iso(range.fromMs), to: iso(range.toMs), hours: retentionHours }),
    fillTemplate(label.recorded, { shards: recorded.shards, mode }),
  ];
  if (recorded.pollingConsumers !== null)
    lines.push(`  ${fillTemplate(label.pollers, { count: figure(recorded.pollingConsumers, 1) })}`);
  const slowest = recorded.slowestConsumerRecordsPerSecond;
  if (slowest !== null) lines.push(`  ${fillTemplate(label.slowest, { rate: slowest.toPrecision(3) })}`);
  for (const { shardId, share } of hotShards)
    lines.push(`  ${fillTemplate(label.hot, { shard: shardId, share: percent(share) })}`);
  for (const { fromMs, toMs, treatedAs } of holes) {
    const how = treatedAs === 'zero' ? label.zero : label.interpolated;
    lines.push(`  ${fillTemplate(label.holes, { count: (toMs - fromMs) / 60_000, how })}`);
  }
  return lines;
}

function fidelityLines({ fidelity }: StreamReplayResult, language: Language): string[] {
  const label = labels[language];
  if (fidelity === null) return [label.noFidelity];
  const { throttled, iteratorAge } = fidelity;
  return [
    fillTemplate(label.fidelity, { shards: fidelity.shards }),
    ...table([
      [`  ${label.taken}`, percent(fidelity.takenErrorShare)],
      [`  ${label.throttled}`, `${whole(throttled.replayed)} / ${whole(throttled.recorded)}`],
      [
        `  ${label.throttledMinutes}`,
        `${throttled.replayedMinutes} / ${throttled.recordedMinutes} / ${throttled.bothMinutes}`,
      ],
      ...(iteratorAge === null
        ? []
        : [
            [
              `  ${label.age}`,
              `${figure(iteratorAge.replayedWorstSeconds, 1)} / ${figure(iteratorAge.recordedWorstSeconds, 1)}`,
            ],
            [`  ${label.ageNrmse}`, figure(iteratorAge.nrmse, 3)],
          ]),
      [`  ${label.minutes}`, `${fidelity.minutesCompared} (${fidelity.minutesLeftOut})`],
    ]),
    ...producerLines(fidelity, language),
  ];
}

/** One line when the other assumption about producers reproduces the recording better (KREP-35). */
function producerLines({ takenErrorShare, otherProducers }: StreamFidelity, language: Language): string[] {
  if (otherProducers === null || takenErrorShare === null || otherProducers.takenErrorShare === null) return [];
  if (otherProducers.takenErrorShare >= takenErrorShare) return [];
  const { retrySeconds } = otherProducers;
  const params = { other: percent(otherProducers.takenErrorShare), this: percent(takenErrorShare) };
  const label = labels[language];
  return [
    `  ${retrySeconds === null ? fillTemplate(label.lostBetter, params) : fillTemplate(label.retryBetter, { ...params, seconds: retrySeconds })}`,
  ];
}

function comparisonLines(runs: readonly StreamRun[], language: Language): string[] {
  const label = labels[language];
  const row = (name: string, summary: StreamSummary): string[] => [
    name,
    whole(summary.throttledRecords),
    percent(summary.throttledShare),
    `${figure(summary.worstIteratorAgeSeconds, 1)} s`,
    whole(summary.lostRecords),
    whole(summary.unreadRecords),
    whole(summary.waitingRecords),
    whole(summary.peakShards),
    figure(summary.shardHours, 1),
    figure(summary.costUsd, 2),
  ];
  const lines = table([
    [
      label.candidate,
      label.throttledRecords,
      label.share,
      label.worstAge,
      label.lost,
      label.unread,
      label.waiting,
      label.peak,
      label.hours,
      label.cost,
    ],
    ...runs.map((run) => row(run.label, run.summary)),
  ]);
  return runs.some(({ summary }) => summary.costUsd === null) ? [...lines, label.noCost] : lines;
}

function changeLines({ label: name, changes }: StreamRun, language: Language): string[] {
  const label = labels[language];
  if (changes.length === 0) return [];
  const by = { script: label.scripted, rule: label.rule, 'on-demand': label.service };
  const text = ({
    fromShards: from,
    targetShards: target,
    doneAtMs,
    refusedBy,
  }: StreamRun['changes'][number]): string => {
    if (refusedBy.length > 0)
      return fillTemplate(label.refused, { from, target, why: refusedBy.map((why) => label.why[why]).join(', ') });
    return doneAtMs === null
      ? fillTemplate(label.notDone, { from, target })
      : fillTemplate(label.done, { from, target, at: iso(doneAtMs) });
  };
  return [
    '',
    fillTemplate(label.changes, { label: name }),
    ...changes.slice(0, mostChanges).map((change) => `  ${iso(change.atMs)} ${by[change.by]}: ${text(change)}`),
    ...(changes.length > mostChanges ? [`  ${fillTemplate(label.more, { count: changes.length - mostChanges })}`] : []),
  ];
}

/** A count without the minus of a rounded zero. */
function whole(value: number): string {
  return String(Math.max(0, Math.round(value)));
}
