import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '../../../src/core/model/events.ts';
import { buildTimeline, type TimelineEntry } from '../../../src/timeline/index.ts';
import { activity, alarmChange, at, event, fromMs, queueId, sampleInput, toMs } from './sample.ts';

const entriesOf = (events: readonly IncidentEvent[]): readonly TimelineEntry[] =>
  buildTimeline(sampleInput({ events })).entries;
const facts = (events: readonly IncidentEvent[]) => entriesOf(events).map(({ fact }) => fact);

describe('alarms', () => {
  it('ALARM and what ends it are one entry with a length', () => {
    const entries = entriesOf([
      alarmChange(at(7, 0), 'high', 'OK', 'ALARM'),
      alarmChange(at(7, 30), 'high', 'ALARM', 'OK'),
    ]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      atMs: at(7, 0),
      endMs: at(7, 30),
      importance: 'high',
      fact: { kind: 'alarm', alarmName: 'high', to: 'ALARM', until: 'OK' },
    });
    expect(entries[0]?.sources).toHaveLength(2);
  });

  it('alarms do not end each other, and one that nothing ended goes on', () => {
    expect(
      entriesOf([alarmChange(at(7, 0), 'a', 'OK', 'ALARM'), alarmChange(at(7, 30), 'b', 'ALARM', 'OK')]).map(
        ({ endMs, fact }) => [fact.kind === 'alarm' && fact.alarmName, endMs],
      ),
    ).toEqual([
      ['a', null],
      ['b', null],
    ]);
  });

  it('ALARM after ALARM (by SetAlarmState) starts a new entry', () => {
    const entries = entriesOf([
      alarmChange(at(7, 0), 'high', 'OK', 'ALARM'),
      alarmChange(at(7, 10), 'high', 'ALARM', 'ALARM'),
      alarmChange(at(7, 20), 'high', 'ALARM', 'OK'),
    ]);
    expect(entries.map(({ atMs, endMs }) => [atMs, endMs])).toEqual([
      [at(7, 0), at(7, 10)],
      [at(7, 10), at(7, 20)],
    ]);
  });

  it('an alarm whose ALARM is the calm state is neither important nor a milestone', () => {
    const timeline = buildTimeline(
      sampleInput({ events: [alarmChange(at(6, 2), 'orders-backlog-low', 'OK', 'ALARM')] }),
    );
    expect(timeline.entries[0]?.importance).toBe('normal');
    expect(timeline.milestones.map(({ what }) => what)).not.toContain('first-alarm');
  });

  it('equal actions within one state are counted, not listed', () => {
    const action = (atMs: number) =>
      event('alarm-action', atMs, { kind: 'alarm-action', alarmName: 'high', summary: 'ran orders-out' });
    expect(
      facts([
        alarmChange(at(7, 0), 'high', 'OK', 'ALARM'),
        action(at(7, 0, 1)),
        action(at(7, 1, 1)),
        alarmChange(at(7, 2), 'high', 'ALARM', 'OK'),
        alarmChange(at(8, 0), 'high', 'OK', 'ALARM'),
        action(at(8, 0, 1)),
      ]).flatMap((fact) => (fact.kind === 'alarm-action' ? [fact.count] : [])),
    ).toEqual([2, 1]);
  });
});

