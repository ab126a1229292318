import { beforeEach, describe, expect, test } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { after, sns, testCloud } from './harness.ts';

let cloud: Cloud;
beforeEach(() => {
  cloud = testCloud();
});

describe('SMS attributes', () => {
  const get = async (attributes?: string[]) =>
    (await sns(cloud, 'GetSMSAttributes', attributes === undefined ? {} : { attributes })).attributes;
  const set = (attributes: Record<string, string>) => sns(cloud, 'SetSMSAttributes', { attributes });
  const role = 'arn:aws:iam::000000000000:role/sns';
  const all = {
    MonthlySpendLimit: '20',
    DeliveryStatusIAMRole: role,
    DeliveryStatusSuccessSamplingRate: '50',
    DefaultSenderID: 'Spillway1',
    DefaultSMSType: 'Transactional',
    UsageReportS3Bucket: 'sms-usage',
  };

  test('are a spend limit of 1 USD to begin with', async () => {
    expect(await get()).toEqual({ MonthlySpendLimit: '1' });
  });

  test('are kept for the account and Region, and given by name', async () => {
    expect(await set(all)).toEqual({});
    expect(await get()).toEqual(all);
    expect(await get(['DefaultSMSType', 'DefaultSenderID', 'Colour'])).toEqual({
      DefaultSenderID: 'Spillway1',
      DefaultSMSType: 'Transactional',
    });
    expect(await get([])).toEqual(all);
    const elsewhere = await sns(cloud, 'GetSMSAttributes', {}, { region: 'eu-west-1' });
    expect(elsewhere.attributes).toEqual({ MonthlySpendLimit: '1' });
  });

  test('are set back by an empty text, the spend limit to its default', async () => {
    await set(all);
    await set({ DefaultSenderID: '', MonthlySpendLimit: '' });
    const { DefaultSenderID: _, ...others } = all;
    expect(await get()).toEqual({ ...others, MonthlySpendLimit: '1' });
  });

  test.each([
    ['Colour', 'blue', 'Colour is not a valid attribute'],
    ['MonthlySpendLimit', '1.5', 'MonthlySpendLimit is not a whole number of USD'],
    ['MonthlySpendLimit', '-1', 'MonthlySpendLimit is not a whole number of USD'],
    ['DeliveryStatusIAMRole', 'role', 'DeliveryStatusIAMRole is not the ARN of an IAM role'],
    [
      'DeliveryStatusIAMRole',
      'arn:aws:iam::000000000000:user/u',
      'DeliveryStatusIAMRole is not the ARN of an IAM role',
    ],
    [
      'DeliveryStatusIAMRole',
      'arn:aws:iam::000000000000:user/u:role/r',
      'DeliveryStatusIAMRole is not the ARN of an IAM role',
    ],
    ['DeliveryStatusSuccessSamplingRate', '101', 'DeliveryStatusSuccessSamplingRate is not an integer between 0-100'],
    ['DeliveryStatusSuccessSamplingRate', 'half', 'DeliveryStatusSuccessSamplingRate is not an integer between 0-100'],
    ['DefaultSenderID', 'testSenderID', 'DefaultSenderID is invalid'],
    ['DefaultSenderID', '12345', 'DefaultSenderID is invalid'],
    ['DefaultSenderID', 'my brand', 'DefaultSenderID is invalid'],
    ['DefaultSMSType', 'transactional', 'DefaultSMSType is invalid'],
    ['UsageReportS3Bucket', 'No_Bucket', 'UsageReportS3Bucket is not the name of a bucket'],
  ])('%s cannot be %j; nothing of the request is taken', async (name, value, message) => {
    expect(await set({ DefaultSMSType: 'Promotional', [name]: value })).toEqual({ error: 'InvalidParameter', message });
    expect(await get()).toEqual({ MonthlySpendLimit: '1' });
  });

  test.each([
    ['DeliveryStatusSuccessSamplingRate', '0'],
    ['DeliveryStatusSuccessSamplingRate', '100'],
    ['DefaultSenderID', 'A'],
    ['DefaultSenderID', '1234567890a'],
    ['DefaultSMSType', 'Promotional'],
    ['MonthlySpendLimit', '0'],
  ])('%s can be %j', async (name, value) => {
    expect(await set({ [name]: value })).toEqual({});
    expect(await get([name])).toEqual({ [name]: value });
  });
});

