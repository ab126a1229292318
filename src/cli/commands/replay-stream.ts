/**
 * `spillway replay-stream`: a recorded stream's traffic on other numbers of shards, on demand, with other consumers.
 */
import type { StreamCandidate } from '../../core/contract/streamShapes.ts';
import { numberOption, textOption, UsageError, type Values } from '../arguments.ts';
import type { Command } from '../command.ts';
import { streamLines } from '../format/stream.ts';
import { openRecording } from '../host/engine.ts';
import { rangeOption } from '../host/rangeOption.ts';
import { callEngine } from '../session.ts';
import { find } from './replay.ts';

export const command: Command = {
  summary: "replay a stream's recorded traffic on other shards, modes and consumers",
  options: {
    db: { type: 'string', value: 'FILE', help: 'database (default: the one of the desktop app)' },
    stream: { type: 'string', value: 'NAME', help: 'stream name or ARN' },
    from: { type: 'string', value: 'ISO', help: 'start (default: 24 h before the end of the recording)' },
    to: { type: 'string', value: 'ISO', help: 'end' },
    shards: { type: 'string', value: 'N,N', help: 'numbers of shards to compare' },
    rule: {
      type: 'string',
      value: 'PERCENT',
      help: 'compare a rule, too, that keeps the busiest minute of 15 at this utilization',
    },
    'on-demand': { type: 'boolean', default: false, help: 'compare the on-demand mode, too' },
    consumers: { type: 'string', value: 'N', default: '1', help: 'applications that read everything' },
    reads: {
      type: 'string',
      value: 'N',
      help: 'records a second that each processes of one shard (default: all it is given)',
    },
    enhanced: { type: 'boolean', default: false, help: 'consumers have enhanced fan-out' },
    'hot-key': {
      type: 'string',
      value: 'KEY=SHARE',
      help: 'a partition key with this share of the records, 0 to 1; several with commas',
    },
    factor: { type: 'string', value: 'N', default: '1', help: 'multiply the recorded records' },
    retry: { type: 'boolean', default: false, help: 'producers send refused records again until they are taken' },
    json: { type: 'boolean', default: false, help: 'print the whole result as JSON' },
  },
  async run(values, io) {
    const name = textOption(values, 'stream');
    if (name === undefined) throw new UsageError('--stream is missing');
    const range = rangeOption(values);
    const candidates = candidatesFrom(values);
    const hotKeys = hotKeysFrom(textOption(values, 'hot-key'));
    const count = numberOption(values, 'consumers', { min: 1, max: 20 });
    if (!Number.isInteger(count))
      throw new UsageError(`--consumers is "${count}", expected a whole number from 1 to 20`);
    const reads = values.reads === undefined ? null : numberOption(values, 'reads', { min: 0.001, max: 1e9 });
    const consumers = Array.from({ length: count }, (_, at) => ({
      name: `consumer-${at + 1}`,
      enhanced: values.enhanced === true,
      recordsPerSecondPerShard: reads,
    }));
    const recordsFactor = numberOption(values, 'factor', { min: 0, max: 1000 });
    const engine = await openRecording(textOption(values, 'db'), io);
    try {
      const { resourceId } = find((await callEngine(engine, 'overview.get', {})).rows, name);
      const result = await callEngine(engine, 'replay.stream', {
        resourceId,
        range,
        candidates,
        hotKeys,
        consumers,
        recordsFactor,
        onRefusal: values.retry === true ? 'retry' : 'give-up',
      });
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

/** @throws UsageError naming what a number of shards may be */
function candidatesFrom(values: Values): StreamCandidate[] {
  const counts = (textOption(values, 'shards') ?? '').split(',').filter((text) => text.trim() !== '');
  const candidates = counts.map((text): StreamCandidate => {
    const shards = Number(text);
    if (!(Number.isInteger(shards) && shards >= 1 && shards <= 10_000))
      throw new UsageError(`--shards has "${text}", expected whole numbers from 1 to 10000, e.g. 4,8,16`);
    return { label: `${shards} shards`, capacity: { kind: 'provisioned', shards, changes: [], rule: null } };
  });
  if (values.rule !== undefined) {
    const targetUtilizationPercent = numberOption(values, 'rule', { min: 1, max: 100 });
    const rule = { targetUtilizationPercent, minShards: 1, maxShards: 10_000, everyMinutes: 15 };
    const [first] = candidates;
    const shards = first?.capacity.kind === 'provisioned' ? first.capacity.shards : 1;
    candidates.push({
      label: `rule ${targetUtilizationPercent} %`,
      capacity: { kind: 'provisioned', shards, changes: [], rule },
    });
  }
  if (values['on-demand'] === true)
    candidates.push({ label: 'on demand', capacity: { kind: 'on-demand', peakMBps: 0 } });
  if (candidates.length > 8)
    throw new UsageError(`${candidates.length} candidates, at most 8 are compared at once; leave some out`);
  return candidates;
}

/** @throws UsageError unless each is KEY=SHARE with a share of 0 to 1 */
function hotKeysFrom(text: string | undefined): { key: string; share: number }[] {
  return (text ?? '')
    .split(',')
    .filter((one) => one !== '')
    .map((one) => {
      const at = one.lastIndexOf('=');
      const share = Number(one.slice(at + 1));
      if (at < 1 || one.slice(at + 1).trim() === '' || !(share >= 0 && share <= 1))
        throw new UsageError(`--hot-key has "${one}", expected KEY=SHARE with a share from 0 to 1, e.g. tenant-7=0.3`);
      return { key: one.slice(0, at), share };
    });
}
