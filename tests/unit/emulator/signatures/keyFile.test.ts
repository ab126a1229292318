import { describe, expect, it } from 'vitest';
import { messageText } from '../../../../src/core/messages/index.ts';
import { type KeyLineFault, parseKeyFile } from '../../../../src/emulator/signatures/index.ts';

const told = (text: string): string[] => {
  const read = parseKeyFile(text, 'keys');
  return read.ok ? [] : read.errors.map((error) => messageText('en', error));
};

const lineFaultsOf = (text: string): readonly KeyLineFault[] => {
  const read = parseKeyFile(text, 'keys');
  return read.ok ? [] : read.lineFaults;
};

describe('reads', () => {
  const both = [
    { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a/b+c=', accountId: null },
    { accessKeyId: 'AKIDOTHER', secretAccessKey: 'x', accountId: '111122223333' },
    { accessKeyId: '222233334444', secretAccessKey: 'y', accountId: '222233334444' },
  ];

  it.each([
    ['lines', 'AKIDEXAMPLE a/b+c=\n\n# ours\nAKIDOTHER\tx  111122223333  # a team\n222233334444,y,222233334444\n'],
    ['lines of Windows', 'AKIDEXAMPLE a/b+c=\r\nAKIDOTHER x 111122223333\r\n222233334444 y 222233334444\r\n'],
    ['JSON', JSON.stringify(both.map(({ accountId, ...key }) => (accountId === null ? key : { ...key, accountId })))],
    [
      'JSON over lines',
      `\n${JSON.stringify(both.slice(0, 1)).replace(',"accountId":null', '').slice(0, -1)},\n ${JSON.stringify(both.slice(1)).slice(1)}\n`,
    ],
  ])('%s', (_what, text) => {
    expect(parseKeyFile(text, 'keys')).toEqual({ ok: true, value: both });
  });

  it('a secret with the sign of a remark in it', () => {
    expect(parseKeyFile('A b#c', 'keys')).toMatchObject({ ok: true, value: [{ secretAccessKey: 'b#c' }] });
  });
});

describe('tells every fault with its line', () => {
  it('of lines', () => {
    const text = 'ONLY\nA b c d\nA/B secret\nGOOD secret\nGOOD other\nC secret 12\n111122223333 secret 999999999999';
    expect(lineFaultsOf(`${text}\nD sécret\nE f secret\n${'F'.repeat(129)} g\nG ${'h'.repeat(129)}`)).toEqual([
      { line: 1, kind: 'words', count: 1 },
      { line: 2, kind: 'words', count: 4 },
      { line: 3, kind: 'accessKeyId', character: '/' },
      { line: 5, kind: 'accessKeyIdAgain', firstLine: 4 },
      { line: 6, kind: 'accountId', found: '12' },
      { line: 7, kind: 'otherAccountId', found: '999999999999', accessKeyId: '111122223333' },
      { line: 8, kind: 'secretAccessKey', character: 'é' },
      // It may be the secret.
      { line: 9, kind: 'accountId', found: null },
      { line: 10, kind: 'accessKeyId', character: null },
      { line: 11, kind: 'secretAccessKey', character: null },
    ]);
  });

  it('of JSON', () => {
    const text = `[
  {"accessKeyId": "A", "secretAccessKey": "b", "acountId": "111122223333"},
  {"accessKeyId": "A", "secretAccessKey": "b"},
  {"accessKeyId": "C D", "secretAccessKey": "two words"},
  {"secretAccessKey": "x"},
  {"accessKeyId": "E", "secretAccessKey": "x", "accountId": "1"},
  "F"
]`;
    expect(told(text)).toEqual([
      expect.stringMatching(
        /^keys, line 2: accessKeys\[0\]\.acountId is not a field here\. Fields: accessKeyId, secretAccessKey, accountId/,
      ),
      expect.stringMatching(/^keys, line 3: accessKeys\[1\]\.accessKeyId: × 2/),
      expect.stringMatching(/^keys, line 4: accessKeys\[2\]\.accessKeyId is …, expected A-Z/),
      expect.stringMatching(/^keys, line 4: accessKeys\[2\]\.secretAccessKey: ≠ ASCII/),
      expect.stringMatching(/^keys, line 5: accessKeys\[3\]\.accessKeyId is missing/),
      expect.stringMatching(/^keys, line 6: accessKeys\[4\]\.accountId is "1", expected 0-9 \(12\)/),
      expect.stringMatching(/^keys, line 7: accessKeys\[5\] is …, expected/),
    ]);
  });

  it.each(['', '\n# nothing\n', '[]'])('%j holds no key', (text) => {
    expect(lineFaultsOf(text)).toEqual([{ line: 1, kind: 'noKey' }]);
  });

  it('of broken JSON', () => {
    expect(told('[{"accessKeyId": "A",')[0]).toMatch(/^keys, line \d: /);
  });
});
