/**
 * `spillway calibrate`: throughput per instance, service time and launch time from a recording, with what they rest on.
 */
import { numberOption, textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { calibrationLines } from '../format/calibration.ts';
import { dbOption, jsonOption, queueOption, rangeOptions } from '../host/commonOptions.ts';
import { openRecording } from '../host/engine.ts';
import { rangeOption } from '../host/rangeOption.ts';
import { callEngine } from '../session.ts';
import { missingOption } from '../usage.ts';
import { find } from './replay.ts';

export const command: Command = {
  summary: {
    en: 'tell throughput, service time and launch time from a recording',
    ko: '기록에서 처리량, 처리 시간, 시작 시간 계산',
  },
  options: {
    db: dbOption,
    queue: queueOption,
    ...rangeOptions,
    concurrency: {
      type: 'string',
      value: 'N',
      default: '1',
      help: { en: 'messages an instance works on at once', ko: '인스턴스 하나가 동시에 처리하는 메시지 수' },
    },
    'age-goal': {
      type: 'string',
      value: 'SECONDS',
      default: '300',
      help: { en: 'age goal, for the acceptable backlog', ko: '허용 백로그 계산에 쓸 대기 시간 목표' },
    },
    json: jsonOption,
  },
  /** @returns 1 when the recording does not tell the throughput */
  async run(values, io) {
    const name = textOption(values, 'queue');
    if (name === undefined) throw missingOption('queue', expectedQueue);
    const range = rangeOption(values);
    const concurrencyPerInstance = numberOption(values, 'concurrency', { min: 0.001, max: 10_000, example: '1' });
    const ageGoalSeconds = numberOption(values, 'age-goal', { min: 1, max: 1_209_600, example: '300' });
    const engine = await openRecording(textOption(values, 'db'), io);
    try {
      const { resourceId } = find((await callEngine(engine, 'overview.get', {})).rows, name);
      const request = { resourceId, range, concurrencyPerInstance, ageGoalSeconds };
      const result = await callEngine(engine, 'replay.calibrate', request);
      if (values.json) io.print(JSON.stringify(result));
      else for (const line of calibrationLines(result, io.language)) io.print(line);
      return result.calibration.throughputPerInstancePerMinute === null ? 1 : 0;
    } finally {
      await engine.close();
    }
  },
};

const expectedQueue = {
  expected: { en: 'the name or ARN of a recorded queue', ko: '기록된 대기열의 이름 또는 ARN' },
  example: 'orders',
} as const;
