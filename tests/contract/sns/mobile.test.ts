/** Platform applications, text messages and data protection: the same calls with the JavaScript SDK, boto3 and the AWS CLI. */
import { describe, expect, it } from 'vitest';
import type { Outcome, Step } from '../calls.ts';
import { patienceMs, snsClients } from '../everyClient.ts';
import { startTestEmulator } from '../testEmulator.ts';

const PlatformApplicationArn = 'arn:aws:sns:us-east-1:000000000000:app/GCM/shop';
const ResourceArn = 'arn:aws:sns:us-east-1:000000000000:t';
const EndpointArn = '$endpoint.EndpointArn';
const PhoneNumber = '+15550100';
const DataProtectionPolicy = JSON.stringify({
  Name: 'p',
  Version: '2021-06-01',
  Statement: [
    {
      DataDirection: 'Inbound',
      Principal: ['*'],
      DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'],
      Operation: { Deny: {} },
    },
  ],
});

const steps: readonly Step[] = [
  {
    action: 'CreatePlatformApplication',
    input: { Name: 'shop', Platform: 'GCM', Attributes: { PlatformCredential: 'key' } },
  },
  { action: 'ListPlatformApplications' },
  {
    action: 'SetPlatformApplicationAttributes',
    input: { PlatformApplicationArn, Attributes: { SuccessFeedbackSampleRate: '50' } },
  },
  { action: 'GetPlatformApplicationAttributes', input: { PlatformApplicationArn } },
  {
    action: 'CreatePlatformEndpoint',
    input: { PlatformApplicationArn, Token: 'token-1', CustomUserData: 'me' },
    as: 'endpoint',
  },
  { action: 'ListEndpointsByPlatformApplication', input: { PlatformApplicationArn } },
  { action: 'Publish', input: { TargetArn: EndpointArn, Message: 'push' } },
  { action: 'SetEndpointAttributes', input: { EndpointArn, Attributes: { Enabled: 'false' } } },
  { action: 'GetEndpointAttributes', input: { EndpointArn } },
  { action: 'Publish', input: { TargetArn: EndpointArn, Message: 'push' } },
  { action: 'DeleteEndpoint', input: { EndpointArn } },
  { action: 'DeletePlatformApplication', input: { PlatformApplicationArn } },
  { action: 'GetPlatformApplicationAttributes', input: { PlatformApplicationArn } },
  { action: 'SetSMSAttributes', input: { attributes: { DefaultSMSType: 'Transactional' } } },
  { action: 'GetSMSAttributes', input: { attributes: ['DefaultSMSType'] } },
  { action: 'CheckIfPhoneNumberIsOptedOut', input: { phoneNumber: '+15550199' } },
  { action: 'OptInPhoneNumber', input: { phoneNumber: '+15550199' } },
  { action: 'CheckIfPhoneNumberIsOptedOut', input: { phoneNumber: '+15550199' } },
  { action: 'ListPhoneNumbersOptedOut' },
  { action: 'CreateSMSSandboxPhoneNumber', input: { PhoneNumber } },
  { action: 'ListSMSSandboxPhoneNumbers' },
  { action: 'DeleteSMSSandboxPhoneNumber', input: { PhoneNumber } },
  { action: 'ListOriginationNumbers' },
  { action: 'CreateTopic', input: { Name: 't' } },
  { action: 'PutDataProtectionPolicy', input: { ResourceArn, DataProtectionPolicy } },
  { action: 'GetDataProtectionPolicy', input: { ResourceArn } },
  { action: 'Publish', input: { TopicArn: ResourceArn, Message: 'a@example.com' } },
];

const endpoint = expect.stringMatching(/^arn:aws:sns:us-east-1:000000000000:endpoint\/GCM\/shop\/[0-9a-f-]{36}$/);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);

const heard: readonly unknown[] = [
  { PlatformApplicationArn },
  { PlatformApplications: [expect.objectContaining({ PlatformApplicationArn })] },
  {},
  { Attributes: expect.objectContaining({ Enabled: 'true', SuccessFeedbackSampleRate: '50' }) },
  { EndpointArn: endpoint },
  { Endpoints: [{ EndpointArn: endpoint, Attributes: { Enabled: 'true', Token: 'token-1', CustomUserData: 'me' } }] },
  { MessageId: id },
  {},
  { Attributes: { Enabled: 'false', Token: 'token-1', CustomUserData: 'me' } },
  { error: 'EndpointDisabled', message: 'Endpoint is disabled' },
  {},
  {},
  { error: 'NotFound', message: 'PlatformApplication does not exist' },
  {},
  { attributes: { DefaultSMSType: 'Transactional' } },
  { isOptedOut: true },
  {},
  { isOptedOut: false },
  {},
  {},
  { PhoneNumbers: [{ PhoneNumber, Status: 'Pending' }] },
  {},
  {},
  { TopicArn: ResourceArn },
  {},
  { DataProtectionPolicy },
  { error: 'AuthorizationError', message: expect.stringContaining('SNS:Publish') },
];

