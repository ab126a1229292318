import { expect, it } from 'vitest';
import { readWhatIf, type WhatIfText } from '../../../src/renderer/features/stream/whatIf.ts';

const text: WhatIfText = { shards: '2, 8', hotKey: '', share: '', reads: '', onDemand: false, enhanced: false };
const faultsOf = (over: Partial<WhatIfText>) => readWhatIf({ ...text, ...over }, false).faults;

it('numbers of shards become candidates, one each, on demand last', () => {
  const read = readWhatIf({ ...text, shards: '2, 8, 8', onDemand: true }, true);
  expect(read.faults).toEqual([]);
  expect(read.candidates.map(({ label, capacity }) => [label, capacity.kind])).toEqual([
    ['샤드 2개', 'provisioned'],
    ['샤드 8개', 'provisioned'],
    ['온디맨드', 'on-demand'],
  ]);
});

it('a key and its share belong together; percent become a share', () => {
  expect(readWhatIf({ ...text, hotKey: ' a ', share: '30' }, false).hotKeys).toEqual([{ key: 'a', share: 0.3 }]);
  expect(faultsOf({ hotKey: 'a' })).toEqual(['share']);
  expect(faultsOf({ share: '30' })).toEqual(['share']);
  expect(faultsOf({ hotKey: 'a', share: '130' })).toEqual(['share']);
});

it('says which field is wrong', () => {
  expect(faultsOf({ shards: '0' })).toEqual(['shards']);
  expect(faultsOf({ shards: '2.5' })).toEqual(['shards']);
  expect(faultsOf({ shards: '' })).toEqual(['shards']);
  expect(faultsOf({ shards: '', onDemand: true })).toEqual([]);
  expect(faultsOf({ reads: 'fast' })).toEqual(['reads']);
  expect(readWhatIf({ ...text, reads: '2.5' }, false).consumers[0]!.recordsPerSecondPerShard).toBe(2.5);
});
