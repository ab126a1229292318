/** Broken HTTP/1.1 and HTTP/2, made from good requests. */
import { Buffer } from 'node:buffer';
import type { Chance } from './chance.ts';
import { damage } from './damage.ts';
import type { Draft } from './envelope.ts';
import { httpBytes } from './rawSockets.ts';

const lengths: readonly string[] = [
  ...[
    '-1',
    '+5',
    '0x10',
    '1e3',
    '',
    ' ',
    '5 5',
    '5,5',
    '18446744073709551616',
    '99999999999999999999999',
    '5.0',
    'abc',
    '\u0665',
  ],
  ...['1', '4096', '16777217', '2147483648'],
];

const chunkings: readonly string[] = [
  ...[
    '0\r\n\r\n',
    'zz\r\nabc\r\n0\r\n\r\n',
    '-1\r\nabc\r\n',
    'ffffffffffffffffff\r\n',
    '5\r\nabc\r\n0\r\n\r\n',
    '3\nabc\n0\n\n',
    '3;x=y\r\nabc\r\n0\r\n\r\n',
  ],
  ...[
    '3\r\nabcdef\r\n',
    `3;${'x'.repeat(20_000)}\r\nabc\r\n0\r\n\r\n`,
    '3\r\nabc\r\n0\r\nContent-Length: 5\r\nX: y\r\n\r\n',
    '',
    '\r\n\r\n',
  ],
];

const heads: readonly string[] = [
  ...[
    '',
    '\r\n',
    '\r\n\r\n',
    '\n\n',
    '\u0000',
    ' GET / HTTP/1.1',
    'GET  / HTTP/1.1',
    'GET / HTTP/9.9',
    'GET / HTTP/1.1 x',
    'GET /',
  ],
  ...[
    'GET http://[::1 HTTP/1.1',
    'GET //x HTTP/1.1',
    'get / HTTP/1.1',
    'POST * HTTP/1.1',
    'CONNECT a:1 HTTP/1.1',
    'TRACE / HTTP/1.1',
  ],
  ...[
    'PRI * HTTP/1.1',
    'PRI * HTTP/2.',
    'GET /\u00ff HTTP/1.1',
    'GET /\u0000 HTTP/1.1',
    `GET /${'a'.repeat(40_000)} HTTP/1.1`,
    '\u0016\u0003\u0001\u0002\u0000',
  ],
];

const headerLines: readonly string[] = [
  ...[
    ': x',
    'x',
    'x : y',
    ' x: y',
    'x: \u0000',
    'x: \u0007',
    '\u00e9: y',
    'x\r: y',
    'host: a\r\nhost: b',
    'x: a\r\n b',
    'x:\r\n\ty',
  ],
  ...[
    'transfer-encoding: chunked',
    'transfer-encoding: gzip, chunked',
    'transfer-encoding: identity',
    'transfer-encoding: chunked, chunked',
  ],
  ...[
    'content-length: 5\r\ncontent-length: 6',
    'content-length: 5\r\ntransfer-encoding: chunked',
    'expect: 100-continue',
    'expect: a miracle',
  ],
  ...[
    'connection: upgrade\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__',
    'connection: upgrade\r\nupgrade: websocket',
    'connection: x, close',
  ],
  ...[
    `x: ${'y'.repeat(70_000)}`,
    Array.from({ length: 3_000 }, (_, n) => `x-${n}: y`).join('\r\n'),
    '__proto__: x',
    'constructor: x',
  ],
];

/** The pieces that are written one after another; the client then says no more. */
export function brokenHttp1(draft: Draft, chance: Chance): Uint8Array[] {
  const good = httpBytes(draft);
  const body = Buffer.from(draft.body);
  return chance.weighted<() => Uint8Array[]>([
    [4, () => [httpBytes(draft, { 'content-length': chance.pick(lengths) })]],
    // Half a request, in one piece or in some.
    [4, () => [good.subarray(0, chance.below(good.length))]],
    [2, () => splitUp(good.subarray(0, chance.below(good.length)), chance)],
    [2, () => splitUp(good, chance)],
    [5, () => [Buffer.from(damage(good, chance))]],
    [2, () => [Buffer.from(`${chance.pick(heads)}\r\nhost: x\r\n\r\n`, 'latin1')]],
    [2, () => [Buffer.from(chance.pick(heads), 'latin1'), good]],
    [4, () => [Buffer.from(`POST / HTTP/1.1\r\nhost: x\r\n${chance.pick(headerLines)}\r\n\r\n`, 'latin1'), body]],
    [
      3,
      () => [
        Buffer.from(
          `POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${chance.pick(chunkings)}`,
          'latin1',
        ),
      ],
    ],
    // Several at once, with something else between them or after.
    [3, () => [Buffer.concat([good, good, Buffer.from(chance.pick(heads), 'latin1'), good])]],
    [1, () => [Buffer.concat(new Array<Buffer>(30).fill(good)), Buffer.from('junk')]],
    [1, () => [Buffer.from(Array.from({ length: 300 }, () => chance.below(256)))]],
  ])();
}

