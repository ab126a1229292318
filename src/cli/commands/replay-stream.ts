/**
 * `spillway replay-stream`: a stream's recorded traffic against other numbers of shards, on demand, and other consumers.
 */
import type { ResourceRow } from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import { textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { candidateLabel, streamLines } from '../format/stream.ts';
import { dbOption, jsonOption, rangeOptions } from '../host/commonOptions.ts';
import { openRecording } from '../host/engine.ts';
import { interruptible } from '../host/interruptible.ts';
import { streamName, streamRequest } from '../host/streamOptions.ts';
import { callEngine } from '../session.ts';

export const command: Command = {
  summary: {
    en: "replay a stream's recorded traffic with other shards and consumers",
    ko: '기록된 스트림 트래픽을 다른 샤드 수와 소비자로 리플레이',
  },
  options: {
    db: dbOption,
    stream: { type: 'string', value: 'NAME', help: { en: 'stream name or ARN', ko: '스트림의 이름 또는 ARN' } },
    ...rangeOptions,
    shards: { type: 'string', value: 'N[,N...]', help: { en: 'numbers of shards to compare', ko: '비교할 샤드 수' } },
    'on-demand': {
      type: 'boolean',
      default: false,
      help: { en: 'compare an on-demand stream, too', ko: '온디맨드 스트림도 비교' },
    },
    consumers: {
      type: 'string',
      value: 'N',
      help: { en: 'consumers that each read everything (default: 1)', ko: '각자 전부 읽는 소비자 수(기본값: 1)' },
    },
    enhanced: {
      type: 'boolean',
      default: false,
      help: {
        en: 'they have enhanced fan-out: 2 MiB/s a shard each',
        ko: '소비자에 향상된 팬아웃 사용: 각자 샤드당 2 MiB/s',
      },
    },
    workers: {
      type: 'string',
      value: 'N',
      help: { en: 'workers of a consumer per shard (default: 1)', ko: '소비자의 샤드당 작업자 수(기본값: 1)' },
    },
    'worker-rate': {
      type: 'string',
      value: 'N',
      help: {
        en: 'records a second one worker processes (default: no limit)',
        ko: '작업자 하나가 초당 처리하는 레코드 수(기본값: 제한 없음)',
      },
    },
    'hot-key': {
      type: 'string',
      value: 'KEY=SHARE',
      help: { en: 'partition key with its share (default: as recorded)', ko: '파티션 키와 그 비율(기본값: 기록대로)' },
    },
    reshard: {
      type: 'string',
      value: 'ISO=N',
      help: {
        en: 'UpdateShardCount at an instant, several by commas',
        ko: '그 시각의 UpdateShardCount. 여러 개는 쉼표로 구분',
      },
    },
    auto: {
      type: 'string',
      value: 'MIN-MAX',
      help: {
        en: 'reshard by the use of the limits, between so many shards',
        ko: '한도 사용량에 따라 이 범위에서 샤드 수 조정',
      },
    },
    retry: {
      type: 'string',
      value: 'SECONDS',
      help: {
        en: 'producers offer refused records again (default: they are lost)',
        ko: '거절된 레코드를 생산자가 다시 보내는 간격(기본값: 버림)',
      },
    },
    'retention-hours': {
      type: 'string',
      value: 'N',
      help: { en: "retention (default: the stream's)", ko: '보존 시간(기본값: 스트림의 설정)' },
    },
    factor: {
      type: 'string',
      value: 'N',
      help: { en: 'traffic times this (default: 1)', ko: '트래픽 배율(기본값: 1)' },
    },
    json: jsonOption,
  },
  async run(values, io) {
    const name = streamName(values);
    const request = streamRequest(values, (shards) => candidateLabel(io.language, shards));
    const engine = await openRecording(textOption(values, 'db'), io);
    try {
      const { resourceId } = streamOf((await callEngine(engine, 'overview.get', {})).rows, name);
      const result = await interruptible(engine, io, (jobId) =>
        callEngine(engine, 'replay.stream', { ...request, resourceId, jobId }),
      );
      if (values.json)
        io.print(
          JSON.stringify(result, (_key, value: unknown) => (value instanceof Float64Array ? [...value] : value)),
        );
      else for (const line of streamLines(result, io.language)) io.print(line);
      return 0;
    } finally {
      await engine.close();
    }
  },
};

/** @throws SpillwayError STREAM_NOT_RECORDED naming those that were */
function streamOf(rows: readonly ResourceRow[], name: string): ResourceRow {
  const streams = rows.filter(({ kind }) => kind === 'kinesis-stream');
  const found = streams.find((row) => row.resourceId === name || row.name === name);
  if (found !== undefined) return found;
  const names = streams.map((row) => row.name).join(', ');
  throw new SpillwayError('STREAM_NOT_RECORDED', { name, streams: names === '' ? phrases([{ term: 'none' }]) : names });
}
