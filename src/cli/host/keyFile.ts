/**
 * `--verify-signatures FILE`: the access keys listed there, or every fault of the file in the user's language.
 */
import { fillTemplate, type Message, messageText } from '../../core/messages/index.ts';
import type { AccessKey, KeyLineFault } from '../../emulator/signatures/index.ts';
import type { CommandIo } from '../command.ts';
import { readGivenFile } from './files.ts';

/**
 * @returns undefined without a file, null after its faults were printed
 * @throws SpillwayError FILE_UNREADABLE
 */
export async function readKeyFile(
  file: string | undefined,
  io: Pick<CommandIo, 'language' | 'complain'>,
): Promise<readonly AccessKey[] | undefined | null> {
  if (file === undefined) return undefined;
  // Loaded when asked for: most starts verify nothing.
  const { parseKeyFile } = await import('../../emulator/signatures/index.ts');
  const read = parseKeyFile(readGivenFile(file).toString('utf8'), file);
  if (read.ok) return read.value;
  for (const error of read.errors) io.complain(messageText(io.language, error));
  for (const fault of read.lineFaults)
    io.complain(fillTemplate(sentenceOf(fault)[io.language], { ...fault, file } as Record<string, string | number>));
  return null;
}

function sentenceOf(fault: KeyLineFault): Message {
  switch (fault.kind) {
    case 'noKey':
      return sentences.noKey;
    case 'words':
      return fault.count === 1 ? sentences.oneWord : sentences.manyWords;
    case 'accessKeyId':
      return fault.character === null ? sentences.longAccessKeyId : sentences.accessKeyId;
    case 'accessKeyIdAgain':
      return sentences.accessKeyIdAgain;
    case 'secretAccessKey':
      return fault.character === null ? sentences.longSecretAccessKey : sentences.secretAccessKey;
    case 'accountId':
      return fault.found === null ? sentences.noAccountId : sentences.accountId;
    case 'otherAccountId':
      return sentences.otherAccountId;
  }
}

const sentences = {
  noKey: {
    en: '{file}, line {line}: there is no key in the file, expected ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]. Add a line for each key.',
    ko: '{file} {line}행: 파일에 키가 없습니다. 필요한 형식: ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]. 키마다 한 줄씩 추가하세요.',
  },
  oneWord: {
    en: '{file}, line {line}: there is only one word, expected ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]. Write the access key ID and its secret on one line, with a blank between them.',
    ko: '{file} {line}행: 단어가 하나뿐입니다. 필요한 형식: ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]. 액세스 키 ID와 시크릿 액세스 키를 한 줄에 띄어 쓰세요.',
  },
  manyWords: {
    en: '{file}, line {line}: there are {count} words, expected two or three: ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]. Write one key on a line, and remarks after #.',
    ko: '{file} {line}행: 단어가 {count}개입니다. 필요한 형식: ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]. 한 줄에 키 하나만 쓰고, 설명은 # 뒤에 쓰세요.',
  },
  accessKeyId: {
    en: '{file}, line {line}: the first word has the character "{character}", expected an access key ID of A-Z a-z 0-9 . _ - first, then its secret. Correct the ID, or swap the two.',
    ko: '{file} {line}행: 첫 단어에 "{character}" 문자가 있습니다. 액세스 키 ID(A-Z a-z 0-9 . _ -)가 먼저, 시크릿 액세스 키가 그다음입니다. ID를 고치거나 둘의 순서를 바꾸세요.',
  },
  longAccessKeyId: {
    en: '{file}, line {line}: the access key ID is too long, expected 1 to 128 characters. Correct it.',
    ko: '{file} {line}행: 액세스 키 ID가 너무 깁니다. 1~128자로 고치세요.',
  },
  accessKeyIdAgain: {
    en: '{file}, line {line}: the access key ID of line {firstLine} stands here again, expected each once. Leave out one of the two lines.',
    ko: '{file} {line}행: {firstLine}행의 액세스 키 ID가 또 있습니다. 둘 중 한 줄을 지우세요.',
  },
  secretAccessKey: {
    en: '{file}, line {line}: the secret access key has a character that is not ASCII, expected 1 to 128 printable ASCII characters. Copy it again.',
    ko: '{file} {line}행: 시크릿 액세스 키에 ASCII가 아닌 문자가 있습니다. 필요한 값: 출력 가능한 ASCII 문자 1~128자. 다시 복사해 넣으세요.',
  },
  longSecretAccessKey: {
    en: '{file}, line {line}: the secret access key is too long, expected 1 to 128 characters. Copy it again.',
    ko: '{file} {line}행: 시크릿 액세스 키가 너무 깁니다. 1~128자여야 합니다. 다시 복사해 넣으세요.',
  },
  accountId: {
    en: '{file}, line {line}: the account ID is {found}, expected twelve digits. Correct it, or leave it out for the default account.',
    ko: '{file} {line}행: 계정 ID가 {found}입니다. 필요한 값: 12자리 숫자. 고치거나, 기본 계정이면 지우세요.',
  },
  noAccountId: {
    en: '{file}, line {line}: the third word is no account ID, expected twelve digits. Correct it, or leave it out for the default account.',
    ko: '{file} {line}행: 세 번째 단어가 계정 ID가 아닙니다. 필요한 값: 12자리 숫자. 고치거나, 기본 계정이면 지우세요.',
  },
  otherAccountId: {
    en: '{file}, line {line}: the account ID is {found}, but the access key ID {accessKeyId} is an account itself. Leave out the account ID.',
    ko: '{file} {line}행: 계정 ID가 {found}인데 액세스 키 ID {accessKeyId|이/가} 이미 계정을 뜻합니다. 계정 ID를 지우세요.',
  },
} as const satisfies Record<string, Message>;
