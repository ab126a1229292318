/**
 * From the text of a scenario file to a Scenario, or to every fault in it.
 *
 * Groups are parseGroup.ts, names that must lead somewhere references.ts. Not here: what a fault sounds like (core/messages/input.ts), the
 * YAML itself (fields.ts), playing it (apply.ts).
 */
import type { AlarmRule } from '../../core/alarms/types.ts';
import { validateAlarmRule } from '../../core/alarms/validate.ts';
import type { Statistic } from '../../core/model/resources.ts';
import { type Fields, type ReadFile, readYaml } from './fields.ts';
import { readGroup } from './parseGroup.ts';
import { checkReferences } from './references.ts';
import type {
  AlarmSpec,
  CrowdSpec,
  LoadSpec,
  ProducerSpec,
  QueueSpec,
  Scenario,
  StreamConsumerSpec,
  StreamProducerSpec,
  StreamSpec,
} from './spec.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const whole = { whole: true } as const;
const queueNamePattern = /^[A-Za-z0-9_-]{1,80}$/;

/** @param fileName as the person knows it; only used in faults */
export function parseScenario(text: string, fileName: string): ReadFile<Scenario> {
  return readYaml(text, fileName, readScenario);
}

function readScenario(file: Fields): Scenario {
  const name = file.text('name');
  const startMs = readInstant(file, 'start');
  const scenario: Scenario = {
    name,
    description: file.text('description', name),
    seed: file.number('seed', { min: 0, max: 2 ** 31 - 1, ...whole }),
    startMs,
    durationMs: file.number('durationHours', { min: 1 / 60, max: 24 * 366 }) * hourMs,
    metricDelayMs: file.number('metricDelaySeconds', { min: 0, max: 900 }, 30) * 1_000,
    queues: file.list('queues', (fields) => readQueue(fields, startMs)),
    groups: file.list('groups', readGroup),
    alarms: file.list('alarms', readAlarm),
    streams: file.list('streams', (fields) => readStream(fields, startMs)),
  };
  checkReferences(file, scenario);
  return scenario;
}

// --- queues and load -------------------------------------------------------------------------------------------------

function readQueue(fields: Fields, startMs: number): QueueSpec {
  const name = fields.text('name');
  if (name !== '' && !queueNamePattern.test(name)) fields.invalid('name', 'A-Z a-z 0-9 - _, 1..80');
  return {
    name,
    visibilityTimeoutSeconds: fields.number('visibilityTimeoutSeconds', { min: 0, max: 43_200, ...whole }, 30),
    messageRetentionSeconds: fields.number('messageRetentionSeconds', { min: 60, max: 1_209_600, ...whole }, 345_600),
    delaySeconds: fields.number('delaySeconds', { min: 0, max: 900, ...whole }, 0),
    deadLetter: fields.object('deadLetter', (inner) => ({
      queue: inner.text('queue'),
      maxReceiveCount: inner.number('maxReceiveCount', { min: 1, max: 1_000, ...whole }),
    })),
    producer: fields.object('producer', (inner) => readProducer(inner, startMs)),
  };
}

function readProducer(fields: Fields, startMs: number): ProducerSpec {
  return {
    bodyBytes: fields.number('bodyBytes', { min: 40, max: 1_048_576, ...whole }, 256),
    poisonShare: fields.number('poisonShare', { min: 0, max: 1 }, 0),
    load: readLoad(fields, startMs),
  };
}

/** The load's fields stand beside the producer's own. */
function readLoad(fields: Fields, startMs: number): LoadSpec {
  return {
    basePerMinute: fields.number('basePerMinute', { min: 0, max: 600_000 }),
    daily: fields.object('daily', (inner) => ({
      amplitude: inner.number('amplitude', { min: 0, max: 1 }),
      peakHour: inner.number('peakHour', { min: 0, max: 24 }),
    })),
    crowds: fields.list('crowds', (inner) => readCrowd(inner, startMs)),
  };
}

function readCrowd(fields: Fields, startMs: number): CrowdSpec {
  const fromMs = readMoment(fields, 'from', startMs);
  const toMs = readMoment(fields, 'to', startMs);
  const riseMs = fields.number('riseMinutes', { min: 0, max: 1_440 }, 0) * 60_000;
  const fallMs = fields.number('fallMinutes', { min: 0, max: 1_440 }, 0) * 60_000;
  if (toMs <= fromMs) fields.invalid('to', '> from');
  else if (riseMs + fallMs > toMs - fromMs) fields.invalid('riseMinutes', 'riseMinutes + fallMinutes <= to - from');
  return { fromMs, toMs, riseMs, fallMs, factor: fields.number('factor', { min: 1, max: 1_000 }) };
}

