/**
 * The access keys that a person lists for `--verify-signatures`: a JSON array, or a line for each key.
 *
 * Every fault is told with its line, none with the text of a secret. Words may stand in the wrong order, so no word of a line is told
 * but digits. Who asked for the file puts the faults of lines into sentences.
 */
import type { ErrorValue } from '../../core/errors.ts';
import { type Fields, type ReadFile, readYaml } from '../scenarios/fields.ts';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** null: an id of twelve digits is the account itself, any other belongs to the default account. */
  readonly accountId: string | null;
}

/** What is wrong with a line of a key file that is no JSON. */
export type KeyLineFault = { readonly line: number } & (
  | { readonly kind: 'noKey' }
  | { readonly kind: 'words'; readonly count: number }
  /** null: it is too long. */
  | { readonly kind: 'accessKeyId'; readonly character: string | null }
  | { readonly kind: 'accessKeyIdAgain'; readonly firstLine: number }
  /** null: it is too long. */
  | { readonly kind: 'secretAccessKey'; readonly character: string | null }
  /** null: not digits only, so that it may be the secret. */
  | { readonly kind: 'accountId'; readonly found: string | null }
  /** Of an access key ID that is an account itself. */
  | { readonly kind: 'otherAccountId'; readonly found: string; readonly accessKeyId: string }
);

export type ReadKeys =
  | { readonly ok: true; readonly value: readonly AccessKey[] }
  | { readonly ok: false; readonly errors: readonly ErrorValue[]; readonly lineFaults: readonly KeyLineFault[] };

const idForm = /^[\w.-]{1,128}$/;
const secretForm = /^[\x21-\x7e]{1,128}$/;
const accountForm = /^\d{12}$/;

const expected = {
  id: 'A-Z a-z 0-9 . _ - (1..128)',
  secret: 'ASCII (1..128)',
  account: '0-9 (12)',
} as const;

/**
 * `[{"accessKeyId": …, "secretAccessKey": …, "accountId": …}, …]`, or lines `ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]` with blanks or
 * commas between and `#` before remarks. The account may be left out.
 *
 * @param file its name, for the faults
 */
export function parseKeyFile(text: string, file: string): ReadKeys {
  const read = text.trimStart().startsWith('[') ? parseJson(text, file) : parseLines(text);
  if (!read.ok || read.value.length > 0) return read;
  return { ok: false, errors: [], lineFaults: [{ line: 1, kind: 'noKey' }] };
}

function parseJson(text: string, file: string): ReadKeys {
  // As a field of a mapping, on the line it stands: the reader of scenarios then tells lines and fields.
  const read: ReadFile<readonly AccessKey[]> = readYaml(`{"accessKeys": ${text}\n}`, file, (root) => {
    const ids = new Set<string>();
    return root.list('accessKeys', (fields) => readKey(fields, ids));
  });
  return read.ok ? read : { ok: false, errors: read.errors.map(withoutSecret), lineFaults: [] };
}

/** Any value but an account may be a secret in the wrong place, or hold one; so may a name that does not look like one. */
function withoutSecret(error: ErrorValue): ErrorValue {
  const { field, found } = error.params;
  if (error.code === 'FILE_FIELD_UNKNOWN') {
    const shown = String(field).replace(/(?<=^accessKeys\[\d+\]\.)(?![A-Za-z]{1,20}$).*$/s, '…');
    return { ...error, params: { ...error.params, field: shown } };
  }
  if (found === undefined || (/^"?\d{1,12}"?$/.test(String(found)) && String(field).endsWith('.accountId')))
    return error;
  return { ...error, params: { ...error.params, found: '…' } };
}

function readKey(fields: Fields, ids: Set<string>): AccessKey {
  const accessKeyId = fields.text('accessKeyId');
  const secretAccessKey = fields.text('secretAccessKey');
  const accountId = fields.has('accountId') ? fields.text('accountId') : null;
  if (!idForm.test(accessKeyId)) fields.invalid('accessKeyId', expected.id);
  else if (ids.has(accessKeyId)) fields.refuse('accessKeyId', '× 2');
  if (secretAccessKey !== '' && !secretForm.test(secretAccessKey))
    fields.refuse('secretAccessKey', `≠ ${expected.secret}`);
  if (accountId !== null && !isAccountOf(accessKeyId, accountId))
    fields.invalid('accountId', expectedAccount(accessKeyId));
  ids.add(accessKeyId);
  return { accessKeyId, secretAccessKey, accountId };
}

function parseLines(text: string): ReadKeys {
  const keys: AccessKey[] = [];
  const lineFaults: KeyLineFault[] = [];
  const lineOfId = new Map<string, number>();
  text.split('\n').forEach((raw, index) => {
    const words = raw
      .replace(/(^|\s)#.*$/, '')
      .split(/[\s,]+/)
      .filter((word) => word !== '');
    if (words.length === 0) return;
    const line = index + 1;
    const read = readLine(words, line, lineOfId);
    if ('kind' in read) lineFaults.push(read);
    else keys.push(read);
    if (!lineOfId.has(words[0]!)) lineOfId.set(words[0]!, line);
  });
  return lineFaults.length > 0 ? { ok: false, errors: [], lineFaults } : { ok: true, value: keys };
}

function readLine(
  words: readonly string[],
  line: number,
  lineOfId: ReadonlyMap<string, number>,
): AccessKey | KeyLineFault {
  const [accessKeyId = '', secretAccessKey = '', accountId = null] = words;
  if (words.length < 2 || words.length > 3) return { line, kind: 'words', count: words.length };
  if (!idForm.test(accessKeyId)) return { line, kind: 'accessKeyId', character: firstOf(/[^\w.-]/u, accessKeyId) };
  const firstLine = lineOfId.get(accessKeyId);
  if (firstLine !== undefined) return { line, kind: 'accessKeyIdAgain', firstLine };
  if (!secretForm.test(secretAccessKey))
    return { line, kind: 'secretAccessKey', character: firstOf(/[^\x21-\x7e]/u, secretAccessKey) };
  if (accountId === null || isAccountOf(accessKeyId, accountId)) return { accessKeyId, secretAccessKey, accountId };
  if (!accountForm.test(accountId))
    return { line, kind: 'accountId', found: /^\d{1,12}$/.test(accountId) ? accountId : null };
  return { line, kind: 'otherAccountId', found: accountId, accessKeyId };
}

const firstOf = (character: RegExp, text: string): string | null => character.exec(text)?.[0] ?? null;

/** An id of twelve digits says its account already. */
function isAccountOf(accessKeyId: string, accountId: string): boolean {
  return accountForm.test(accountId) && (!accountForm.test(accessKeyId) || accessKeyId === accountId);
}

const expectedAccount = (accessKeyId: string): string =>
  accountForm.test(accessKeyId) ? `"${accessKeyId}"` : expected.account;