function splitUp(bytes: Buffer, chance: Chance): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length && pieces.length < 12; ) {
    const next = pieces.length === 11 ? bytes.length : Math.min(bytes.length, at + 1 + chance.below(60));
    pieces.push(bytes.subarray(at, next));
    at = next;
  }
  return pieces;
}

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
const settings = frame(4, 0, 0);

function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = new Uint8Array(0),
  length = payload.length,
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(length & 0xff_ffff, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream >>> 0, 5);
  return Buffer.concat([head, payload]);
}

/** `:method POST`, `:scheme http`, `:path /`, of the static table. */
const shortHeaders = Buffer.from([0x83, 0x86, 0x84]);

const payloads: readonly Buffer[] = [
  ...[
    '',
    '00',
    '00000000',
    'ffffffff',
    '7fffffff',
    '0000000000000000',
    '838684',
    '8386',
    'ff',
    '80',
    'c0',
    '4000',
    '400161',
  ].map((hex) => Buffer.from(hex, 'hex')),
  // HPACK: an index far beyond the tables, a length without an end, a text that is longer than the block, a table of 4 GiB.
  ...['ffffffffff0f', '7fffffffffffffffffffff', '40ff', '00ffffff7f61', '3fe1ffffff0f', '5f8a'].map((hex) =>
    Buffer.from(hex, 'hex'),
  ),
  ...['000100000000', '000400000000', '0004ffffffff', '000500000001', '00010000000000'].map((hex) =>
    Buffer.from(hex, 'hex'),
  ),
  Buffer.concat([shortHeaders, Buffer.from('0001610162', 'hex')]),
  Buffer.alloc(20_000, 0x61),
];

export function brokenHttp2(chance: Chance): Uint8Array[] {
  const any = (): Buffer =>
    frame(
      chance.odds(0.9) ? chance.below(11) : chance.below(256),
      chance.pick([0, 1, 4, 5, 8, 0x20, 0x2d, 0xff]),
      chance.pick([0, 1, 1, 1, 2, 3, 0x7fff_ffff, 0xffff_ffff]),
      chance.pick(payloads),
    );
  const some = (most: number): Buffer[] => Array.from({ length: 1 + chance.below(most) }, any);
  return chance.weighted<() => Uint8Array[]>([
    [3, () => [preface.subarray(0, chance.below(preface.length + 1))]],
    [3, () => [preface, Buffer.from(Array.from({ length: 1 + chance.below(200) }, () => chance.below(256)))]],
    [8, () => [Buffer.concat([preface, settings, ...some(6)])]],
    [4, () => [Buffer.concat([preface, settings, frame(1, 4, 1, shortHeaders), ...some(6)])]],
    // Frames that say they are longer, or shorter, than they are.
    [
      2,
      () => [
        Buffer.concat([
          preface,
          settings,
          frame(chance.below(10), 0, 1, shortHeaders, chance.pick([0, 1, 16_384, 0xff_ffff])),
        ]),
      ],
    ],
    // Many of one kind: pings, resets, settings, headers that go on and on, empty data.
    [2, () => [Buffer.concat([preface, settings, ...repeated(chance)])]],
    [3, () => [Buffer.from(damage(Buffer.concat([preface, settings, frame(1, 5, 1, shortHeaders)]), chance))]],
  ])();
}

function repeated(chance: Chance): Buffer[] {
  const one = chance.pick([
    [frame(6, 0, 0, Buffer.alloc(8))],
    [frame(1, 5, 1, shortHeaders), frame(3, 0, 1, Buffer.alloc(4))],
    [settings],
    [frame(9, 0, 1, Buffer.alloc(100, 0x61))],
    [frame(0, 0, 1)],
    [frame(8, 0, 0, Buffer.from('7fffffff', 'hex'))],
  ]);
  const open = frame(1, 0, 1, shortHeaders);
  return [open, ...Array.from({ length: 500 }, () => one).flat()];
}
