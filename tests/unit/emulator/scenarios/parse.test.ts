import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { messageText } from '../../../../src/core/messages/index.ts';
import { parseScenario } from '../../../../src/emulator/scenarios/parse.ts';

const small = `name: small
seed: 1
start: "2026-03-02T06:00:00Z"
durationHours: 2
queues:
  - name: jobs
    producer:
      basePerMinute: 60
      crowds:
        - { from: "05:00", to: "05:30", factor: 3 }
groups:
  - name: workers
    minSize: 1
    maxSize: 4
    work:
      queue: jobs
      serviceTime: { distribution: constant, meanSeconds: 1 }
    policies:
      - name: out
        adjustmentType: ChangeInCapacity
        steps:
          - { from: 0, adjustment: 1 }
alarms:
  - name: high
    metric: { namespace: AWS/SQS, name: Visible, dimensions: { QueueName: jobs } }
    evaluationPeriods: 3
    threshold: 10
    comparisonOperator: GreaterThanThreshold
    policies:
      - { group: workers, policy: out }
`;

function faultsOf(text: string): string[] {
  const parsed = parseScenario(text, 'day.yaml');
  return parsed.ok ? [] : parsed.errors.map((error) => messageText('en', error));
}

it('tells faults in the order of their lines, wherever the reader found them', () => {
  // A field that is missing is found while its section is read, an unknown one only at its end.
  const text = small
    .replace('name: small', 'name: small\ncolour: blue')
    .replace('maxSize: 4', 'maxSize: none')
    .replace('basePerMinute: 60', 'basePerMinute: many');
  const lines = faultsOf(text).map((fault) => Number(/line (\d+)/.exec(fault)![1]));
  expect(lines).toEqual([2, 9, 15]);
});

describe('a scenario file', () => {
  it('is read, with defaults for what may be left out', () => {
    const parsed = parseScenario(small, 'day.yaml');
    if (!parsed.ok) throw new Error(faultsOf(small).join('\n'));
    const { value } = parsed;
    expect(value.metricDelayMs).toBe(30_000);
    expect(value.groups[0]).toMatchObject({ desiredCapacity: 1, defaultCooldownSeconds: 300, metricsCollection: true });
    expect(value.alarms[0]?.rule).toMatchObject({
      datapointsToAlarm: 3,
      periodSeconds: 60,
      treatMissingData: 'missing',
    });
    // 05:00 has passed at the start of 06:00: the next one is meant.
    expect(value.queues[0]?.producer?.load.crowds[0]?.fromMs).toBe(Date.UTC(2026, 2, 3, 5));
  });

  it.each([
    {
      change: ['seed: 1', 'seed: -1'],
      says: 'day.yaml, line 2: seed is -1, expected integer 0..2147483647.',
    },
    {
      change: ['seed: 1\n', ''],
      says: 'day.yaml, line 1: seed is missing. Add it: integer 0..2147483647.',
    },
    {
      change: ['    minSize: 1', '    minSize: 1\n    minsize: 2'],
      says: 'day.yaml, line 14: groups[0].minsize is not a field here. Fields: minSize, maxSize',
    },
    {
      change: ['maxSize: 4', 'maxSize: 0'],
      says: 'day.yaml, line 14: groups[0].maxSize is 0, expected >= minSize (1).',
    },
    {
      change: ['distribution: constant', 'distribution: normal'],
      says: 'day.yaml, line 17: groups[0].work.serviceTime.distribution is "normal", expected constant | exponential | lognormal.',
    },
    {
      change: ['      queue: jobs\n', '      queue: job\n'],
      says: 'day.yaml, line 16: groups[0].work.queue: "job" -> queues: jobs.',
    },
    {
      change: ['policy: out }', 'policy: up }'],
      says: 'day.yaml, line 30: alarms[0].policies[0].policy: "up" -> groups/workers/policies: out.',
    },
    {
      change: ['{ from: 0, adjustment: 1 }', '{ from: 0, to: 10, adjustment: 1 }'],
      says: 'day.yaml, line 21: groups[0].policies[0].steps: a step ends above the threshold',
    },
    {
      change: ['evaluationPeriods: 3', 'evaluationPeriods: 2000'],
      says: 'day.yaml, line 26: alarms[0].evaluationPeriods: period x evaluation periods is 120000 s',
    },
    {
      change: ['to: "05:30"', 'to: "5h"'],
      says: 'day.yaml, line 10: queues[0].producer.crowds[0].to is "5h", expected 07:00 | 2026-03-02T07:00:00Z.',
    },
    {
      change: ['start: "2026-03-02T06:00:00Z"', 'start: tomorrow'],
      says: 'day.yaml, line 3: start is "tomorrow", expected 2026-03-02T00:00:00Z.',
    },
    {
      change: ['queues:\n  - name: jobs', 'queues:\n  - name: jobs\n  - name: jobs'],
      says: 'day.yaml, line 7: queues[1].name: "jobs" = queues[0].name.',
    },
  ])('says file, line, field and what was expected: $says', ({ change, says }) => {
    const [from, to] = change as [string, string];
    expect(small).toContain(from);
    const faults = faultsOf(small.replace(from, to));
    expect(faults.some((fault) => fault.startsWith(says))).toBe(true);
  });

  it('names every fault at once, in the order of lines', () => {
    const broken = small
      .replace('seed: 1', 'seed: many')
      .replace('basePerMinute: 60', 'basePerMinutes: 60')
      .replace('threshold: 10', 'threshold: ten');
    const parsed = parseScenario(broken, 'day.yaml');
    if (parsed.ok) throw new Error('expected faults');
    expect(parsed.errors.map(({ code, params }) => [code, params.line, params.field])).toEqual([
      ['FILE_FIELD_INVALID', 2, 'seed'],
      ['FILE_FIELD_MISSING', 8, 'queues[0].producer.basePerMinute'],
      ['FILE_FIELD_UNKNOWN', 8, 'queues[0].producer.basePerMinutes'],
      ['FILE_FIELD_INVALID', 27, 'alarms[0].threshold'],
    ]);
  });

  it.each([
    ['a: [1', 'FILE_SYNTAX'],
    ['a: 1\na: 2', 'FILE_SYNTAX'],
    ['', 'FILE_FIELD_INVALID'],
    ['- a', 'FILE_FIELD_INVALID'],
  ])('%j is refused with %s', (text, code) => {
    const parsed = parseScenario(text, 'day.yaml');
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.code)).toContain(code);
  });

  it('says the same in Korean', () => {
    const parsed = parseScenario(small.replace('seed: 1', 'seed: -1'), 'day.yaml');
    if (parsed.ok) throw new Error('expected a fault');
    expect(messageText('ko', parsed.errors[0]!)).toBe(
      'day.yaml 2행: seed 값이 -1입니다. 필요한 값: integer 0..2147483647.',
    );
  });
});

const folders = ['resources/scenarios', 'examples/scenarios'];
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `${folder}/${file}`),
);

it.each(files)('%s has no fault', (file) => {
  expect(faultsOf(readFileSync(file, 'utf8'))).toEqual([]);
});
