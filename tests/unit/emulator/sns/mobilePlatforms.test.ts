import { describe, expect, test } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { sns, testCloud, topicArn } from './harness.ts';

const appArn = (platform: string, name: string): string => `arn:aws:sns:us-east-1:000000000000:app/${platform}/${name}`;
const credentials = { PlatformCredential: 'key', PlatformPrincipal: 'certificate' };

async function createApp(cloud: Cloud, Attributes: Record<string, string> = {}, Name = 'app', Platform = 'GCM') {
  return sns(cloud, 'CreatePlatformApplication', { Name, Platform, Attributes: { ...credentials, ...Attributes } });
}

describe('CreatePlatformApplication', () => {
  test.each([
    'ADM',
    'APNS',
    'APNS_SANDBOX',
    'APNS_VOIP',
    'APNS_VOIP_SANDBOX',
    'MACOS',
    'MACOS_SANDBOX',
    'BAIDU',
    'GCM',
    'MPNS',
    'WNS',
  ])('takes platform %s', async (platform) => {
    expect(await createApp(testCloud(), {}, 'app', platform)).toEqual({
      PlatformApplicationArn: appArn(platform, 'app'),
    });
  });

  test.each([
    ['NOKIA', 'Invalid parameter: Platform Reason: NOKIA is not supported'],
    ['', 'Invalid parameter: Platform Reason:  is not supported'],
    ['gcm', 'Invalid parameter: Platform Reason: gcm is not supported'],
  ])('refuses platform %j', async (platform, message) => {
    expect(await createApp(testCloud(), {}, 'app', platform)).toEqual({ error: 'InvalidParameter', message });
  });

  test.each([
    ['', 'Invalid parameter:  Reason: cannot be empty'],
    ['a'.repeat(257), `Invalid parameter: ${'a'.repeat(256)} Reason: must be at most 256 characters long`],
    [
      'my app',
      "Invalid parameter: my app Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'",
    ],
  ])('refuses name %j', async (name, message) => {
    expect(await createApp(testCloud(), {}, name)).toEqual({ error: 'InvalidParameter', message });
  });

  test('takes the longest name, with every kind of character', async () => {
    const name = `A_z-0.${'x'.repeat(250)}`;
    expect(await createApp(testCloud(), {}, name)).toEqual({ PlatformApplicationArn: appArn('GCM', name) });
  });

  test.each([
    ['GCM', { PlatformCredential: 'key' }, null],
    ['GCM', {}, 'PlatformCredential'],
    ['ADM', { PlatformCredential: 'secret' }, 'PlatformPrincipal'],
    ['APNS', { PlatformPrincipal: 'certificate' }, 'PlatformCredential'],
    ['WNS', { ...credentials, PlatformCredential: '' }, 'PlatformCredential'],
  ])('%s with %j needs %s', async (Platform, Attributes, missing) => {
    const answer = await sns(testCloud(), 'CreatePlatformApplication', { Name: 'app', Platform, Attributes });
    expect(answer).toEqual(
      missing === null
        ? { PlatformApplicationArn: appArn(Platform, 'app') }
        : {
            error: 'InvalidParameter',
            message: `Invalid parameter: Attributes Reason: Invalid value for attribute: ${missing}: cannot be empty`,
          },
    );
  });

  test('gives the existing application of that name when nothing differs, also in the credentials', async () => {
    const cloud = testCloud();
    const Attributes = { EventEndpointCreated: topicArn('events') };
    const first = await createApp(cloud, Attributes);
    expect(await createApp(cloud, Attributes)).toEqual(first);
    const different = {
      error: 'InvalidParameter',
      message:
        'Invalid parameter: Name Reason: An application with the same name but different properties already exists',
    };
    expect(await createApp(cloud, {})).toEqual(different);
    expect(await createApp(cloud, { ...Attributes, EventEndpointDeleted: topicArn('events') })).toEqual(different);
    expect(await createApp(cloud, { ...Attributes, PlatformCredential: 'another' })).toEqual(different);
  });

  test('the same name on another platform, in another Region and another account is another application', async () => {
    const cloud = testCloud();
    await createApp(cloud);
    const ADM = await createApp(cloud, {}, 'app', 'ADM');
    expect(ADM).toEqual({ PlatformApplicationArn: appArn('ADM', 'app') });
    const request = { Name: 'app', Platform: 'GCM', Attributes: { PlatformCredential: 'other' } };
    expect(await sns(cloud, 'CreatePlatformApplication', request, { region: 'eu-west-1' })).toEqual({
      PlatformApplicationArn: 'arn:aws:sns:eu-west-1:000000000000:app/GCM/app',
    });
    expect(await sns(cloud, 'CreatePlatformApplication', request, { accountId: '111111111111' })).toEqual({
      PlatformApplicationArn: 'arn:aws:sns:us-east-1:111111111111:app/GCM/app',
    });
  });
});

