import { expect, it } from 'vitest';
import { tokenNumber } from '../../../../src/emulator/autoscaling/paging.ts';
import { numbersToken } from '../../../../src/emulator/paging.ts';

it('reads its own tokens', () => {
  expect([0, 7, 123_456].map((number) => tokenNumber(numbersToken(number)))).toEqual([0, 7, 123_456]);
  expect(tokenNumber(undefined)).toBeNull();
});

// 'x' decodes to nothing at all, the others to ' ', '-1', '1.5' and '1e3'.
it.each(['x', 'IA', 'LTE', 'MS41', 'MWUz'])('refuses %s', (token) => {
  expect(() => tokenNumber(token)).toThrow(expect.objectContaining({ queryCode: 'InvalidNextToken' }));
});
