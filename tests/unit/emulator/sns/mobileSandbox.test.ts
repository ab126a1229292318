import { beforeEach, describe, expect, test } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { after, sns, startMs, testCloud } from './harness.ts';

let cloud: Cloud;
beforeEach(() => {
  cloud = testCloud();
});

const hours = 3_600;
const number = '+12065550100';
const create = (PhoneNumber = number, more = {}) => sns(cloud, 'CreateSMSSandboxPhoneNumber', { PhoneNumber, ...more });
const verify = (OneTimePassword: string, PhoneNumber = number) =>
  sns(cloud, 'VerifySMSSandboxPhoneNumber', { PhoneNumber, OneTimePassword });
const remove = (PhoneNumber = number) => sns(cloud, 'DeleteSMSSandboxPhoneNumber', { PhoneNumber });
const list = async () => (await sns(cloud, 'ListSMSSandboxPhoneNumbers', {})).PhoneNumbers;

/** What the phone shows: the newest password. */
function passwordSentTo(phoneNumber = number): string {
  const { body } = cloud.home.sns.outbox
    .entries()
    .filter(({ to }) => to === phoneNumber)
    .at(-1)!;
  return /^\d+/.exec(body)![0];
}
const wrong = (password: string): string => (password === '000000' ? '000001' : '000000');

const sandbox = (value: string) => sns(cloud, 'SetSMSAttributes', { attributes: { SpillwaySMSSandbox: value } });
const publish = (PhoneNumber = number) => sns(cloud, 'Publish', { PhoneNumber, Message: 'hello' });
const received = () => cloud.home.sns.outbox.entries().flatMap(({ body, to }) => (body === 'hello' ? [to] : []));

describe('whether an account is in the sandbox', () => {
  const status = () => sns(cloud, 'GetSMSSandboxAccountStatus', {});

  test('[SNS-89] is said by the SMS attribute SpillwaySMSSandbox; without it none is', async () => {
    expect(await status()).toEqual({ IsInSandbox: false });
    expect(await publish()).toEqual({ MessageId: expect.any(String) });
    expect(await sandbox('true')).toEqual({});
    expect(await status()).toEqual({ IsInSandbox: true });
    expect(await sns(cloud, 'GetSMSSandboxAccountStatus', {}, { region: 'eu-west-1' })).toEqual({ IsInSandbox: false });
    for (const out of ['false', '']) {
      await sandbox('true');
      await sandbox(out);
      expect(await status()).toEqual({ IsInSandbox: false });
    }
    expect(await sandbox('yes')).toEqual({
      error: 'InvalidParameter',
      message: 'SpillwaySMSSandbox is not true or false',
    });
  });

  test('[SNS-89] decides who can be published to: in it, numbers that are verified', async () => {
    await sandbox('true');
    const refused = {
      error: 'InvalidParameter',
      message:
        `Invalid parameter: PhoneNumber Reason: ${number} is not valid to publish to. ` +
        'The account is in the SMS sandbox and the phone number is not verified',
    };
    expect(await publish()).toEqual(refused);
    await create();
    expect(await publish()).toEqual(refused);
    await verify(passwordSentTo());
    expect(await publish()).toEqual({ MessageId: expect.any(String) });
    expect(received()).toEqual([number]);
    after(cloud, 24 * hours);
    await remove();
    expect(await publish()).toEqual(refused);
    expect(received()).toEqual([number]);
  });

  test('[SNS-89] decides about the subscribers of topics, too: the delivery fails', async () => {
    await create();
    await verify(passwordSentTo());
    const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' });
    for (const Endpoint of ['+1 (206) 555-0100', '+12065550101', '+12065550199']) {
      await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sms', Endpoint });
    }
    await sns(cloud, 'Publish', { TopicArn, Message: 'hello' });
    expect(received()).toHaveLength(2);
    await sandbox('true');
    await sns(cloud, 'Publish', { TopicArn, Message: 'hello' });
    expect(received()).toHaveLength(3);
    expect(cloud.home.sns.outbox.undelivered().map(({ to, reason }) => [to, reason])).toEqual([
      ['+12065550199', 'Phone number is opted out'],
      ['+12065550101', 'The account is in the SMS sandbox and the phone number is not verified'],
      ['+12065550199', 'Phone number is opted out'],
    ]);
  });
});

