/**
 * The access keys that a person lists for `--verify-signatures`: a JSON array, or a line for each key.
 *
 * Every fault is told with its line; the text of a secret is not shown.
 */
import type { ErrorValue } from '../../core/errors.ts';
import { type Fields, type ReadFile, readYaml } from '../scenarios/fields.ts';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** null: an id of twelve digits is the account itself, any other belongs to the default account. */
  readonly accountId: string | null;
}

const idForm = /^[\w.-]{1,128}$/;
const secretForm = /^[\x21-\x7e]{1,128}$/;
const accountForm = /^\d{12}$/;

const expected = {
  id: 'A-Z a-z 0-9 . _ - (1..128)',
  secret: 'ASCII (1..128)',
  account: '0-9 (12)',
  line: 'ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]',
} as const;

/**
 * `[{"accessKeyId": …, "secretAccessKey": …, "accountId": …}, …]`, or lines `ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID]` with blanks or
 * commas between and `#` before remarks. The account may be left out.
 *
 * @param file its name, for the faults
 */
export function parseKeyFile(text: string, file: string): ReadFile<readonly AccessKey[]> {
  const read = text.trimStart().startsWith('[') ? parseJson(text, file) : parseLines(text, file);
  if (!read.ok || read.value.length > 0) return read;
  return { ok: false, errors: [invalid({ file, line: 1, field: file, found: 'empty', expected: expected.line })] };
}

function parseJson(text: string, file: string): ReadFile<readonly AccessKey[]> {
  // As a field of a mapping, on the line it stands: the reader of scenarios then tells lines and fields.
  return readYaml(`{"accessKeys": ${text}\n}`, file, (root) => {
    const ids = new Set<string>();
    return root.list('accessKeys', (fields) => readKey(fields, ids));
  });
}

function readKey(fields: Fields, ids: Set<string>): AccessKey {
  const accessKeyId = fields.text('accessKeyId');
  const secretAccessKey = fields.text('secretAccessKey');
  const accountId = fields.has('accountId') ? fields.text('accountId') : null;
  if (!idForm.test(accessKeyId)) fields.invalid('accessKeyId', expected.id);
  else if (ids.has(accessKeyId)) fields.refuse('accessKeyId', `"${accessKeyId}" × 2`);
  if (secretAccessKey !== '' && !secretForm.test(secretAccessKey))
    fields.refuse('secretAccessKey', `≠ ${expected.secret}`);
  if (accountId !== null && !isAccountOf(accessKeyId, accountId))
    fields.invalid('accountId', expectedAccount(accessKeyId));
  ids.add(accessKeyId);
  return { accessKeyId, secretAccessKey, accountId };
}

function parseLines(text: string, file: string): ReadFile<readonly AccessKey[]> {
  const keys: AccessKey[] = [];
  const errors: ErrorValue[] = [];
  const ids = new Set<string>();
  text.split('\n').forEach((raw, index) => {
    const words = raw
      .replace(/(^|\s)#.*$/, '')
      .split(/[\s,]+/)
      .filter((word) => word !== '');
    if (words.length === 0) return;
    const [accessKeyId = '', secretAccessKey = '', accountId = null] = words;
    const refuse = (field: string, found: string, what: string): void => {
      errors.push(invalid({ file, line: index + 1, field, found, expected: what }));
    };
    if (words.length < 2 || words.length > 3) refuse('ACCESS_KEY_ID …', `${words.length}`, expected.line);
    else if (!idForm.test(accessKeyId)) refuse('ACCESS_KEY_ID', `"${accessKeyId}"`, expected.id);
    else if (ids.has(accessKeyId)) refuse('ACCESS_KEY_ID', `"${accessKeyId}" × 2`, `"${accessKeyId}" × 1`);
    else if (!secretForm.test(secretAccessKey)) refuse('SECRET_ACCESS_KEY', '…', expected.secret);
    else if (accountId !== null && !isAccountOf(accessKeyId, accountId))
      refuse('ACCOUNT_ID', `"${accountId}"`, expectedAccount(accessKeyId));
    else keys.push({ accessKeyId, secretAccessKey, accountId });
    ids.add(accessKeyId);
  });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: keys };
}

/** An id of twelve digits says its account already. */
function isAccountOf(accessKeyId: string, accountId: string): boolean {
  return accountForm.test(accountId) && (!accountForm.test(accessKeyId) || accessKeyId === accountId);
}

const expectedAccount = (accessKeyId: string): string =>
  accountForm.test(accessKeyId) ? `"${accessKeyId}"` : expected.account;

const invalid = (params: ErrorValue['params']): ErrorValue => ({
  code: 'FILE_FIELD_INVALID',
  params,
  retryable: false,
});