describe('phone numbers that do not want text messages', () => {
  const isOptedOut = async (phoneNumber: string) =>
    (await sns(cloud, 'CheckIfPhoneNumberIsOptedOut', { phoneNumber })).isOptedOut;
  const optIn = (phoneNumber: string) => sns(cloud, 'OptInPhoneNumber', { phoneNumber });
  const list = async () => (await sns(cloud, 'ListPhoneNumbersOptedOut', {})).phoneNumbers;
  const days = 86_400;

  test('are those that end in 99, until they are opted in', async () => {
    expect(await isOptedOut('+12065550100')).toBe(false);
    expect(await isOptedOut('+12065550199')).toBe(true);
    expect(await optIn('+12065550199')).toEqual({});
    expect(await isOptedOut('+12065550199')).toBe(false);
    after(cloud, 365 * days);
    expect(await isOptedOut('+12065550199')).toBe(false);
  });

  test('are listed once somebody has asked about them, in their order', async () => {
    expect(await list()).toEqual([]);
    for (const number of ['+12065550299', '+12065550100', '+12065550199']) await isOptedOut(number);
    expect(await list()).toEqual(['+12065550199', '+12065550299']);
    await optIn('+12065550299');
    expect(await list()).toEqual(['+12065550199']);
  });

  test('are listed in pages of a hundred', async () => {
    const numbers = Array.from({ length: 120 }, (_, index) => `+1206555${String(index).padStart(3, '0')}99`);
    for (const number of numbers) await isOptedOut(number);
    const first = await sns(cloud, 'ListPhoneNumbersOptedOut', {});
    expect(first.phoneNumbers).toEqual(numbers.slice(0, 100));
    const second = await sns(cloud, 'ListPhoneNumbersOptedOut', { nextToken: first.nextToken });
    expect(second).toEqual({ phoneNumbers: numbers.slice(100) });
  });

  test('get none: Publish gives a message id, and the message does not arrive', async () => {
    const publish = () => sns(cloud, 'Publish', { PhoneNumber: '+12065550199', Message: 'hello' });
    const { MessageId } = await publish();
    const { outbox } = cloud.home.sns;
    expect(outbox.entries()).toEqual([]);
    expect(outbox.undelivered()).toMatchObject([{ messageId: MessageId, reason: 'Phone number is opted out' }]);
    await optIn('+12065550199');
    await publish();
    expect(outbox.entries()).toMatchObject([{ to: '+12065550199', body: 'hello' }]);
  });

  test('are the same with and without the plus', async () => {
    expect(await isOptedOut('12065550199')).toBe(true);
    expect(await list()).toEqual(['+12065550199']);
    await optIn('12065550199');
    expect(await isOptedOut('+12065550199')).toBe(false);
  });

  test('can be opted in once in 30 days', async () => {
    const { sms } = cloud.home.sns.mobile;
    await optIn('+12065550199');
    sms.optOut('+12065550199');
    expect(await isOptedOut('+12065550199')).toBe(true);
    after(cloud, 30 * days - 1);
    expect(await optIn('+12065550199')).toEqual({
      error: 'InvalidParameter',
      message: 'Invalid parameter: PhoneNumber Reason: a phone number can be opted in only once every 30 days',
    });
    after(cloud, 1);
    expect(await optIn('+12065550199')).toEqual({});
    expect(await isOptedOut('+12065550199')).toBe(false);
  });

  test('opting in who never opted out changes nothing and does not count', async () => {
    const { sms } = cloud.home.sns.mobile;
    expect(await optIn('+12065550100')).toEqual({});
    sms.optOut('+12065550100');
    expect(await optIn('+12065550100')).toEqual({});
    expect(await isOptedOut('+12065550100')).toBe(false);
  });

  test.each(['', '+12065550100x', '123', '+0206555010', '+1234567890123456'])(
    '%j is no number',
    async (phoneNumber) => {
      const refused = {
        error: 'InvalidParameter',
        message: 'Invalid parameter: PhoneNumber Reason: input incorrectly formatted',
      };
      expect(await sns(cloud, 'CheckIfPhoneNumberIsOptedOut', { phoneNumber })).toEqual(refused);
      expect(await optIn(phoneNumber)).toEqual(refused);
    },
  );
});

test('ListOriginationNumbers has none to give', async () => {
  expect(await sns(cloud, 'ListOriginationNumbers', {})).toEqual({ PhoneNumbers: [] });
});
