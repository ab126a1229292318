/** What a replay keeps between calls, and what makes it forget. */
import { describe, expect, it } from 'vitest';
import type { ReplayRun } from '../../../src/core/contract/shapes.ts';
import { createReplayMemory } from '../../../src/engine/replay/memory.ts';
import type { Recording } from '../../../src/engine/replay/recording.ts';

const recordingOf = (minutes: number) => ({ minutes }) as Recording;
const runOf = (minutes: number) => ({ columns: { times: new Float64Array(minutes) } }) as unknown as ReplayRun;

describe('replay memory', () => {
  it('loads a recording once, until something new was recorded', () => {
    const memory = createReplayMemory();
    let loads = 0;
    const load = () => {
      loads++;
      return recordingOf(10);
    };
    const first = memory.recording('orders', load);
    expect(memory.recording('orders', load)).toBe(first);
    memory.recording('clicks', load);
    expect(loads).toBe(2);
    memory.forget();
    memory.recording('orders', load);
    expect(loads).toBe(3);
  });

  it('keeps what the schedule that knew comes to, until something new was recorded', () => {
    const memory = createReplayMemory();
    const input = {
      arrivals: new Float64Array(10).fill(60),
      initialBacklog: 0,
      initialOldestAgeSeconds: 0,
      throughputPerInstancePerMinute: 60,
      ageGoalSeconds: 300,
      launchDelaySeconds: 120,
      terminateDelaySeconds: 0,
      initialInstances: 1,
      minimumInstances: 1,
    };
    const first = memory.schedule(input);
    expect(memory.schedule({ ...input })).toBe(first);
    memory.forget();
    expect(memory.schedule(input)).not.toBe(first);
    expect(memory.schedule(input)).toEqual(first);
  });

  it('keeps runs by their key and drops what was longest unused when minutes run out', () => {
    const memory = createReplayMemory();
    for (const name of ['a', 'b', 'c', 'd']) memory.keep(name, runOf(600_000));
    expect(memory.run('a')).toBeDefined();
    // Used last, so the next one pushes out b.
    memory.keep('e', runOf(600_000));
    expect(memory.run('b')).toBeUndefined();
    expect(memory.run('a')).toBeDefined();
    memory.drop('a');
    expect(memory.run('a')).toBeUndefined();
  });

  it('what alone is larger than all room is still kept for the next call', () => {
    const memory = createReplayMemory();
    memory.keep('huge', runOf(3_000_000));
    expect(memory.run('huge')).toBeDefined();
    memory.keep('other', runOf(10));
    expect(memory.run('huge')).toBeUndefined();
  });
});
