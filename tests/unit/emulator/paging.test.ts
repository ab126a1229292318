/** Where lists are cut, and the forms of tokens: clients keep tokens, so a form is part of the interface, byte by byte. */
import { describe, expect, it, test } from 'vitest';
import { pageOf as autoScalingPage, tokenNumber } from '../../../src/emulator/autoscaling/paging.ts';
import { readPageToken } from '../../../src/emulator/cloudwatch/paging.ts';
import {
  numbersInToken,
  numbersToken,
  pageFrom,
  pageOfRest,
  textInToken,
  textToken,
} from '../../../src/emulator/paging.ts';
import { pageOf as snsPage } from '../../../src/emulator/sns/paging.ts';
import { pageOf as sqsPage } from '../../../src/emulator/sqs/paging.ts';
import type { Queue } from '../../../src/emulator/sqs/queue.ts';

const letters = ['a', 'b', 'c'];

describe('a page', () => {
  test.each([
    { size: 2, expected: { page: ['a', 'b'], NextToken: 'behind b' } },
    { size: 3, expected: { page: letters } },
    { size: 4, expected: { page: letters } },
  ])('of $size of three goes on behind its last item, if there is more', ({ size, expected }) => {
    expect(pageOfRest(letters, size, (last) => `behind ${last}`)).toEqual(expected);
  });

  it('of nothing is the last', () => {
    expect(pageOfRest([], 2, String)).toEqual({ page: [] });
  });

  test.each([
    { from: 0, size: 2, expected: { page: ['a', 'b'], NextToken: numbersToken(2) } },
    { from: 1, size: 2, expected: { page: ['b', 'c'] } },
    { from: 2, size: 2, expected: { page: ['c'] } },
    { from: 9, size: 2, expected: { page: [] } },
  ])('from $from goes on at a place in the list', ({ from, size, expected }) => {
    expect(pageFrom(letters, from, size)).toEqual(expected);
  });
});

describe('a token', () => {
  it('of a text comes back as it was', () => {
    expect(textInToken(textToken('größe 1'))).toBe('größe 1');
    // No Base64, no padding, no UTF-8.
    expect(['***', 'YQ', '/w=='].map(textInToken)).toEqual([null, null, null]);
  });

  it('of numbers comes back as they were', () => {
    expect(numbersInToken(numbersToken(0, 7, 123_456), 3, Error)).toEqual([0, 7, 123_456]);
    expect(numbersInToken(undefined, 3, Error)).toBeNull();
    expect(numbersInToken('', 3, Error)).toBeNull();
  });

  test.each([numbersToken(1), numbersToken(1, -2), numbersToken(1, 2, 3), 'x', 'MSw'])(
    '%s is not one of two numbers',
    (token) => {
      expect(() => numbersInToken(token, 2, () => new RangeError('foreign'))).toThrow(RangeError);
    },
  );
});

describe('the tokens of', () => {
  const queues = ['a', 'b-1', 'c_2'].map((name) => ({ name }) as Queue);

  test('SQS, and its error', () => {
    expect(sqsPage(queues, undefined, 2)).toEqual({ page: queues.slice(0, 2), NextToken: 'Yi0x' });
    expect(sqsPage(queues, 'Yi0x', 2)).toEqual({ page: queues.slice(2) });
    expect(sqsPage(queues, undefined, undefined)).toEqual({ page: queues });
    for (const wrong of ['', 'x', 'YSBi']) {
      expect(() => sqsPage(queues, wrong, 2)).toThrow('Invalid or expired next token.');
    }
  });

  test('SNS, and its error', () => {
    const page = (token?: string) => snsPage(['a', 'é', 'ü'], String, token, 'L', 2);
    const NextToken = 'NDg4MDM2N2Y1NjIxNTFhMCDDqQ==';
    expect(page()).toEqual({ page: ['a', 'é'], NextToken });
    expect(page(NextToken)).toEqual({ page: ['ü'] });
    expect(() => page('w6k=')).toThrow('Invalid parameter: NextToken');
  });

  test('Auto Scaling and CloudWatch, and their error', () => {
    expect(autoScalingPage([1, 2, 3], { MaxRecords: 2 }, { usual: 50, most: 100 })).toEqual({
      page: [1, 2],
      NextToken: 'Mg',
    });
    expect(readPageToken('MSwyLDM', 3)).toEqual([1, 2, 3]);
    const foreign = expect.objectContaining({ queryCode: 'InvalidNextToken' });
    expect(() => tokenNumber('MSwyLDM')).toThrow(foreign);
    expect(() => readPageToken('Mg', 3)).toThrow(foreign);
  });
});