const beforePassword: readonly Step[] = [
  { action: 'GetSMSSandboxAccountStatus' },
  { action: 'SetSMSAttributes', input: { attributes: { SpillwaySMSSandbox: 'true' } } },
  { action: 'GetSMSSandboxAccountStatus' },
  { action: 'CreateSMSSandboxPhoneNumber', input: { PhoneNumber, LanguageCode: 'de-DE' } },
  { action: 'Publish', input: { PhoneNumber, Message: 'not yet' } },
  { action: 'VerifySMSSandboxPhoneNumber', input: { PhoneNumber: '+15550101', OneTimePassword: '123456' } },
];

const heardBeforePassword: readonly unknown[] = [
  { IsInSandbox: false },
  {},
  { IsInSandbox: true },
  {},
  { error: 'InvalidParameter', message: expect.stringContaining('is not valid to publish to') },
  { error: 'ResourceNotFound', message: expect.stringContaining('not in the SMS sandbox') },
];

const wrong = (password: string): string => (password === '000000' ? '000001' : '000000');

const withPassword = (password: string): readonly Step[] => [
  { action: 'VerifySMSSandboxPhoneNumber', input: { PhoneNumber, OneTimePassword: wrong(password) } },
  { action: 'VerifySMSSandboxPhoneNumber', input: { PhoneNumber, OneTimePassword: password } },
  { action: 'ListSMSSandboxPhoneNumbers', input: { MaxResults: 1 } },
  { action: 'Publish', input: { PhoneNumber, Message: 'verified' } },
  { action: 'DeleteSMSSandboxPhoneNumber', input: { PhoneNumber } },
  { advanceSeconds: 86_400 },
  { action: 'DeleteSMSSandboxPhoneNumber', input: { PhoneNumber } },
  { action: 'ListSMSSandboxPhoneNumbers', input: { NextToken: 'made-up' } },
];

const heardWithPassword: readonly unknown[] = [
  { error: expect.stringMatching(/^Verification(Exception)?$/), message: 'The one-time password is wrong.' },
  {},
  { PhoneNumbers: [{ PhoneNumber, Status: 'Verified' }] },
  { MessageId: id },
  { error: 'UserError', message: expect.stringContaining('24 hours') },
  {},
  { error: 'InvalidParameter', message: 'Invalid parameter: NextToken' },
];

const events: readonly Step[] = [
  { action: 'CreateTopic', input: { Name: 'events' }, as: 'topic' },
  { action: 'Subscribe', input: { TopicArn: '$topic.TopicArn', Protocol: 'sms', Endpoint: PhoneNumber } },
  {
    action: 'CreatePlatformApplication',
    input: {
      Name: 'shop',
      Platform: 'GCM',
      Attributes: { PlatformCredential: 'key', EventEndpointCreated: '$topic.TopicArn' },
    },
  },
  { action: 'CreatePlatformEndpoint', input: { PlatformApplicationArn, Token: 'token-1' } },
  {
    action: 'SetPlatformApplicationAttributes',
    input: { PlatformApplicationArn, Attributes: { EventEndpointCreated: 'x' } },
  },
];

/** Lists of nothing are left out by some clients. */
function tidy(outcome: Outcome): Outcome {
  return Object.fromEntries(
    Object.entries(outcome).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}

describe.each(snsClients)('SNS with %s', (_name, leftOut, run) => {
  it.skipIf(leftOut)('platform applications, text messages, data protection', { timeout: patienceMs }, async () => {
    const emulator = await startTestEmulator();
    try {
      expect((await run(emulator, steps)).map(tidy)).toEqual(heard);
      const kinds = emulator.cloud.home.sns.outbox.entries().map(({ kind }) => kind);
      expect(kinds).toEqual(['application', 'sms']);
    } finally {
      await emulator.stop();
    }
  });

  it.skipIf(leftOut)('the SMS sandbox, with the password that the phone got', { timeout: patienceMs }, async () => {
    const emulator = await startTestEmulator();
    try {
      expect((await run(emulator, beforePassword)).map(tidy)).toEqual(heardBeforePassword);
      const [entry] = emulator.cloud.home.sns.outbox.entries();
      const password = /^\d{6}/.exec(entry!.body)![0];
      expect((await run(emulator, withPassword(password))).map(tidy)).toEqual(heardWithPassword);
      expect(emulator.cloud.home.sns.outbox.entries().at(-1)).toMatchObject({ to: PhoneNumber, body: 'verified' });
    } finally {
      await emulator.stop();
    }
  });

  it.skipIf(leftOut)('events of endpoints', { timeout: patienceMs }, async () => {
    const emulator = await startTestEmulator();
    try {
      expect((await run(emulator, events)).map(tidy)).toEqual([
        { TopicArn: expect.stringMatching(/:events$/) },
        expect.anything(),
        { PlatformApplicationArn },
        { EndpointArn: endpoint },
        { error: 'InvalidParameter', message: expect.stringContaining('EventEndpointCreated') },
      ]);
      const [entry, ...others] = emulator.cloud.home.sns.outbox.entries();
      expect(others).toEqual([]);
      expect(JSON.parse(entry!.body)).toMatchObject({ EventType: 'EndpointCreated', Resource: PlatformApplicationArn });
    } finally {
      await emulator.stop();
    }
  });
});
