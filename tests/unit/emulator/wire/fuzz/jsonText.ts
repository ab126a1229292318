/** JSON as no client should write it. */
import { Buffer } from 'node:buffer';
import type { Chance } from './chance.ts';
import { raw, rawBytes, type Tree } from './tree.ts';

/** JSON that no parser may take, or that only some do. */
export const brokenJson: readonly Tree[] = [
  ...[
    '1e400',
    '-1e400',
    '-',
    '01',
    '0x1F',
    '.5',
    '1.',
    '1_000',
    'NaN',
    'Infinity',
    '-Infinity',
    'undefined',
    'nul',
    'True',
  ],
  ...[
    "'x'",
    '"\\x41"',
    '"\\u12"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\t"',
    '"\u0000"',
    '"',
    '"\\',
    '/*c*/1',
    '//c\n1',
    '1,',
    '1 2',
  ],
  ...[
    '{"a":1,}',
    '[1,]',
    '[,]',
    '{,}',
    '{"a"}',
    '{a:1}',
    '{"a":1 "b":2}',
    '{"a":1,"a":2}',
    '{"__proto__":{"MessageBody":"x"}}',
  ],
  ...[
    '\ufeff1',
    '\u00a01',
    '123456789012345678901234567890',
    '1e-400',
    '-0',
    '1E+2',
    '[1}',
    '{1:2}',
    '"a"b',
    '',
    ' ',
    '\n',
  ],
].map(raw);

/** JSON nested `depth` deep: lists or maps, closed or left open. */
export function deepJson(chance: Chance, depth: number): Tree {
  const [open = '', inner = '', close = ''] = chance.pick([
    ['[', '1', ']'],
    ['{"a":', '1', '}'],
    ['[', '', ''],
    ['{"__proto__":', '{}', '}'],
  ]);
  return rawBytes(Buffer.from(open.repeat(depth) + inner + close.repeat(depth), 'latin1'));
}

const jsonPieces: readonly string[] = [
  ...[
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    '\\ud800',
    '{',
    '}',
    '[',
    ']',
    'null',
    '0',
    '-',
    'e',
    '.',
    ' ',
    '\t',
    '\n',
    '\u0000',
    '\ufeff',
  ],
  ...['"__proto__":1,', '"a":1,', '/**/', "'", '}{', ']]', '\u2028'],
];

/** A sign too many, or one in the place of another. */
export function spoilJsonText(body: Uint8Array, chance: Chance): Uint8Array {
  const text = Buffer.from(body).toString('utf8');
  const at = chance.below(text.length + 1);
  return Buffer.from(text.slice(0, at) + chance.pick(jsonPieces) + text.slice(at + chance.below(2)), 'utf8');
}