describe('CreateSMSSandboxPhoneNumber', () => {
  test('puts a one-time password of six digits in the outbox, and the number is pending', async () => {
    expect(await create()).toEqual({});
    const [entry, ...others] = cloud.home.sns.outbox.entries();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ atMs: startMs, kind: 'sms', to: number, topicArn: null, subject: null });
    expect(entry!.body).toMatch(/^\d{6} /);
    expect(await list()).toEqual([{ PhoneNumber: number, Status: 'Pending' }]);
  });

  test('of two numbers the passwords differ, of two runs with one seed they do not', async () => {
    await create();
    await create('+12065550101');
    const passwords = [passwordSentTo(), passwordSentTo('+12065550101')];
    expect(passwords[0]).not.toBe(passwords[1]);
    cloud = testCloud();
    await create();
    expect(passwordSentTo()).toBe(passwords[0]);
  });

  test('again sends a new password, and the old one is good no more', async () => {
    await create();
    const first = passwordSentTo();
    await create();
    expect(cloud.home.sns.outbox.entries()).toHaveLength(2);
    expect(await verify(first)).toMatchObject({ error: 'VerificationException' });
    expect(await verify(passwordSentTo())).toEqual({});
  });

  test('sends five passwords in 24 hours', async () => {
    for (let count = 0; count < 5; count++) expect(await create()).toEqual({});
    const last = passwordSentTo();
    expect(await create()).toEqual({
      error: 'UserError',
      message: 'A phone number gets at most 5 one-time passwords in 24 hours.',
    });
    expect(cloud.home.sns.outbox.entries()).toHaveLength(5);
    expect(await verify(last)).toEqual({});
    cloud = testCloud();
    for (let count = 0; count < 5; count++) await create();
    after(cloud, 24 * hours - 1);
    expect(await create()).toMatchObject({ error: 'UserError' });
    after(cloud, 1);
    expect(await create()).toEqual({});
  });

  test('takes ten numbers', async () => {
    for (let index = 0; index < 10; index++) expect(await create(`+1206555010${index}`)).toEqual({});
    expect(await create('+12065550110')).toEqual({
      error: 'UserError',
      message: 'The SMS sandbox has at most 10 phone numbers.',
    });
    expect(cloud.home.sns.outbox.entries()).toHaveLength(10);
    await remove('+12065550100');
    expect(await create('+12065550110')).toEqual({});
  });

  test('of a verified number is refused, and it stays verified', async () => {
    await create();
    await verify(passwordSentTo());
    expect(await create()).toEqual({ error: 'UserError', message: 'The phone number is verified already.' });
    expect(await list()).toEqual([{ PhoneNumber: number, Status: 'Verified' }]);
  });

  test('of a number that opted out is refused', async () => {
    expect(await create('+12065550199')).toMatchObject({ error: 'OptedOut' });
    expect(await list()).toEqual([]);
    expect(cloud.home.sns.outbox.entries()).toEqual([]);
  });

  test.each([
    ['invalid', 'Member must satisfy regular expression pattern: ^(\\+[0-9]{8,}|[0-9]{0,9})$'],
    ['1234567890', 'Member must satisfy regular expression pattern: ^(\\+[0-9]{8,}|[0-9]{0,9})$'],
    ['', 'Member must have length greater than or equal to 1'],
    [`+${'1'.repeat(20)}`, 'Member must have length less than or equal to 20'],
  ])('refuses %j, as the other actions do', async (phoneNumber, constraint) => {
    const refused = {
      error: 'ValidationError',
      message: `1 validation error detected: Value '${phoneNumber}' at 'phoneNumber' failed to satisfy constraint: ${constraint}`,
    };
    expect(await create(phoneNumber)).toEqual(refused);
    expect(await verify('123456', phoneNumber)).toEqual(refused);
    expect(await remove(phoneNumber)).toEqual(refused);
  });

  test.each(['+12345678', '123456789', `+${'1'.repeat(19)}`])('takes %s', async (phoneNumber) => {
    expect(await create(phoneNumber)).toEqual({});
  });

  test('takes the languages of AWS and no other', async () => {
    expect(await create(number, { LanguageCode: 'kr-KR' })).toEqual({});
    const refused = await create('+12065550101', { LanguageCode: 'ko-KR' });
    expect(refused.error).toBe('ValidationError');
    expect(refused.message).toMatch(/^1 validation error detected: Value 'ko-KR' at 'languageCode' failed/);
  });
});

