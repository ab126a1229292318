/**
 * The words of a stream's replay, for terminal and screen: columns, fidelity, and why a resharding would be refused.
 */
import type { Message } from './index.ts';

export const streamFigures = {
  refusedRecords: { en: 'refused', ko: '거부' },
  refusedShare: { en: 'share', ko: '비율' },
  minutesThrottled: { en: 'min throttled', ko: '스로틀링(분)' },
  notWrittenRecords: { en: 'not written', ko: '쓰지 못함' },
  worstIteratorAgeSeconds: { en: 'worst iterator age', ko: '최대 이터레이터 지연' },
  lostRecords: { en: 'lost', ko: '유실' },
  peakShards: { en: 'peak shards', ko: '최대 샤드' },
  shardHours: { en: 'shard hours', ko: '샤드 시간' },
  costUsd: { en: 'cost USD', ko: '비용(USD)' },
} as const satisfies Record<string, Message>;

export type StreamFigure = keyof typeof streamFigures;
export const streamFigureIds = Object.keys(streamFigures) as StreamFigure[];

export const streamSentences = {
  title: {
    en: 'Stream {mode}, {shards} open shards, {from} to {to}',
    ko: '스트림 {mode}, 열린 샤드 {shards}개, {from} ~ {to}',
  },
  holes: {
    en: '{n} minutes were not recorded; they count as none written.',
    ko: '{n}분은 기록되지 않아 쓰기가 없는 것으로 보았습니다.',
  },
  fidelity: {
    en: 'Fidelity: throttled or not as recorded in {share} % of {minutes} minutes; iterator age off by {age} on average.',
    ko: '재현도: {minutes}분 중 {share}%에서 스로틀링 여부가 기록과 같음. 이터레이터 지연 오차는 평균 {age}.',
  },
  noFidelity: {
    en: 'No fidelity: refused records were not recorded, or records are scaled.',
    ko: '재현도 없음: 거부된 레코드가 기록되지 않았거나 레코드 수를 바꿨습니다.',
  },
  change: {
    en: '{label}: UpdateShardCount to {shards} at {at} would be refused: {why}.',
    ko: '{label}: {at}에 샤드를 {shards}개로 바꾸는 UpdateShardCount는 거부됩니다: {why}.',
  },
  recorded: { en: 'recorded', ko: '기록' },
  unknown: { en: 'n/a', ko: '알 수 없음' },
} as const satisfies Record<string, Message>;

export const reshardingRefusals = {
  tooManyShards: { en: 'more than 10,000 shards', ko: '샤드 10,000개 초과' },
  moreThanDouble: { en: 'more than double the open shards', ko: '열린 샤드의 두 배 초과' },
  lessThanHalf: { en: 'less than half the open shards', ko: '열린 샤드의 절반 미만' },
  tooManyUpdates: { en: 'ten updates in 24 hours already', ko: '24시간 안에 이미 10번 변경함' },
  resourceInUse: { en: 'the stream is still updating', ko: '스트림이 아직 변경 중임' },
} as const satisfies Record<string, Message>;
