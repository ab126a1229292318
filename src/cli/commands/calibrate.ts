/**
 * `spillway calibrate`: throughput per instance, service time and launch time from a recording, with what they rest on.
 */
import { numberOption, textOption, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';
import { calibrationLines } from '../format/calibration.ts';
import { openRecording } from '../host/engine.ts';
import { rangeOption } from '../host/rangeOption.ts';
import { callEngine } from '../session.ts';
import { find } from './replay.ts';

export const command: Command = {
  summary: 'tell throughput, service time and launch time from a recording',
  options: {
    db: { type: 'string', value: 'FILE', help: 'database (default: the one of the desktop app)' },
    queue: { type: 'string', value: 'NAME', help: 'queue name or ARN' },
    from: { type: 'string', value: 'ISO', help: 'start (default: 24 h before the end of the recording)' },
    to: { type: 'string', value: 'ISO', help: 'end' },
    concurrency: { type: 'string', value: 'N', default: '1', help: 'messages an instance works on at once' },
    'age-goal': { type: 'string', value: 'SECONDS', default: '300', help: 'age goal, for the acceptable backlog' },
    json: { type: 'boolean', default: false, help: 'print the whole result as JSON' },
  },
  /** @returns 1 when the recording does not tell the throughput */
  async run(values, io) {
    const name = textOption(values, 'queue');
    if (name === undefined) throw new UsageError('--queue is missing');
    const range = rangeOption(values);
    const concurrencyPerInstance = numberOption(values, 'concurrency', { min: 0.001, max: 10_000 });
    const ageGoalSeconds = numberOption(values, 'age-goal', { min: 1, max: 1_209_600 });
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
