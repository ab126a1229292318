import { describe, expect, it } from 'vitest';
import type { EventRow, Heatmap, ResourceRow } from '../../../src/core/contract/shapes.ts';
import { eventKinds, filterEvents } from '../../../src/renderer/features/incident/filter.ts';
import {
  filterRows,
  isStale,
  moveSelection,
  roundedEstimate,
  rowState,
  staleAfterMs,
  worstFirst,
} from '../../../src/renderer/features/overview/rows.ts';
import { sparkPath } from '../../../src/renderer/features/overview/sparkline.ts';
import { adjustmentText, alarmThresholds } from '../../../src/renderer/features/queue/thresholds.ts';
import {
  absoluteStep,
  addStep,
  assumptionsDraft,
  readAssumptions,
  readNumber,
  readSetup,
  setupDraft,
  stepDraft,
} from '../../../src/renderer/features/replay/draft.ts';
import {
  differenceText,
  givenName,
  intervalText,
  treatmentText,
  trust,
} from '../../../src/renderer/features/replay/words.ts';
import { bandOf, bucketAt, shardFigures } from '../../../src/renderer/features/stream/heat.ts';
import { translator } from '../../../src/renderer/i18n/index.ts';
import { createFormat } from '../../../src/renderer/time/format.ts';
import * as world from '../../fixtures/renderer/data.ts';

const en = { t: translator('en'), f: createFormat('en', 'UTC') };
const ko = { t: translator('ko'), f: createFormat('ko', 'Asia/Seoul') };
const rows = world.rows(3);
const [orders, clicks] = rows as [ResourceRow, ResourceRow];

describe('the overview', () => {
  it('UX-01 sorts worst first, equal scores by name with numbers in order', () => {
    const equal = ['q10', 'q9', 'q1'].map((name) => ({ ...orders, name, resourceId: name, score: 1 }));
    expect(worstFirst([...equal, orders], 'en').map(({ name }) => name)).toEqual(['orders', 'q1', 'q9', 'q10']);
  });

  it('UX-14 calls a row stale after 2.5 periods and the publication delay', () => {
    const after = staleAfterMs({ pollIntervalSeconds: 60, speed: 1 });
    expect(after).toBe(210_000);
    expect(isStale({ lastDatapointMs: 0 }, after, after)).toBe(false);
    expect(isStale({ lastDatapointMs: 0 }, after + 1, after)).toBe(true);
    expect(isStale({ lastDatapointMs: null }, after, after)).toBe(false);
    // A poll a second of a clock at 300 times is one in five minutes of its own.
    expect(staleAfterMs({ pollIntervalSeconds: 60, speed: 300 })).toBe(810_000);
    expect(staleAfterMs({ pollIntervalSeconds: 60, speed: 0 })).toBe(after);
  });

  it('has one word per row, the worst that holds', () => {
    const now = world.nowMs;
    expect(rowState(orders, now)).toBe('alarm');
    expect(rowState({ ...orders, alarm: null }, now)).toBe('growing');
    expect(rowState({ ...orders, alarm: null, trend: 'draining' }, now)).toBe('draining');
    expect(rowState({ ...clicks, trend: 'steady' }, now)).toBe('hot');
    expect(rowState({ ...clicks, lastDatapointMs: null }, now)).toBe('noData');
    expect(rowState({ ...clicks }, now + 3_600_000)).toBe('stale');
  });

  it('UX-06 filters by every word typed', () => {
    expect(filterRows(rows, 'ORD dlq').map(({ name }) => name)).toEqual(['orders', 'orders-dlq']);
    expect(filterRows(rows, 'kinesis').map(({ name }) => name)).toEqual(['clicks']);
    expect(filterRows(rows, ' ')).toHaveLength(rows.length);
    expect(filterRows(rows, 'nothing like it')).toEqual([]);
  });

  it('UX-06 moves the selection by id, whatever the order', () => {
    const ids = ['a', 'b', 'c'].map((resourceId) => ({ resourceId }));
    expect(moveSelection(ids, null, 1)).toBe('a');
    expect(moveSelection(ids, 'a', 1)).toBe('b');
    expect(moveSelection([...ids].reverse(), 'a', -1)).toBe('b');
    expect(moveSelection(ids, 'c', 10)).toBe('c');
    expect(moveSelection(ids, 'gone', -1)).toBe('c');
    expect(moveSelection([], 'a', 1)).toBeNull();
  });

  it('UX-21 breaks the sparkline where data is missing', () => {
    const path = sparkPath(Float64Array.of(0, 60, 300, 360), Float64Array.of(1, 2, 4, Number.NaN));
    expect(path.match(/[ML]/g)).toEqual(['M', 'L', 'M']);
    expect(sparkPath(new Float64Array(0), new Float64Array(0))).toBe('');
  });
});

