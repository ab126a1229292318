import { expect, it } from 'vitest';
import { md5OfAttributes, md5OfBody } from '../../../../src/emulator/sqs/checksums.ts';
import type { MessageAttribute } from '../../../../src/emulator/sqs/message.ts';

it.each([
  ['hello', '5d41402abc4b2a76b9719d911017c592'],
  ['안녕', 'ef1c511c9efb9259438f098aff940740'],
])('[SQS-42] body %s', (body, md5) => {
  expect(md5OfBody(body)).toBe(md5);
});

const text = (dataType: string, value: string): MessageAttribute => ({ dataType, value });

// The first two are what AWS answers; the last was worked out with Python's struct and hashlib.
it.each([
  [{ timestamp: text('Number', '1493147359900') }, '235c5c510d26fb653d073faed50ae77c'],
  [{ SellerName: text('String', 'Example Store') }, 'cd28f3b68aeee4b2eac9c66f2f694b58'],
  [
    {
      zzz: { dataType: 'Binary.png', value: new Uint8Array([0, 255, 16]) },
      a: text('String', '한국어'),
      N: text('Number', '-1.5e3'),
    },
    '4cd09f49c2839b755e3a5eac4934d94f',
  ],
])('[SQS-42] attributes %#', (attributes, md5) => {
  expect(md5OfAttributes(new Map(Object.entries(attributes)))).toBe(md5);
});