describe('VerifySMSSandboxPhoneNumber', () => {
  test('with the password makes the number verified', async () => {
    await create();
    expect(await verify(passwordSentTo())).toEqual({});
    expect(await list()).toEqual([{ PhoneNumber: number, Status: 'Verified' }]);
    expect(cloud.home.sns.mobile.sandbox.isVerified(number)).toBe(true);
    expect(cloud.home.sns.mobile.sandbox.isVerified('+12065550101')).toBe(false);
  });

  test('with another password does not, and the right one still does afterwards', async () => {
    await create();
    const password = passwordSentTo();
    expect(await verify(wrong(password))).toEqual({
      error: 'VerificationException',
      message: 'The one-time password is wrong.',
    });
    expect(await list()).toEqual([{ PhoneNumber: number, Status: 'Pending' }]);
    expect(await verify(password)).toEqual({});
  });

  test.each([
    ['1234', 'Member must have length greater than or equal to 5'],
    ['123456789', 'Member must have length less than or equal to 8'],
    ['12345a', 'Member must satisfy regular expression pattern: ^[0-9]+$'],
  ])('password %j is none', async (password, constraint) => {
    await create();
    expect(await verify(password)).toEqual({
      error: 'ValidationError',
      message: `1 validation error detected: Value '${password}' at 'oneTimePassword' failed to satisfy constraint: ${constraint}`,
    });
  });

  test('of a number that was not added answers ResourceNotFound', async () => {
    expect(await verify('123456')).toMatchObject({ error: 'ResourceNotFound' });
  });
});

describe('DeleteSMSSandboxPhoneNumber', () => {
  test('takes a number that nobody tried to verify at once', async () => {
    await create();
    expect(await remove()).toEqual({});
    expect(await list()).toEqual([]);
    expect(await remove()).toMatchObject({ error: 'ResourceNotFound' });
  });

  test.each([
    ['verified', true],
    ['tried in vain', false],
  ])('takes one that was %s 24 hours later', async (_, right) => {
    await create();
    const password = passwordSentTo();
    await verify(right ? password : wrong(password));
    after(cloud, 24 * hours - 1);
    expect(await remove()).toMatchObject({ error: 'UserError' });
    after(cloud, 1);
    expect(await remove()).toEqual({});
    expect(await list()).toEqual([]);
  });
});

test('ListSMSSandboxPhoneNumbers gives pages as short as asked for, in the order of the numbers', async () => {
  const numbers = ['+12065550102', '+12065550100', '+12065550101'];
  for (const one of numbers) await create(one);
  const first = await sns(cloud, 'ListSMSSandboxPhoneNumbers', { MaxResults: 2 });
  expect(first.PhoneNumbers).toEqual([
    { PhoneNumber: '+12065550100', Status: 'Pending' },
    { PhoneNumber: '+12065550101', Status: 'Pending' },
  ]);
  const second = await sns(cloud, 'ListSMSSandboxPhoneNumbers', { MaxResults: 2, NextToken: first.NextToken });
  expect(second).toEqual({ PhoneNumbers: [{ PhoneNumber: '+12065550102', Status: 'Pending' }] });
  expect(await sns(cloud, 'ListSMSSandboxPhoneNumbers', { MaxResults: 3 })).not.toHaveProperty('NextToken');
  expect(await sns(cloud, 'ListSMSSandboxPhoneNumbers', { NextToken: 'x' })).toEqual({
    error: 'InvalidParameter',
    message: 'Invalid parameter: NextToken',
  });
});