describe('attributes of an application', () => {
  const roles = 'arn:aws:iam::000000000000:role/sns';

  test('are shown without credentials', async () => {
    const cloud = testCloud();
    const Attributes = {
      EventEndpointCreated: topicArn('created'),
      EventEndpointDeleted: topicArn('deleted'),
      EventEndpointUpdated: topicArn('updated'),
      EventDeliveryFailure: topicArn('failed'),
      SuccessFeedbackRoleArn: roles,
      FailureFeedbackRoleArn: roles,
      SuccessFeedbackSampleRate: '100',
    };
    const { PlatformApplicationArn } = await createApp(cloud, Attributes);
    expect(await sns(cloud, 'GetPlatformApplicationAttributes', { PlatformApplicationArn })).toEqual({
      Attributes: { Enabled: 'true', AuthenticationMethod: 'key', ...Attributes },
    });
  });

  test.each([
    ['APNS', {}, 'certificate'],
    ['APNS_SANDBOX', { ApplePlatformTeamID: 'T', ApplePlatformBundleID: 'b' }, 'token'],
    ['GCM', { PlatformCredential: '{"type":"service_account"}' }, 'token'],
    ['GCM', { PlatformCredential: 'AAAA' }, 'key'],
    ['WNS', {}, undefined],
  ])('%s with %j is authenticated by %s', async (platform, attributes, method) => {
    const cloud = testCloud();
    const { PlatformApplicationArn } = await createApp(cloud, attributes, 'app', platform);
    const { Attributes } = await sns(cloud, 'GetPlatformApplicationAttributes', { PlatformApplicationArn });
    expect((Attributes as Record<string, string>).AuthenticationMethod).toBe(method);
  });

  test('are changed one by one, and an empty text takes one away', async () => {
    const cloud = testCloud();
    const { PlatformApplicationArn } = await createApp(cloud, { EventEndpointCreated: topicArn('one') });
    const set = (Attributes: Record<string, string>) =>
      sns(cloud, 'SetPlatformApplicationAttributes', { PlatformApplicationArn, Attributes });
    const get = () => sns(cloud, 'GetPlatformApplicationAttributes', { PlatformApplicationArn });
    expect(await set({ EventDeliveryFailure: topicArn('two'), PlatformCredential: '{}' })).toEqual({});
    expect(await get()).toEqual({
      Attributes: {
        Enabled: 'true',
        AuthenticationMethod: 'token',
        EventEndpointCreated: topicArn('one'),
        EventDeliveryFailure: topicArn('two'),
      },
    });
    await set({ EventEndpointCreated: '' });
    expect(await get()).toEqual({
      Attributes: { Enabled: 'true', AuthenticationMethod: 'token', EventDeliveryFailure: topicArn('two') },
    });
  });

  test.each([
    ['Colour', 'blue', 'Invalid attribute name: Colour'],
    ['ApplePlatformTeamID', 'T', 'Invalid attribute name: ApplePlatformTeamID'],
    [
      'SuccessFeedbackSampleRate',
      '101',
      'Invalid value for attribute: SuccessFeedbackSampleRate: 101 value provided is not an integer between 0-100',
    ],
    [
      'SuccessFeedbackSampleRate',
      '1.5',
      'Invalid value for attribute: SuccessFeedbackSampleRate: 1.5 value provided is not an integer between 0-100',
    ],
    ['EventEndpointCreated', 'x', 'Invalid value for attribute: EventEndpointCreated: must be the ARN of a topic'],
    [
      'FailureFeedbackRoleArn',
      'arn:aws:sqs:us-east-1:000000000000:q',
      'Invalid value for attribute: FailureFeedbackRoleArn: arn:aws:sqs:us-east-1:000000000000:q is not a valid role to allow SNS to write to Cloudwatch Logs',
    ],
    ['PlatformCredential', '', 'Invalid value for attribute: PlatformCredential: cannot be empty'],
  ])('%s cannot be %j; nothing of the request is taken', async (name, value, reason) => {
    const cloud = testCloud();
    const { PlatformApplicationArn } = await createApp(cloud);
    const Attributes = { EventDeliveryFailure: topicArn('t'), [name]: value };
    const refused = { error: 'InvalidParameter', message: `Invalid parameter: Attributes Reason: ${reason}` };
    expect(await sns(cloud, 'SetPlatformApplicationAttributes', { PlatformApplicationArn, Attributes })).toEqual(
      refused,
    );
    expect(await sns(cloud, 'GetPlatformApplicationAttributes', { PlatformApplicationArn })).toEqual({
      Attributes: { Enabled: 'true', AuthenticationMethod: 'key' },
    });
  });
});