describe('scaling activities', () => {
  it('of one decision become one entry', () => {
    const entries = entriesOf([
      activity(at(7, 3, 1), [2, 5], 'i-1'),
      activity(at(7, 3, 2), [2, 5], 'i-2'),
      activity(at(7, 3, 4), [2, 5], 'i-3', { endMs: at(7, 6) }),
    ]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      atMs: at(7, 3, 1),
      endMs: at(7, 6),
      fact: {
        desiredBefore: 2,
        desiredAfter: 5,
        succeeded: 3,
        failed: 0,
        running: 0,
        instanceIds: ['i-1', 'i-2', 'i-3'],
      },
    });
  });

  it.each([
    { because: 'another change', second: activity(at(7, 3, 2), [5, 8], 'i-2') },
    { because: 'another direction', second: activity(at(7, 3, 2), [2, 5], 'i-2', { direction: 'terminate' as const }) },
    { because: 'the same change an hour later', second: activity(at(8, 3), [2, 5], 'i-2') },
  ])('stay apart: $because', ({ second }) => {
    expect(entriesOf([activity(at(7, 3, 1), [2, 5], 'i-1'), second])).toHaveLength(2);
  });

  it('without a known change, the same cause folds', () => {
    const cause = 'an instance was taken out of service in response to a health check';
    expect(
      entriesOf([
        activity(at(7, 3, 1), null, 'i-1', { cause }),
        activity(at(7, 3, 9), null, 'i-2', { cause }),
        activity(at(7, 3, 9), null, 'i-3', { cause: 'something else' }),
      ]),
    ).toHaveLength(2);
  });

  it('a failure makes the entry important, a running one leaves its end open', () => {
    const [entry] = entriesOf([
      activity(at(7, 3, 1), [2, 5], 'i-1', { statusCode: 'Failed' }),
      activity(at(7, 3, 2), [2, 5], 'i-2', { statusCode: 'InProgress', endMs: null }),
    ]);
    expect(entry).toMatchObject({ endMs: null, importance: 'high', fact: { succeeded: 0, failed: 1, running: 1 } });
  });
});

describe('the whole', () => {
  it('takes events in any order and leaves out what is outside the range', () => {
    const events = [
      ...sampleInput().events,
      alarmChange(fromMs - 1, 'before', 'OK', 'ALARM'),
      alarmChange(toMs + 1, 'after', 'OK', 'ALARM'),
    ];
    const ordered = buildTimeline(sampleInput({ events }));
    expect(buildTimeline(sampleInput({ events: [...events].reverse() }))).toEqual(ordered);
    expect(ordered).toEqual(buildTimeline(sampleInput()));
    expect(ordered.entries.map(({ atMs }) => atMs)).toEqual(
      ordered.entries.map(({ atMs }) => atMs).sort((a, b) => a - b),
    );
  });

  it('UX-92 milestones: what people marked, and first, highest and last of the recording', () => {
    expect(buildTimeline(sampleInput()).milestones.map(({ what, name }) => `${what}: ${name}`)).toEqual([
      'first-alarm: orders-backlog-high',
      'first-scale-out: orders-workers',
      'noted: Acknowledged',
      'peak-depth: orders',
      'worst-age: orders',
      'alarms-ended: orders-backlog-high',
      'worst-iterator-age: clicks',
    ]);
  });

  it('the first instances of a new group are no scale-out', () => {
    const cause =
      'At 2026-03-02T06:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 2.';
    const { milestones } = buildTimeline(
      sampleInput({ events: [activity(fromMs, [0, 2], 'i-1', { cause }), activity(at(7, 1), [2, 3], 'i-2')] }),
    );
    expect(milestones.find(({ what }) => what === 'first-scale-out')?.atMs).toBe(at(7, 1));
  });

  it('figures: levels have a peak and a last, counters a total; missing is missing', () => {
    const { keyFigures } = buildTimeline(
      sampleInput({
        series: [
          {
            resourceId: queueId,
            measure: 'depth',
            unit: 'count',
            periodSeconds: 60,
            times: Float64Array.of(fromMs / 1_000, fromMs / 1_000 + 600),
            values: Float64Array.of(10, 4),
          },
          {
            resourceId: queueId,
            measure: 'sent',
            unit: 'count',
            periodSeconds: 60,
            times: Float64Array.of(fromMs / 1_000),
            values: Float64Array.of(7),
          },
          {
            resourceId: queueId,
            measure: 'age',
            unit: 'seconds',
            periodSeconds: 60,
            times: new Float64Array(0),
            values: new Float64Array(0),
          },
        ],
      }),
    );
    expect(keyFigures.map(({ measure, figure, value, atMs }) => [measure, figure, value, atMs])).toEqual([
      ['depth', 'maximum', 10, fromMs],
      ['depth', 'mean', 7, null],
      ['depth', 'last', 4, fromMs + 600_000],
      ['sent', 'maximum', 7, fromMs],
      ['sent', 'mean', 7, null],
      ['sent', 'total', 7, null],
    ]);
    expect(keyFigures[0]).toMatchObject({ points: 2, periods: 240 });
  });

  it('refuses a zone it does not know', () => {
    expect(() => buildTimeline(sampleInput({ timeZone: 'Mars/Olympus' }))).toThrow('TIME_ZONE_UNKNOWN');
  });
});
