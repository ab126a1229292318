import { describe, expect, it } from 'vitest';
import { messageText } from '../../../../src/core/messages/index.ts';
import { parseKeyFile } from '../../../../src/emulator/signatures/index.ts';

const told = (text: string): string[] => {
  const read = parseKeyFile(text, 'keys');
  return read.ok ? [] : read.errors.map((error) => messageText('en', error));
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
    expect(
      told('ONLY\nA b c d\nA/B secret\nGOOD secret\nGOOD other\nC secret 12\n111122223333 secret 999999999999'),
    ).toEqual([
      expect.stringMatching(/^keys, line 1: .* is 1, expected ACCESS_KEY_ID SECRET_ACCESS_KEY \[ACCOUNT_ID\]\.$/),
      expect.stringMatching(/^keys, line 2: .* is 4, expected/),
      expect.stringMatching(/^keys, line 3: ACCESS_KEY_ID is "A\/B", expected A-Z a-z 0-9/),
      expect.stringMatching(/^keys, line 5: ACCESS_KEY_ID is "GOOD" × 2/),
      expect.stringMatching(/^keys, line 6: ACCOUNT_ID is "12", expected 0-9 \(12\)/),
      expect.stringMatching(/^keys, line 7: ACCOUNT_ID is "999999999999", expected "111122223333"/),
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
      expect.stringMatching(/^keys, line 3: accessKeys\[1\]\.accessKeyId: "A" × 2/),
      expect.stringMatching(/^keys, line 4: accessKeys\[2\]\.accessKeyId is "C D"/),
      expect.stringMatching(/^keys, line 4: accessKeys\[2\]\.secretAccessKey: ≠ ASCII/),
      expect.stringMatching(/^keys, line 5: accessKeys\[3\]\.accessKeyId is missing/),
      expect.stringMatching(/^keys, line 6: accessKeys\[4\]\.accountId is "1", expected 0-9 \(12\)/),
      expect.stringMatching(/^keys, line 7: accessKeys\[5\] is "F"/),
    ]);
  });

  it.each(['', '\n# nothing\n', '[]'])('%j holds no key', (text) => {
    expect(told(text)).toEqual([expect.stringMatching(/^keys, line 1: keys is empty, expected ACCESS_KEY_ID/)]);
  });

  it('of broken JSON', () => {
    expect(told('[{"accessKeyId": "A",')[0]).toMatch(/^keys, line \d: /);
  });
});
