/** Values that no shape expects: what a hostile, broken or merely careless client puts in the place of a good one. */
import { Buffer } from 'node:buffer';
import type { Chance } from './chance.ts';
import { leaf, type Tree } from './tree.ts';

/** Names that mean something to JavaScript, to XML, or to nobody. */
export const oddNames: readonly string[] = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'length'],
  ...['', ' ', '.', '..', '0', '-1', '1e9', 'member', 'entry', 'Name', 'Value', 'key', 'value', '*', '%', '\u0000'],
  ...['\ud800', '\ufeff', 'a'.repeat(300), '<x>', '&amp;', ']]>', 'null', 'undefined', 'then', 'toJSON'],
];

export const oddTexts: readonly string[] = [
  ...oddNames,
  // Not XML, not UTF-8's, or at the edges of planes.
  ...['\u0001', '\u000b', '\u001f', '\u007f', '\u0085', '\ufffe', '\uffff', '\udc00\ud800', '\u{10ffff}', '\u202e'],
  ...[
    '<!DOCTYPE x [<!ENTITY e "e">]>',
    '&e;',
    '&#0;',
    '&#x0;',
    '<![CDATA[',
    '<?xml version="1.0"?>',
    '</Error>',
    '\r\n\t',
  ],
  // Numbers and dates in dress.
  ...['NaN', 'Infinity', '-Infinity', '1e400', '-0', '0x10', '1_000', '9'.repeat(400), '-1', '1.5', '+5', ' 5', '５'],
  ...['2026-02-30T00:00:00Z', '+275760-09-13T00:00:00.001Z', '-271821-04-19T23:59:59Z', 'yesterday', '0', '1e3'],
  // JSON inside of text.
  ...[
    '{}',
    '[]',
    'null',
    '{"a":',
    '{"__proto__":{"x":1}}',
    '[[[[[[',
    '"',
    '{"deadLetterTargetArn":1,"maxReceiveCount":null}',
  ],
  ...[
    '{"maxReceiveCount":1e999,"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:orders"}',
    '{"Statement":null}',
  ],
  ...[
    '{"Statement":[{"Effect":"Allow","Principal":{"AWS":[null]},"Action":{},"Resource":1}]}',
    '{"redrivePermission":[]}',
  ],
  ...['{"redrivePermission":"byQueue","sourceQueueArns":{}}', '{"recentDatapoints":{"length":-1}}'],
  // Addresses, ARNs, tokens and expressions.
  ...[
    'http://',
    'http://x/000000000000/orders',
    '/000000000000/orders',
    '/queue/orders',
    'http://h/1/2/3/4',
    'file:///etc',
  ],
  ...[
    'arn:',
    'arn:aws:sqs:::',
    'arn:aws:sqs:us-east-1:000000000000:',
    'arn:aws:kinesis:us-east-1:000000000000:stream/',
  ],
  ...[
    'arn:aws:autoscaling:::x:autoScalingGroupName/',
    'shardId-',
    'shardId-999999999999',
    '340282366920938463463374607431768211456',
  ],
  ...[
    'aTF8Y2xpY2tzfDB8MHwwfDA=',
    'cDF8Y2xpY2tzfE5hTnxOYU58eHxOYU58TmFO',
    'LTE',
    'MSwyLDM',
    'MTAwMDAwMDAwMDAwMDAw',
    '====',
    'AAAA',
  ],
  ...[
    'm1',
    'm1/0',
    '('.repeat(200),
    `${'-'.repeat(500)}1`,
    'IF(',
    'SUM(METRICS("\'"))',
    'FILL(m1,REPEAT)',
    'm1 m2',
    '1e400*m1',
  ],
  ...[
    'a'.repeat(3_000),
    'é'.repeat(1_000),
    'AWS/',
    ':',
    '-',
    '_',
    '.fifo',
    'a.fifo',
    'orders',
    'String',
    'Number.',
    'Binary',
  ],
];

const oddNumbers: readonly (number | bigint)[] = [
  ...[
    -1,
    0,
    -0,
    1,
    0.5,
    1.5,
    1e-320,
    1e21,
    1e308,
    -1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ],
  ...[2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53, -(2 ** 53), 8.64e12, 8.64e15, 8.64e15 + 1, -8.64e15],
  ...[1772409600, 1772409600000, 99, 100, 101, 901, 10_000, 10_001, 43_200, 43_201, 100_801, 86_400],
  ...[2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n, -(2n ** 64n)],
];

/** Made anew each time, because trees are changed in place. */
const few: readonly (() => Tree)[] = [
  () => leaf(null),
  () => leaf(true),
  () => leaf(false),
  () => leaf(new Uint8Array(0)),
  () => leaf(Uint8Array.of(0, 255, 128)),
  () => ({ kind: 'list', items: [] }),
  () => ({ kind: 'list', items: [leaf(null)] }),
  () => ({ kind: 'list', items: [leaf('a'), leaf(1), leaf(true)] }),
  () => ({ kind: 'map', entries: [] }),
  () => ({ kind: 'map', entries: [['__proto__', leaf('x')]] }),
  () => ({ kind: 'map', entries: [['constructor', { kind: 'map', entries: [['prototype', leaf(1)]] }]] }),
  () => ({ kind: 'map', entries: [['toJSON', leaf('x')]] }),
  () => ({ kind: 'map', entries: [['tag', leaf(1)]] }),
  () => ({ kind: 'time', ms: -1 }),
  () => ({ kind: 'time', ms: 8.64e15 }),
  () => ({ kind: 'time', ms: 8.64e15 + 1 }),
  () => ({ kind: 'time', ms: Number.NaN }),
];

export function oddTree(chance: Chance): Tree {
  return chance.weighted<() => Tree>([
    [5, () => leaf(chance.pick(oddTexts))],
    [4, () => leaf(chance.pick(oddNumbers))],
    [3, () => chance.pick(few)()],
  ])();
}

/** An odd value of the same kind as the given one. */
export function oddLeaf(chance: Chance, value: unknown): Tree {
  if (typeof value === 'string') return leaf(chance.pick(oddTexts));
  return typeof value === 'number' ? leaf(chance.pick(oddNumbers)) : oddTree(chance);
}

/** A text near the given one: a letter changed, cut short, doubled; or, in base64, its content changed so. */
export function nearText(chance: Chance, text: string): string {
  if (text.length >= 4 && chance.odds(0.3) && /^[\w+/-]+=*$/.test(text)) {
    const inner = Buffer.from(text, 'base64').toString('latin1');
    return Buffer.from(nearPlain(chance, inner), 'latin1').toString('base64');
  }
  return nearPlain(chance, text);
}

function nearPlain(chance: Chance, text: string): string {
  const at = chance.below(text.length + 1);
  const insert = chance.pick([
    '',
    '0',
    '9',
    '-',
    '|',
    ',',
    ':',
    '/',
    '.',
    ' ',
    'x',
    '\u0000',
    '\ud83d',
    '99999999999999',
  ]);
  return chance.weighted<() => string>([
    [4, () => text.slice(0, at) + insert + text.slice(at + 1)],
    [3, () => text.slice(0, at) + insert + text.slice(at)],
    [2, () => text.slice(0, at)],
    [1, () => text.slice(at)],
    [1, () => text + text],
    [1, () => text.toUpperCase()],
  ])();
}

export function nearNumber(chance: Chance, number: number): number {
  return chance.pick([
    -number,
    number + 1,
    number - 1,
    number + 0.5,
    number * 10,
    number * 1_000,
    number * 1e9,
    number / 3,
  ]);
}
