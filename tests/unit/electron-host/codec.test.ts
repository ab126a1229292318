import { describe, expect, it } from 'vitest';
import { createCodec } from '../../electron-host/codec.ts';
import { toAppUrl, toWebUrl } from '../../electron-host/schemeUrl.ts';

const codec = createCodec();
const crossed = (value: unknown) => codec.decode(codec.encode(value));

describe('codec', () => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['text', '한글 "\u0000'],
    ['numbers', [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['a big integer', 2n ** 80n],
    ['a date', new Date(5)],
    ['a map', new Map([[{ a: 1 }, new Set([1, undefined])]])],
    ['holes of an object', { a: undefined, b: [undefined] }],
    ['a column', new Float64Array([1, Number.NaN, -0])],
    ['bytes', new Uint8Array([0, 255])],
    ['a buffer', new Uint8Array([1, 2, 3]).buffer],
    ['big columns', new BigInt64Array([-1n])],
    ['an object that looks like our own tag', { $: ['date', 1] }],
    ['nested tags', { a: { $: { $: [] } } }],
  ])('[EL-66] %s crosses', (_what, value) => {
    expect(crossed(value)).toEqual(value);
  });

  it('[EL-66] an error keeps name and message, a view keeps its part only', () => {
    expect(crossed(new TypeError('no'))).toMatchObject({ name: 'TypeError', message: 'no' });
    expect(crossed(new Float64Array([1, 2, 3]).subarray(1, 2))).toEqual(new Float64Array([2]));
  });

  it.each([[() => 1], [Symbol('no')], [{ deep: [() => 1] }]])('[EL-66] %s is refused', (value) => {
    expect(() => codec.encode(value)).toThrow('could not be cloned');
  });
});

it.each([
  ['app://spillway/index.html?a=1#b', 'https://spillway--app.scheme.test/index.html?a=1#b'],
  ['app://spillway/', 'https://spillway--app.scheme.test/'],
  ['https://elsewhere.example/', 'https://elsewhere.example/'],
  ['about:blank', 'about:blank'],
])('[EL-63] %s is shown as %s and back', (appUrl, webUrl) => {
  expect(toWebUrl(appUrl, new Set(['app']))).toBe(webUrl);
  expect(toAppUrl(webUrl)).toBe(appUrl);
});
