/** The names on the wire: some of these actions spell their members in small letters, others do not. */
import { expect, test } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { mobileActions } from '../../../../src/emulator/sns/mobile/actions.ts';
import { bodyText, query, testCloud } from '../wire/exchange.ts';

/** What is said, without the lines it is laid out in. */
async function ask(cloud: Cloud, Action: string, fields: Record<string, string> = {}) {
  const reply = await query(cloud, { Action, Version: '2010-03-31', ...fields });
  return { status: reply.status, xml: bodyText(reply).replaceAll(/\n */g, '') };
}

const app = {
  Name: 'app',
  Platform: 'GCM',
  'Attributes.entry.1.key': 'PlatformCredential',
  'Attributes.entry.1.value': 'key',
};

test('all 23 actions are listed, each once', () => {
  const names = mobileActions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(23);
});

test('platform applications and endpoints', async () => {
  const cloud = testCloud();
  const arn = 'arn:aws:sns:us-east-1:000000000000:app/GCM/app';
  expect((await ask(cloud, 'CreatePlatformApplication', app)).xml).toContain(
    `<CreatePlatformApplicationResult><PlatformApplicationArn>${arn}</PlatformApplicationArn></CreatePlatformApplicationResult>`,
  );
  expect((await ask(cloud, 'ListPlatformApplications')).xml).toContain(
    `<PlatformApplications><member><PlatformApplicationArn>${arn}</PlatformApplicationArn><Attributes>` +
      '<entry><key>Enabled</key><value>true</value></entry>',
  );
  const { xml } = await ask(cloud, 'CreatePlatformEndpoint', { PlatformApplicationArn: arn, Token: 't' });
  expect(xml).toMatch(/<CreatePlatformEndpointResult><EndpointArn>arn:aws:sns:[^<]*<\/EndpointArn>/);
  expect((await ask(cloud, 'ListEndpointsByPlatformApplication', { PlatformApplicationArn: arn })).xml).toMatch(
    /<Endpoints><member><EndpointArn>[^<]*<\/EndpointArn><Attributes>/,
  );
});

test('without attributes, in the words of the service', async () => {
  const { status, xml } = await ask(testCloud(), 'CreatePlatformApplication', { Name: 'app', Platform: 'GCM' });
  expect(status).toBe(400);
  expect(xml).toContain('<Code>ValidationError</Code>');
  expect(xml).toContain('Value null at &apos;attributes&apos; failed to satisfy constraint: Member must not be null');
});

test('an application that is not there is a 404', async () => {
  const PlatformApplicationArn = 'arn:aws:sns:us-east-1:000000000000:app/GCM/gone';
  const { status, xml } = await ask(testCloud(), 'GetPlatformApplicationAttributes', { PlatformApplicationArn });
  expect(status).toBe(404);
  expect(xml).toContain('<Code>NotFound</Code><Message>PlatformApplication does not exist</Message>');
});

test('phone numbers and SMS attributes, in small letters', async () => {
  const cloud = testCloud();
  expect((await ask(cloud, 'CheckIfPhoneNumberIsOptedOut', { phoneNumber: '+12065550199' })).xml).toContain(
    '<CheckIfPhoneNumberIsOptedOutResult><isOptedOut>true</isOptedOut></CheckIfPhoneNumberIsOptedOutResult>',
  );
  expect((await ask(cloud, 'ListPhoneNumbersOptedOut')).xml).toContain(
    '<phoneNumbers><member>+12065550199</member></phoneNumbers>',
  );
  const set = { 'attributes.entry.1.key': 'DefaultSMSType', 'attributes.entry.1.value': 'Transactional' };
  expect((await ask(cloud, 'SetSMSAttributes', set)).status).toBe(200);
  expect((await ask(cloud, 'GetSMSAttributes', { 'attributes.member.1': 'DefaultSMSType' })).xml).toContain(
    '<GetSMSAttributesResult><attributes><entry><key>DefaultSMSType</key><value>Transactional</value></entry></attributes>',
  );
});

test('the sandbox, in capital letters', async () => {
  const cloud = testCloud();
  expect((await ask(cloud, 'GetSMSSandboxAccountStatus')).xml).toContain('<IsInSandbox>false</IsInSandbox>');
  await ask(cloud, 'CreateSMSSandboxPhoneNumber', { PhoneNumber: '+12065550100' });
  expect((await ask(cloud, 'ListSMSSandboxPhoneNumbers', { MaxResults: '10' })).xml).toContain(
    '<PhoneNumbers><member><PhoneNumber>+12065550100</PhoneNumber><Status>Pending</Status></member></PhoneNumbers>',
  );
  for (const MaxResults of ['0', '101']) {
    expect((await ask(cloud, 'ListSMSSandboxPhoneNumbers', { MaxResults })).status).toBe(400);
  }
  expect((await ask(cloud, 'ListOriginationNumbers', { MaxResults: '31' })).status).toBe(400);
});

test('data protection policies', async () => {
  const cloud = testCloud();
  await ask(cloud, 'CreateTopic', { Name: 't' });
  const ResourceArn = 'arn:aws:sns:us-east-1:000000000000:t';
  expect((await ask(cloud, 'GetDataProtectionPolicy', { ResourceArn })).xml).toContain(
    '<GetDataProtectionPolicyResult><DataProtectionPolicy></DataProtectionPolicy></GetDataProtectionPolicyResult>',
  );
  const { status, xml } = await ask(cloud, 'PutDataProtectionPolicy', { ResourceArn, DataProtectionPolicy: '{' });
  expect(status).toBe(400);
  expect(xml).toContain(
    '<Code>InvalidParameter</Code><Message>Invalid parameter: DataProtectionPolicy Reason: Policy must be valid JSON',
  );
});
