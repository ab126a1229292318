import { expect, it } from 'vitest';
import { createDirectMetrics, mostTargets } from '../../../../src/emulator/sns/directMetrics.ts';

it('[SNS-95] counts what is sent to a thousand targets; to more of them memory would have no end', () => {
  const named = new Set<string>();
  let begun = 0;
  const sink = {
    metric: ({ dimensions }: { dimensions: Readonly<Record<string, string>> }) => {
      named.add(JSON.stringify(dimensions));
      return { put: () => {}, sample: () => {} };
    },
  };
  const metrics = createDirectMetrics(sink, () => begun++);
  for (let n = 0; n < mostTargets + 500; n++) metrics.sent({ kind: 'phone', to: `+1555${n}` }, 1, true, 0);
  expect([named.size, begun]).toEqual([mostTargets, mostTargets + 500]);
});
