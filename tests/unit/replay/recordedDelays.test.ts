/** Launches and terminations that each take what the recorded ones took (REP-24). */
import { describe, expect, it } from 'vitest';
import { Group } from '../../../src/replay/group.ts';
import { type RecordedActivity, recordedDelays, runReplay } from '../../../src/replay/index.ts';
import { assumptionsOf, inputOf, outAndIn, startSeconds } from './setups.ts';

const at = (seconds: number): number => (startSeconds + seconds) * 1000;
const activity = (
  direction: 'launch' | 'terminate',
  requested: number,
  start: number,
  end: number | null,
  successful = true,
): RecordedActivity => ({
  direction,
  requestedAtMs: at(requested),
  startMs: at(start),
  endMs: end === null ? null : at(end),
  instanceId: null,
  successful,
});

describe('[REP-24] recorded delays', () => {
  it('count from the request to the end, in the order of asking; failed, running and immediate ones do not', () => {
    const delays = recordedDelays([
      activity('launch', 100, 110, 250),
      activity('launch', 60, 65, 200),
      activity('terminate', 500, 505, 700),
      activity('launch', 0, 0, 0),
      activity('launch', 300, 310, 400, false),
      activity('terminate', 900, 905, null),
    ]);
    expect(delays).toEqual({ launchSeconds: [140, 150], terminateSeconds: [200] });
  });

  it('an instance overtakes one that takes longer; those beyond the recorded ones take the constant', () => {
    const group = new Group(1, 90, 30, { launchSeconds: [200, 50], terminateSeconds: [] });
    group.nowSeconds = 0;
    group.setDesired(4, 120);
    const entered: [number, number][] = [];
    while (group.nextInServiceSeconds !== Number.POSITIVE_INFINITY) {
      group.nowSeconds = group.nextInServiceSeconds;
      group.enterService();
      entered.push([group.nowSeconds, group.inService]);
    }
    expect(entered).toEqual([
      [50, 2],
      [90, 3],
      [200, 4],
    ]);
  });

  it('an instance is in the base of the next scale-in until its own termination is over, and paid until then', () => {
    const group = new Group(3, 90, 30, { launchSeconds: [], terminateSeconds: [400] });
    group.nowSeconds = 1000;
    group.setDesired(2, 0);
    group.nowSeconds = 1399;
    group.settle();
    expect(group.terminating).toBe(1);
    group.nowSeconds = 1400;
    group.settle();
    expect(group.terminating).toBe(0);
    // Two for 2,000 s and one for 1,400.
    expect(group.close(2000).paidSeconds).toBe(2 * 2000 + 1400);
  });

  it('delays that equal the constants change nothing', () => {
    const input = inputOf({
      arrivals: Float64Array.from({ length: 240 }, (_, minute) => (minute >= 30 && minute < 60 ? 900 : 40)),
      setup: outAndIn,
      assumptions: assumptionsOf(),
    });
    const constants = runReplay(input);
    expect(constants.summary.launches).toBeGreaterThan(3);
    const alike = runReplay({
      ...input,
      options: {
        recordedDelays: { launchSeconds: new Array(50).fill(90), terminateSeconds: new Array(50).fill(30) },
      },
    });
    expect(alike).toEqual(constants);
    const slower = runReplay({
      ...input,
      options: { recordedDelays: { launchSeconds: new Array(50).fill(300), terminateSeconds: [] } },
    });
    expect(slower.summary.peakBacklog).toBeGreaterThan(constants.summary.peakBacklog);
  });
});
