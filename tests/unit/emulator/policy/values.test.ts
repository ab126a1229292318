import { describe, expect, test } from 'vitest';
import { isWithin, readAddressRange, readInstant, readNumber } from '../../../../src/emulator/policy/values.ts';

test.each([
  ['0', 0],
  ['-1.5', -1.5],
  ['+7', 7],
  ['007', 7],
  ['', null],
  [' 1', null],
  ['1e3', null],
  ['0x10', null],
  ['1.', null],
  ['.5', null],
  ['Infinity', null],
  ['9'.repeat(41), null],
])('number %j: %j', (text, expected) => {
  expect(readNumber(text)).toBe(expected);
});

test.each([
  ['2026', '2026-01-01T00:00:00.000Z'],
  ['2026-03', '2026-03-01T00:00:00.000Z'],
  ['2026-03-02', '2026-03-02T00:00:00.000Z'],
  ['2026-03-02T10:20Z', '2026-03-02T10:20:00.000Z'],
  ['2026-03-02T10:20:30Z', '2026-03-02T10:20:30.000Z'],
  ['2026-03-02T10:20:30.5+09:00', '2026-03-02T01:20:30.500Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['1772446830', '2026-03-02T10:20:30.000Z'],
  ['1772446830.25', '2026-03-02T10:20:30.250Z'],
  ['2026-02-29', null],
  ['2026-02-30T00:00Z', null],
  ['2026-13-01', null],
  ['2026-03-02T25:00Z', null],
  ['2026-03-02T10:20', null],
  ['2026-03-02 10:20Z', null],
  ['02 Mar 2026', null],
  ['-5', null],
  ['', null],
])('instant %j: %j', (text, expected) => {
  const atMs = readInstant(text);
  expect(atMs === null ? null : new Date(atMs).toISOString()).toBe(expected);
});

describe('addresses', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['192.0.2.1/32', '192.0.2.1', true],
    ['192.0.2.77/25', '192.0.2.127', true],
    ['192.0.2.77/25', '192.0.2.128', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '192.0.2.1', false],
    ['2001:db8::/32', '2001:db8:ffff::', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1', true],
    ['2001:db8:0:0:1::/80', '2001:db8::1:2:3:4', true],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', true],
    ['::', '0:0:0:0:0:0:0:0', true],
    ['::1', '::1', true],
    ['64:ff9b::192.0.2.0/120', '64:ff9b::c000:2ff', true],
    ['192.0.2.0/24', '::ffff:192.0.2.9', true],
    ['192.0.2.0/24', '::ffff:c000:209', true],
    ['192.0.2.0/24', 'localhost', false],
    ['192.0.2.0/24', '', false],
    ['fe80::/10', 'fe80::1%eth0', false],
  ])('%s holds %s: %s', (range, value, expected) => {
    expect(isWithin(readAddressRange(range)!, value)).toBe(expected);
  });

  test.each([
    '',
    '/',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.1/33',
    '192.0.2.1/',
    '192.0.2.1/-1',
    '192.0.2.1/8/8',
    '192.0.2.1/255.0.0.0',
    '::/129',
    ':::',
    '2001:db8::g',
    'fe80::1%eth0/64',
    '*',
  ])('%j is no range', (text) => {
    expect(readAddressRange(text)).toBeNull();
  });
});