describe('UX-22 thresholds on a chart', () => {
  it('are the alarms and the absolute bounds of their steps (STEP-02)', () => {
    const drawn = alarmThresholds(world.alarms, world.group, 'depth', 'messages', en.t, en.f);
    expect(drawn.map(({ value, tone }) => [value, tone])).toEqual([
      [200, 'alarm'],
      [800, 'step'],
      [3_200, 'step'],
      [4, 'alarm'],
    ]);
    expect(drawn[0]!.label).toBe('orders-backlog-high ≥ 200 msgs · In alarm');
    expect(drawn[1]!.label).toBe('orders-scale-out +2 from 800 msgs');
  });

  it('of a counter are per second, as the line is', () => {
    const sent = { ...world.alarms[0]!, metricName: 'NumberOfMessagesSent', threshold: 600 };
    expect(alarmThresholds([sent], null, 'sent', 'messages/s', en.t, en.f)[0]!.value).toBe(10);
  });

  it('name an adjustment', () => {
    expect(adjustmentText('ChangeInCapacity', 4)).toBe('+4');
    expect(adjustmentText('PercentChangeInCapacity', -10)).toBe('−10 %');
    expect(adjustmentText('ExactCapacity', 7)).toBe('=7');
  });
});

describe('the shard map', () => {
  const map: Heatmap = {
    shardIds: ['s0', 's1'],
    times: Float64Array.of(0, 60, 120),
    bucketSeconds: 60,
    measure: 'bytes',
    values: Float64Array.of(10, Number.NaN, 30, 100, 85, 0),
    limit: 100,
    hotShardIds: ['s1'],
  };

  it('UX-05 is banded against the limit, not against the largest value', () => {
    expect([0, 19, 20, 55, 79, 80, 250].map((value) => bandOf(value, 100))).toEqual([0, 0, 1, 2, 3, 4, 4]);
    expect(bandOf(Number.NaN, 100)).toBeNull();
  });

  it('finds the bucket of an instant', () => {
    expect([0, 59, 60, 179, 180, -1].map((at) => bucketAt(map, at))).toEqual([0, 0, 1, 2, -1, -1]);
  });

  it('has a row of figures per shard, without the missing cells', () => {
    expect(shardFigures(map)).toEqual([
      { shardId: 's0', hot: false, last: 30, mean: 20, max: 30, maxAtMs: 120_000, maxShare: 0.3, bucketsNearLimit: 0 },
      { shardId: 's1', hot: true, last: 0, mean: 185 / 3, max: 100, maxAtMs: 0, maxShare: 1, bucketsNearLimit: 2 },
    ]);
  });
});

describe('the replay form', () => {
  const draft = setupDraft(world.setup);
  const read = (change: (of: typeof draft) => typeof draft) => readSetup(change(draft), en.t, 'en');
  const withPolicy = (part: Partial<(typeof draft)['policies'][number]>) =>
    read((of) => ({ ...of, policies: [{ ...of.policies[0]!, ...part }, of.policies[1]!] }));

  it('reads back what it was given', () => {
    expect(readSetup(draft, en.t, 'en')).toEqual({ value: world.setup, faults: new Map() });
  });

  it.each([
    ['1,500', 1500],
    [' -0.5 ', -0.5],
    ['−3', -3],
    ['1e3', 1000],
    ['', null],
  ])('reads %j as %s', (text, value) => expect(readNumber(text)).toBe(value));
  it.each(['abc', '1.2.3', '0x10', '--1'])('refuses %j', (text) => expect(readNumber(text)).toBeNaN());

  it('puts a fault beside its field', () => {
    const steps = draft.policies[0]!.steps;
    const { faults } = withPolicy({ steps: [{ ...steps[0]!, upper: 'abc', adjustment: '1.5' }, ...steps.slice(1)] });
    expect([...faults]).toEqual([
      ['policies.0.steps.0.upper', 'Not a number.'],
      ['policies.0.steps.0.adjustment', 'Must be a whole number.'],
    ]);
  });

  it('STEP-07 says that steps overlap or leave a gap, in the language of the screen', () => {
    const steps = [stepDraft(0, 600, 1), stepDraft(500, null, 2)];
    expect(withPolicy({ steps }).faults.get('policies.0.steps')).toContain('overlap');
    const gap = readSetup(
      { ...draft, policies: [{ ...draft.policies[0]!, steps: [stepDraft(0, 400, 1), stepDraft(500, null, 2)] }] },
      ko.t,
      'ko',
    );
    expect(gap.faults.get('policies.0.steps')).toMatch(/[가-힣]/);
  });

  it('refuses an alarm whose M is above its N', () => {
    const alarm = { ...draft.policies[0]!.alarm, datapointsToAlarm: '5' };
    expect([...withPolicy({ alarm }).faults.keys()]).toEqual(['policies.0.alarm.datapointsToAlarm']);
  });

  it('refuses a minimum above the maximum', () => {
    expect([...read((of) => ({ ...of, minSize: '30' })).faults.keys()]).toEqual(['maxSize']);
  });

  it('UX-31 reads assumptions and their bounds', () => {
    const assumptions = assumptionsDraft({
      throughputPerInstancePerMinute: 70.4321,
      launchDelaySeconds: 120,
      terminateDelaySeconds: 60,
      metricDelaySeconds: 60,
      evaluationRangeExtra: 2,
      ageGoalSeconds: 300,
      pricePerInstanceHourUsd: 0.0816,
      arrivalFactor: 1,
    });
    expect(assumptions.throughputPerInstancePerMinute).toBe('70.43');
    expect(readAssumptions(assumptions, en.t).faults.size).toBe(0);
    const wrong = readAssumptions(
      { ...assumptions, ageGoalSeconds: '0', evaluationRangeExtra: '1.5', arrivalFactor: '' },
      en.t,
    );
    expect([...wrong.faults.keys()].sort()).toEqual(['ageGoalSeconds', 'arrivalFactor', 'evaluationRangeExtra']);
  });

  it('STEP-02 shows a step in the metric’s own values', () => {
    expect(absoluteStep(stepDraft(600, 3_000, 2), '200')).toEqual({ from: 800, to: 3_200, below: false });
    expect(absoluteStep(stepDraft(null, 0, -1), '4')).toEqual({ from: null, to: 4, below: true });
    expect(absoluteStep({ lower: 'x', upper: '' }, '4')).toBeNull();
  });

  it('STEP-03 says on which side an edge belongs to the step', () => {
    expect(intervalText(800, 3_200, false, 'messages', en.f)).toBe('800 msgs ≤ x < 3,200 msgs');
    expect(intervalText(2, 4, true, 'messages', en.f)).toBe('2 msgs < x ≤ 4 msgs');
    expect(intervalText(null, 4, true, 'messages', en.f)).toBe('x ≤ 4 msgs');
  });

  it('adds a step that leaves neither gap nor overlap', () => {
    for (const rising of [true, false]) {
      const first = rising ? [stepDraft(0, null, 1)] : [stepDraft(null, 0, -1)];
      const steps = addStep(addStep(first, rising), rising);
      const comparisonOperator = rising ? 'GreaterThanOrEqualToThreshold' : 'LessThanOrEqualToThreshold';
      const { faults } = withPolicy({ steps, alarm: { ...draft.policies[0]!.alarm, comparisonOperator } });
      expect(steps).toHaveLength(3);
      expect([...faults]).toEqual([]);
    }
  });
});

