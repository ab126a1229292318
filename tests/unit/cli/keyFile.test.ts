import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKeyFile } from '../../../src/cli/host/keyFile.ts';
import { listener } from './words.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-keys-'));
  file = path.join(folder, 'keys');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function complaintsAbout(text: string): Promise<Record<'en' | 'ko', string[]>> {
  writeFileSync(file, text);
  const [en, ko] = [listener('en'), listener('ko')];
  expect(await readKeyFile(file, en)).toBeNull();
  expect(await readKeyFile(file, ko)).toBeNull();
  return { en: en.complaints, ko: ko.complaints };
}

describe('a fault of a key file is told with its line, what was expected and how to fix it, in both languages', () => {
  const form = 'ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]';
  it.each([
    {
      text: 'AKIDEXAMPLE',
      en: `line 1: there is only one word, expected ${form}. Write the access key ID and its secret on one line, with a blank between them.`,
      ko: `1행: 단어가 하나뿐입니다. 필요한 형식: ${form}. 액세스 키 ID와 시크릿 액세스 키를 한 줄에 띄어 쓰세요.`,
    },
    {
      text: '# ours\nA b c d',
      en: `line 2: there are 4 words, expected two or three: ${form}. Write one key on a line, and remarks after #.`,
      ko: `2행: 단어가 4개입니다. 필요한 형식: ${form}. 한 줄에 키 하나만 쓰고, 설명은 # 뒤에 쓰세요.`,
    },
    {
      text: 'se/cret AKIDEXAMPLE',
      en: 'line 1: the first word has the character "/", expected an access key ID of A-Z a-z 0-9 . _ - first, then its secret. Correct the ID, or swap the two.',
      ko: '1행: 첫 단어에 "/" 문자가 있습니다. 액세스 키 ID(A-Z a-z 0-9 . _ -)가 먼저, 시크릿 액세스 키가 그다음입니다. ID를 고치거나 둘의 순서를 바꾸세요.',
    },
    {
      text: `${'A'.repeat(129)} secret`,
      en: 'line 1: the access key ID is too long, expected 1 to 128 characters. Correct it.',
      ko: '1행: 액세스 키 ID가 너무 깁니다. 1~128자로 고치세요.',
    },
    {
      text: 'A secret\n\nA other',
      en: 'line 3: the access key ID of line 1 stands here again, expected each once. Leave out one of the two lines.',
      ko: '3행: 1행의 액세스 키 ID가 또 있습니다. 둘 중 한 줄을 지우세요.',
    },
    {
      text: 'A sécret',
      en: 'line 1: the secret access key has a character that is not ASCII, expected 1 to 128 printable ASCII characters. Copy it again.',
      ko: '1행: 시크릿 액세스 키에 ASCII가 아닌 문자가 있습니다. 필요한 값: 출력 가능한 ASCII 문자 1~128자. 다시 복사해 넣으세요.',
    },
    {
      text: `A ${'s'.repeat(129)}`,
      en: 'line 1: the secret access key is too long, expected 1 to 128 characters. Copy it again.',
      ko: '1행: 시크릿 액세스 키가 너무 깁니다. 1~128자여야 합니다. 다시 복사해 넣으세요.',
    },
    {
      text: 'A secret 12',
      en: 'line 1: the account ID is 12, expected twelve digits. Correct it, or leave it out for the default account.',
      ko: '1행: 계정 ID가 12입니다. 필요한 값: 12자리 숫자. 고치거나, 기본 계정이면 지우세요.',
    },
    {
      text: 'A B secret',
      en: 'line 1: the third word is no account ID, expected twelve digits. Correct it, or leave it out for the default account.',
      ko: '1행: 세 번째 단어가 계정 ID가 아닙니다. 필요한 값: 12자리 숫자. 고치거나, 기본 계정이면 지우세요.',
    },
    {
      text: '111122223333 secret 999999999999',
      en: 'line 1: the account ID is 999999999999, but the access key ID 111122223333 is an account itself. Leave out the account ID.',
      ko: '1행: 계정 ID가 999999999999인데 액세스 키 ID 111122223333이 이미 계정을 뜻합니다. 계정 ID를 지우세요.',
    },
    {
      text: '# nothing',
      en: `line 1: there is no key in the file, expected ${form}. Add a line for each key.`,
      ko: `1행: 파일에 키가 없습니다. 필요한 형식: ${form}. 키마다 한 줄씩 추가하세요.`,
    },
  ])('$text', async ({ text, en, ko }) => {
    expect(await complaintsAbout(text)).toEqual({ en: [`${file}, ${en}`], ko: [`${file} ${ko}`] });
  });

  it('every line that is wrong, and JSON as well', async () => {
    expect((await complaintsAbout('A\nB secret\nC')).en).toEqual([
      expect.stringContaining('line 1: '),
      expect.stringContaining('line 3: '),
    ]);
    const json = await complaintsAbout('[{"accessKeyId": "A B", "secretAccessKey": "s"}]');
    expect(json.en).toEqual([expect.stringMatching(/line 1: accessKeys\[0\]\.accessKeyId is …, expected A-Z/)]);
    expect(json.ko).toEqual([expect.stringMatching(/1행: accessKeys\[0\]\.accessKeyId 값이 …입니다/)]);
  });
});

// As long as AWS's are, with and without the characters that no access key ID has.
const secrets = [
  'wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  '4815162342481516',
];

describe('no fault shows a secret, wherever it stands', () => {
  it.each(
    secrets.flatMap((secret) =>
      [
        secret,
        `${secret} é`,
        `${secret} AKIDEXAMPLE 12`,
        `${secret} x\n${secret} y`,
        `AKIDEXAMPLE x ${secret}`,
        `AKIDEXAMPLE ${secret} 12`,
        `AKIDEXAMPLE ${secret} 111122223333 x`,
        `["${secret}"]`,
        `[{accessKeyId A secretAccessKey ${secret}}]`,
        `[? {"secretAccessKey": "${secret}"}]`,
        `[{"accessKeyId": "${secret} ", "secretAccessKey": "A"}]`,
        `[{"accessKeyId": "A", "secretAccessKey": "x", "accountId": "${secret}"}]`,
        `[{"accessKeyId": "A B", "secretAccessKey": "${secret}"}]`,
        `[{"accessKeyId": "A", "secretAccessKey": ["${secret}"]}]`,
        `[{"accessKeyId": "A", "secretAccessKey": "${secret}", "accountId": "1"}]`,
        `[{"accessKeyId": "A", "secretAccessKey": "${secret} é"}]`,
      ].map((text) => ({ text, secret })),
    ),
  )('$text', async ({ text, secret }) => {
    const { en, ko } = await complaintsAbout(text);
    expect(en).not.toEqual([]);
    for (const line of [...en, ...ko]) expect(line).not.toContain(secret);
  });
});
