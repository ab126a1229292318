import { expect, it } from 'vitest';
import { compareEvents, type IncidentEvent } from '../../../../src/core/model/events.ts';

const event = (id: number, kind: IncidentEvent['kind'], atMs: number): IncidentEvent =>
  ({ id, kind, atMs }) as IncidentEvent;

it('puts causes before effects at one instant, whatever order they were recorded in', () => {
  const mixed = [
    event(4, 'scaling-activity', 1000),
    event(1, 'alarm-action', 1000),
    event(3, 'note', 1000),
    event(2, 'alarm-state', 1000),
    event(9, 'note', 999),
  ];
  expect(mixed.sort(compareEvents).map(({ id }) => id)).toEqual([9, 2, 1, 4, 3]);
});

it('keeps the order of recording within a kind, also for the negative ids of a second database', () => {
  const sorted = [event(-3, 'note', 5), event(-1, 'note', 5), event(2, 'note', 5)].sort(compareEvents);
  expect(sorted.map(({ id }) => id)).toEqual([-1, 2, -3]);
});
