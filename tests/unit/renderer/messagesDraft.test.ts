import { expect, it } from 'vitest';
import { messageSettings } from '../../../src/core/contract/messageShapes.ts';
import { messagesDraft, readMessages, serviceChoices } from '../../../src/renderer/features/replay/messagesDraft.ts';

it.each(serviceChoices)('the form with %s service is what the contract takes', (service) => {
  const { value, faults } = readMessages({ ...messagesDraft, service, poisonPercent: '2.5', maxReceiveCount: '3' });
  expect(faults.size).toBe(0);
  expect(messageSettings.parse(value)).toEqual(value);
  expect(value).toMatchObject({ poisonShare: 0.025, maxReceiveCount: 3, service: { kind: service } });
  expect(value).not.toHaveProperty('visibilityTimeoutSeconds');
});

it('says which field is wrong and what it may be', () => {
  const { faults } = readMessages({
    ...messagesDraft,
    batchSize: '11',
    poisonPercent: '',
    visibilityTimeoutSeconds: '0',
    maxReceiveCount: '2.5',
  });
  expect([...faults.keys()]).toEqual(['batchSize', 'visibilityTimeoutSeconds', 'maxReceiveCount', 'poisonPercent']);
  expect(faults.get('batchSize')).toEqual({ min: 1, max: 10 });
});