describe('an application that is not there', () => {
  const actions = [
    'GetPlatformApplicationAttributes',
    'SetPlatformApplicationAttributes',
    'ListEndpointsByPlatformApplication',
    'CreatePlatformEndpoint',
  ];
  test.each(actions)('%s answers NotFound', async (action) => {
    const request = { PlatformApplicationArn: appArn('GCM', 'gone'), Attributes: {}, Token: 't' };
    expect(await sns(testCloud(), action, request)).toEqual({
      error: 'NotFound',
      message: 'PlatformApplication does not exist',
    });
  });

  test('of another Region is not found by its ARN', async () => {
    const cloud = testCloud();
    const { PlatformApplicationArn } = await createApp(cloud);
    expect(
      await sns(cloud, 'GetPlatformApplicationAttributes', { PlatformApplicationArn }, { region: 'eu-west-1' }),
    ).toEqual({ error: 'NotFound', message: 'PlatformApplication does not exist' });
  });

  test.each([
    ['nonsense', 'An ARN must have at least 6 elements, not 1'],
    ['arn:aws:sns:us-east-1:000000000000', 'An ARN must have at least 6 elements, not 5'],
    [topicArn('t'), 'Wrong number of slashes in relative portion of the ARN.'],
    [`${appArn('GCM', 'app')}/more`, 'Wrong number of slashes in relative portion of the ARN.'],
    ['arn:aws:sqs:us-east-1:000000000000:app/GCM/app', 'ARN specifies an invalid vendor'],
  ])('%s is no ARN of one', async (PlatformApplicationArn, reason) => {
    const refused = {
      error: 'InvalidParameter',
      message: `Invalid parameter: PlatformApplicationArn Reason: ${reason}`,
    };
    for (const action of [...actions, 'DeletePlatformApplication']) {
      expect(await sns(testCloud(), action, { PlatformApplicationArn, Attributes: {}, Token: 't' })).toEqual(refused);
    }
  });
});

describe('deleting and listing', () => {
  test('DeletePlatformApplication takes the endpoints along, and succeeds when there is no such application', async () => {
    const cloud = testCloud();
    const { PlatformApplicationArn } = await createApp(cloud);
    await createApp(cloud, {}, 'other');
    const { EndpointArn } = await sns(cloud, 'CreatePlatformEndpoint', { PlatformApplicationArn, Token: 't' });
    const kept = await sns(cloud, 'CreatePlatformEndpoint', {
      PlatformApplicationArn: appArn('GCM', 'other'),
      Token: 't',
    });
    expect(await sns(cloud, 'DeletePlatformApplication', { PlatformApplicationArn })).toEqual({});
    expect(await sns(cloud, 'GetEndpointAttributes', { EndpointArn })).toMatchObject({ error: 'NotFound' });
    expect(await sns(cloud, 'GetEndpointAttributes', { EndpointArn: kept.EndpointArn })).toHaveProperty('Attributes');
    expect(await sns(cloud, 'DeletePlatformApplication', { PlatformApplicationArn })).toEqual({});
    // Made again, it has none of the old endpoints.
    await createApp(cloud);
    expect(await sns(cloud, 'ListEndpointsByPlatformApplication', { PlatformApplicationArn })).toEqual({
      Endpoints: [],
    });
  });

  test('ListPlatformApplications gives pages of a hundred in the order of ARNs, each once', async () => {
    const cloud = testCloud();
    const names = Array.from({ length: 201 }, (_, index) => `app${index}`);
    for (const name of names) await createApp(cloud, {}, name);
    const pages: string[][] = [];
    let NextToken: unknown;
    do {
      const answer = await sns(cloud, 'ListPlatformApplications', NextToken === undefined ? {} : { NextToken });
      pages.push(
        (answer.PlatformApplications as { PlatformApplicationArn: string }[]).map((one) => one.PlatformApplicationArn),
      );
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 1]);
    expect(pages.flat()).toEqual(names.map((name) => appArn('GCM', name)).sort());
  });

  test('ListPlatformApplications shows attributes, and refuses a token that was never given', async () => {
    const cloud = testCloud();
    expect(await sns(cloud, 'ListPlatformApplications', {})).toEqual({ PlatformApplications: [] });
    await createApp(cloud);
    expect(await sns(cloud, 'ListPlatformApplications', {})).toEqual({
      PlatformApplications: [
        {
          PlatformApplicationArn: appArn('GCM', 'app'),
          Attributes: { Enabled: 'true', AuthenticationMethod: 'key' },
        },
      ],
    });
    expect(await sns(cloud, 'ListPlatformApplications', { NextToken: '***' })).toMatchObject({
      error: 'InvalidParameter',
    });
  });
});
