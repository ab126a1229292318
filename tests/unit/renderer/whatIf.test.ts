import { expect, it } from 'vitest';
import { streamReplayRequest } from '../../../src/core/contract/streamShapes.ts';
import { readWhatIf, type WhatIfText } from '../../../src/renderer/features/stream/whatIf.ts';

const text: WhatIfText = {
  shards: '2, 8',
  hotKey: '',
  share: '',
  reads: '',
  onDemand: false,
  enhanced: false,
  retry: false,
};
const names = { deployed: 'deployed', onDemand: 'on demand', shards: (count: number) => `${count} shards` };
const read = (over: Partial<WhatIfText>, mode: 'PROVISIONED' | 'ON_DEMAND' = 'PROVISIONED') =>
  readWhatIf({ ...text, ...over }, { mode, openShards: 4 }, names);

it('the deployed stream comes first, then one candidate for each number, on demand last; the contract takes them', () => {
  const { candidates, faults, retrySeconds } = read({ shards: '2, 8, 8', onDemand: true, retry: true, enhanced: true });
  expect(faults).toEqual([]);
  expect(
    candidates.map(({ label, capacity }) => [label, capacity.mode, 'shards' in capacity ? capacity.shards : null]),
  ).toEqual([
    ['deployed', 'PROVISIONED', 4],
    ['2 shards', 'PROVISIONED', 2],
    ['8 shards', 'PROVISIONED', 8],
    ['on demand', 'ON_DEMAND', null],
  ]);
  expect(retrySeconds).toBe(1);
  const request = { resourceId: 'x', range: null, candidates, retrySeconds };
  expect(streamReplayRequest.safeParse(request).error).toBeUndefined();
  expect(read({}, 'ON_DEMAND').candidates[0]!.capacity.mode).toBe('ON_DEMAND');
});

it('a key and its share belong together; without a key the recording tells', () => {
  expect(read({ hotKey: ' a ', share: '30' }).candidates[0]!.hotKeys).toEqual([{ key: 'a', share: 0.3 }]);
  expect(read({}).candidates[0]).not.toHaveProperty('hotKeys');
  expect(read({ hotKey: 'a' }).faults).toEqual(['share']);
  expect(read({ share: '30' }).faults).toEqual(['share']);
  expect(read({ hotKey: 'a', share: '130' }).faults).toEqual(['share']);
});

it('says which field is wrong', () => {
  expect(read({ shards: '0' }).faults).toEqual(['shards']);
  expect(read({ shards: '2.5' }).faults).toEqual(['shards']);
  expect(read({ shards: '' }).faults).toEqual(['shards']);
  expect(read({ shards: '', onDemand: true }).faults).toEqual([]);
  expect(read({ reads: 'fast' }).faults).toEqual(['reads']);
  expect(read({ reads: '2.5' }).candidates[0]!.consumers[0]!.recordsPerSecondPerWorker).toBe(2.5);
});
