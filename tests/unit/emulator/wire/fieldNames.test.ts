import { expect, it } from 'vitest';
import { wireField } from '../../../../src/emulator/wire/fieldNames.ts';

it.each([
  ['steps', 'StepAdjustments'],
  ['steps[2].adjustment', 'StepAdjustments[2].ScalingAdjustment'],
  ['minAdjustmentMagnitude', 'MinAdjustmentMagnitude'],
  ['periodSeconds', 'Period'],
])('%s is %s to a caller', (ours, theirs) => {
  expect(wireField(ours)).toBe(theirs);
});
