/**
 * AWS/AutoScaling: one sample a minute per enabled metric, taken as the minute ends (GMET-01).
 */
import { type GroupCounts, groupMetricNames, groupMetrics } from '../../core/scaling/groupMetrics.ts';
import type { MetricHandle } from '../metricSink.ts';
import { count, type Group } from './group.ts';
import type { AutoScalingState } from './state.ts';

const minuteMs = 60_000;

const countsOf = (group: Group): GroupCounts => ({
  minSize: group.minSize,
  maxSize: group.maxSize,
  desiredCapacity: group.desiredCapacity,
  inService: count(group, 'InService'),
  pending: count(group, 'Pending'),
  standby: 0,
  terminating: count(group, 'Terminating'),
});

/** Samples every group for as long as the world turns. */
export function publishGroupMetrics(state: AutoScalingState): void {
  const handles = new Map<string, MetricHandle>();
  const { world } = state;
  const firstMs = (Math.floor(world.nowMs() / minuteMs) + 1) * minuteMs;
  world.every(firstMs, minuteMs, () => {
    // The minute that just ended owns the sample.
    const atMs = world.nowMs() - 1;
    for (const group of state.groups.values()) {
      const readings = groupMetrics(countsOf(group));
      for (const name of groupMetricNames) {
        if (!group.enabledMetrics.has(name)) continue;
        const key = `${group.name}\u0000${name}`;
        let handle = handles.get(key);
        if (handle === undefined) {
          const dimensions = { AutoScalingGroupName: group.name };
          handle = state.sink.metric({ namespace: 'AWS/AutoScaling', metricName: name, dimensions }, 'Count');
          handles.set(key, handle);
        }
        handle.sample(atMs, readings[name]);
      }
    }
  });
}
