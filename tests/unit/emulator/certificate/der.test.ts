/** DER against encodings worked out by hand from X.690. */
import { describe, expect, it } from 'vitest';
import * as der from '../../../../src/emulator/certificate/der.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

describe('elements', () => {
  it.each<[string, Uint8Array, string]>([
    ['integer 0', der.integer(bytes('00')), '020100'],
    ['integer 127', der.integer(bytes('7f')), '02017f'],
    ['integer 128 is no negative one', der.integer(bytes('80')), '02020080'],
    ['integer without zeros in front', der.integer(bytes('000000ff01')), '020300ff01'],
    ['integer of no bytes', der.integer(bytes('')), '020100'],
    ['true', der.boolean(true), '0101ff'],
    ['false', der.boolean(false), '010100'],
    ['null', der.none(), '0500'],
    ['bits', der.bitString(bytes('a0'), 5), '030205a0'],
    ['text', der.utf8String('é'), '0c02c3a9'],
    ['2.5.4.3', der.objectIdentifier('2.5.4.3'), '0603550403'],
    ['1.2.840.113549', der.objectIdentifier('1.2.840.113549'), '06062a864886f70d'],
    ['2.999', der.objectIdentifier('2.999'), '06028837'],
    ['a sequence', der.sequence(der.none(), der.boolean(true)), '300505000101ff'],
    ['a set', der.set(), '3100'],
    ['[3] around', der.explicit(3, der.none()), 'a3020500'],
    ['[2] in place', der.implicit(2, bytes('61')), '820161'],
    [
      'a time of two digits',
      der.time(Date.UTC(2049, 11, 31, 23, 59, 59, 999)),
      `170d${Buffer.from('491231235959Z').toString('hex')}`,
    ],
    ['a time of four digits', der.time(Date.UTC(2050, 0, 1)), `180f${Buffer.from('20500101000000Z').toString('hex')}`],
  ])('%s', (_what, made, hex) => {
    expect(Buffer.from(made).toString('hex')).toBe(hex);
  });
});

it.each([
  [0, '00'],
  [127, '7f'],
  [128, '8180'],
  [255, '81ff'],
  [256, '820100'],
  [65_536, '83010000'],
])('a content of %i bytes has the length %s', (length, hex) => {
  const made = der.octetString(new Uint8Array(length));
  expect(made.subarray(0, 1 + hex.length / 2).toString('hex')).toBe(`04${hex}`);
  expect(made).toHaveLength(1 + hex.length / 2 + length);
});