describe('UX-30 decisions in words', () => {
  it('grade the trust in a replay', () => {
    const judged = { equalDesiredShare: 0.95, minutesCompared: 10, actionPrecision: 1, actionRecall: 1 };
    expect(trust(judged)).toBe('close');
    expect(trust({ ...judged, equalDesiredShare: 0.8 })).toBe('rough');
    expect(trust({ ...judged, equalDesiredShare: 0.5 })).toBe('poor');
    expect(trust({ ...judged, equalDesiredShare: 1, minutesCompared: 0 })).toBe('poor');
    // A fleet that stood still most of the time has equal capacity, although not one of its actions was foretold.
    expect(trust({ ...judged, actionRecall: 0 })).toBe('poor');
    expect(trust({ ...judged, actionPrecision: null, actionRecall: 0 })).toBe('poor');
    expect(trust({ ...judged, actionPrecision: 0, actionRecall: null })).toBe('poor');
    expect(trust({ ...judged, actionPrecision: 0.7 })).toBe('rough');
    expect(trust({ ...judged, actionPrecision: null, actionRecall: null })).toBe('close');
  });

  it('UX-32 sign a difference', () => {
    expect(differenceText(46, 48.5, 'hours', en.f)).toBe('−2.5 h');
    expect(differenceText(900, 300, 'seconds', en.f)).toBe('+10 min');
    expect(differenceText(3, 3, 'instances', en.f)).toBe('±0');
  });

  it('translate the names the engine gives, not a person’s', () => {
    expect(givenName('deployed', ko.t)).toBe('배포됨');
    expect(givenName('my own', ko.t)).toBe('my own');
  });

  it('go on in the new language when it changes under an open form', () => {
    const given = givenName('Larger steps out, slower in', ko.t);
    expect(givenName(given, en.t)).toBe(givenName('Larger steps out, slower in', en.t));
    expect(givenName(givenName('deployed', en.t), ko.t)).toBe('배포됨');
  });
});

describe('the events of an incident', () => {
  const events: EventRow[] = world.events();

  it('are filtered by kind and by words, in order of time', () => {
    expect(filterEvents([...events].reverse(), new Set(eventKinds), '').map(({ atMs }) => atMs)).toEqual(
      events.map(({ atMs }) => atMs).sort((a, b) => a - b),
    );
    expect(filterEvents(events, new Set(['note']), '').map(({ title }) => title)).toEqual(['On-call paged']);
    expect(filterEvents(events, new Set(eventKinds), 'LAUNCHING i-03')).toHaveLength(1);
  });
});

describe('holes in a recording', () => {
  it('say in words how they were treated', () => {
    expect(['interpolated', 'zero'].map((code) => treatmentText(code, ko.t))).toEqual(['보간', '0으로 처리']);
    expect(treatmentText('phase-of-the-moon', en.t)).toBe('phase-of-the-moon');
  });
});

it('UX-02 a time to drain is an estimate, not good to the second', () => {
  expect([0, 59.4, 599, 600, 1_152, 1_190].map(roundedEstimate)).toEqual([0, 59.4, 599, 600, 1_140, 1_200]);
});