function readInstant(fields: Fields, name: string): number {
  const text = fields.text(name);
  const parsed = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(parsed)) return parsed;
  if (text !== '') fields.invalid(name, '2026-03-02T00:00:00Z');
  return 0;
}

/** `07:00` is the first such time (UTC) at or after the start; an instant in full is taken as it is. */
function readMoment(fields: Fields, name: string, startMs: number): number {
  const text = fields.text(name);
  const clock = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (clock !== null) {
    const ofDayMs = (Number(clock[1]) * 60 + Number(clock[2])) * 60_000;
    const sameDayMs = Math.floor(startMs / dayMs) * dayMs + ofDayMs;
    return sameDayMs >= startMs ? sameDayMs : sameDayMs + dayMs;
  }
  const parsed = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(parsed)) return parsed;
  if (text !== '') fields.invalid(name, '07:00 | 2026-03-02T07:00:00Z');
  return startMs;
}

// --- alarms ------------------------------------------------------------------------------------------------------------

const statistics: readonly Statistic[] = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'];

function readAlarm(fields: Fields): AlarmSpec {
  const name = fields.text('name');
  const metric = fields.requiredObject('metric', (inner) => ({
    namespace: inner.text('namespace'),
    metricName: inner.text('name'),
    dimensions: inner.texts('dimensions'),
  }));
  const evaluationPeriods = fields.number('evaluationPeriods', { min: 1, ...whole });
  const rule: AlarmRule = {
    periodSeconds: fields.number('periodSeconds', { min: 60, ...whole }, 60),
    evaluationPeriods,
    datapointsToAlarm: fields.number('datapointsToAlarm', { min: 1, ...whole }, evaluationPeriods),
    threshold: fields.number('threshold', {}),
    comparisonOperator: fields.choice('comparisonOperator', [
      'GreaterThanOrEqualToThreshold',
      'GreaterThanThreshold',
      'LessThanThreshold',
      'LessThanOrEqualToThreshold',
    ]),
    treatMissingData: fields.choice('treatMissingData', ['missing', 'ignore', 'breaching', 'notBreaching'], 'missing'),
  };
  for (const fault of validateAlarmRule(rule)) fields.refuse(fault.field, fault.problem);
  return {
    name,
    description: fields.text('description', name),
    metric: metric ?? { namespace: '', metricName: '', dimensions: {} },
    statistic: fields.choice('statistic', statistics, 'Average'),
    rule,
    policies: fields.list('policies', (inner) => ({ group: inner.text('group'), policy: inner.text('policy') })),
  };
}

// --- streams -----------------------------------------------------------------------------------------------------------

function readStream(fields: Fields, startMs: number): StreamSpec {
  const shards = fields.number('shards', { min: 1, max: 500, ...whole });
  return {
    name: fields.text('name'),
    shards,
    retentionHours: fields.number('retentionHours', { min: 24, max: 8_760, ...whole }, 24),
    shardLevelMetrics: fields.textList('shardLevelMetrics'),
    producers: fields.list('producers', (inner) => readStreamProducer(inner, startMs, shards)),
    consumers: fields.list('consumers', readStreamConsumer),
  };
}

function readStreamProducer(fields: Fields, startMs: number, shards: number): StreamProducerSpec {
  return {
    name: fields.text('name'),
    load: readLoad(fields, startMs),
    recordBytes: fields.number('recordBytes', { min: 1, max: 1_048_576, ...whole }),
    batchSize: fields.number('batchSize', { min: 1, max: 500, ...whole }, 100),
    keys: fields.number('keys', { min: 1, max: 1_000_000, ...whole }, 1_000),
    hotKeyShare: fields.number('hotKeyShare', { min: 0, max: 1 }, 0),
    hotShard: fields.number('hotShard', { min: 0, max: Math.max(0, shards - 1), ...whole }, 0),
  };
}

function readStreamConsumer(fields: Fields): StreamConsumerSpec {
  return {
    name: fields.text('name'),
    pollSeconds: fields.number('pollSeconds', { min: 0.2, max: 3_600 }, 1),
    recordsPerPoll: fields.number('recordsPerPoll', { min: 1, max: 10_000, ...whole }, 1_000),
    bytesPerSecond: fields.has('bytesPerSecond') ? fields.number('bytesPerSecond', { min: 1 }) : null,
    startAt: fields.choice('startAt', ['TRIM_HORIZON', 'LATEST'], 'TRIM_HORIZON'),
  };
}
