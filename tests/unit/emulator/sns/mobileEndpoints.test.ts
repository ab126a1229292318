import { beforeEach, describe, expect, test } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { sns, testCloud, topicArn } from './harness.ts';

let cloud: Cloud;
let app: string;

async function createApp(Platform = 'GCM', Name = 'app'): Promise<string> {
  const Attributes = { PlatformCredential: 'key', PlatformPrincipal: 'certificate' };
  const { PlatformApplicationArn } = await sns(cloud, 'CreatePlatformApplication', { Name, Platform, Attributes });
  return String(PlatformApplicationArn);
}

const create = (request: Record<string, unknown>, PlatformApplicationArn = app) =>
  sns(cloud, 'CreatePlatformEndpoint', { PlatformApplicationArn, ...request });
const get = async (EndpointArn: unknown) => (await sns(cloud, 'GetEndpointAttributes', { EndpointArn })).Attributes;
const set = (EndpointArn: unknown, Attributes: Record<string, string>) =>
  sns(cloud, 'SetEndpointAttributes', { EndpointArn, Attributes });
const refused = (reason: string) => ({ error: 'InvalidParameter', message: `Invalid parameter: ${reason}` });

beforeEach(async () => {
  cloud = testCloud();
  app = await createApp();
});

describe('CreatePlatformEndpoint', () => {
  test('gives an ARN with platform, application and a UUID', async () => {
    const { EndpointArn } = await create({ Token: 'token', CustomUserData: 'kitchen' });
    expect(EndpointArn).toMatch(
      /^arn:aws:sns:us-east-1:000000000000:endpoint\/GCM\/app\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
    );
    expect(await get(EndpointArn)).toEqual({ Enabled: 'true', Token: 'token', CustomUserData: 'kitchen' });
  });

  test('with the same token and attributes gives the same endpoint', async () => {
    const first = await create({ Token: 'token', CustomUserData: 'kitchen' });
    expect(await create({ Token: 'token', CustomUserData: 'kitchen' })).toEqual(first);
    expect(await create({ Token: 'token', CustomUserData: 'kitchen', Attributes: { Enabled: 'true' } })).toEqual(first);
    const { Endpoints } = await sns(cloud, 'ListEndpointsByPlatformApplication', { PlatformApplicationArn: app });
    expect(Endpoints).toHaveLength(1);
  });

  test.each([
    ['other CustomUserData', { CustomUserData: 'hall' }],
    ['no CustomUserData where there is some', {}],
    ['other CustomUserData among the attributes', { Attributes: { CustomUserData: 'hall' } }],
    ['Enabled false', { CustomUserData: 'kitchen', Attributes: { Enabled: 'false' } }],
  ])('with the same token and %s names the endpoint in its refusal', async (_, differing) => {
    const { EndpointArn } = await create({ Token: 'token', CustomUserData: 'kitchen' });
    expect(await create({ Token: 'token', ...differing })).toEqual(
      refused(`Token Reason: Endpoint ${EndpointArn} already exists with the same Token, but different attributes.`),
    );
  });

  test('of a disabled endpoint succeeds and does not enable it', async () => {
    const first = await create({ Token: 'token' });
    await set(first.EndpointArn, { Enabled: 'false' });
    expect(await create({ Token: 'token' })).toEqual(first);
    expect(await get(first.EndpointArn)).toEqual({ Enabled: 'false', Token: 'token' });
  });

  test('of a token that another application has is another endpoint', async () => {
    const other = await createApp('GCM', 'other');
    const first = await create({ Token: 'token' });
    const second = await create({ Token: 'token' }, other);
    expect(second.EndpointArn).toContain('/GCM/other/');
    expect(second.EndpointArn).not.toBe(first.EndpointArn);
  });

  test('attributes come before the parameters of the same name', async () => {
    const Attributes = { CustomUserData: 'attribute', Enabled: 'FALSE', Token: 'newer' };
    const { EndpointArn } = await create({ Token: 'older', CustomUserData: 'parameter', Attributes });
    expect(await get(EndpointArn)).toEqual({ Enabled: 'false', Token: 'newer', CustomUserData: 'attribute' });
  });

  test.each([
    ['an empty token', { Token: '' }, 'Token Reason: cannot be empty'],
    ['a long token', { Token: 'x'.repeat(8_193) }, 'Token Reason: must be at most 8192 bytes long in UTF-8 encoding'],
    [
      'an empty token among the attributes',
      { Token: 't', Attributes: { Token: '' } },
      'Attributes Reason: Invalid value for attribute: Token: cannot be empty',
    ],
    [
      'long CustomUserData',
      { Token: 't', CustomUserData: 'x'.repeat(2_049) },
      'CustomUserData Reason: must be at most 2048 bytes long in UTF-8 encoding',
    ],
    [
      'long CustomUserData in bytes',
      { Token: 't', Attributes: { CustomUserData: 'é'.repeat(1_025) } },
      'Attributes Reason: Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding',
    ],
    [
      'an unknown attribute',
      { Token: 't', Attributes: { Colour: 'b' } },
      'Attributes Reason: Invalid attribute name: Colour',
    ],
    [
      'attributes of Baidu elsewhere',
      { Token: 't', Attributes: { UserId: 'b' } },
      'Attributes Reason: Invalid attribute name: UserId',
    ],
    [
      'Enabled that is neither',
      { Token: 't', Attributes: { Enabled: 'yes' } },
      'Attributes Reason: Invalid value for attribute: Enabled: must be true or false',
    ],
  ])('refuses %s and makes nothing', async (_, request, reason) => {
    expect(await create(request)).toEqual(refused(reason));
    expect(await sns(cloud, 'ListEndpointsByPlatformApplication', { PlatformApplicationArn: app })).toEqual({
      Endpoints: [],
    });
  });

  test('takes 2,048 bytes of CustomUserData and 8,192 of token', async () => {
    const answer = await create({ Token: 'x'.repeat(8_192), CustomUserData: 'é'.repeat(1_024) });
    expect(answer).toHaveProperty('EndpointArn');
  });

  test("Apple's tokens are hexadecimal, and one in capital letters is the same", async () => {
    const apple = await createApp('APNS_SANDBOX');
    const hexadecimal = 'Token Reason: iOS device tokens must be no more than 400 hexadecimal characters';
    expect(await create({ Token: 'token' }, apple)).toEqual(refused(hexadecimal));
    expect(await create({ Token: 'a'.repeat(401) }, apple)).toEqual(refused(hexadecimal));
    const first = await create({ Token: 'ABCDEF12'.repeat(8) }, apple);
    expect(await get(first.EndpointArn)).toEqual({ Enabled: 'true', Token: 'abcdef12'.repeat(8) });
    expect(await create({ Token: 'abcdef12'.repeat(8) }, apple)).toEqual(first);
  });

  test('Baidu needs a channel and a user, and the channel in the token', async () => {
    const baidu = await createApp('BAIDU');
    expect(await create({ Token: 't', Attributes: { UserId: 'u' } }, baidu)).toEqual(
      refused('Attributes Reason: Invalid value for attribute: ChannelId: cannot be empty'),
    );
    expect(await create({ Token: 't', Attributes: { UserId: 'u', ChannelId: 'c' } }, baidu)).toEqual(
      refused('Token Reason: must contain the ChannelId'),
    );
    const { EndpointArn } = await create({ Token: 'c', Attributes: { UserId: 'u', ChannelId: 'c' } }, baidu);
    expect(await get(EndpointArn)).toEqual({ Enabled: 'true', Token: 'c', UserId: 'u', ChannelId: 'c' });
  });
});

describe('SetEndpointAttributes', () => {
  test('changes what is given and nothing else', async () => {
    const { EndpointArn } = await create({ Token: 'token', CustomUserData: 'kitchen' });
    expect(await set(EndpointArn, { Enabled: 'false' })).toEqual({});
    expect(await get(EndpointArn)).toEqual({ Enabled: 'false', Token: 'token', CustomUserData: 'kitchen' });
    await set(EndpointArn, { Token: 'newer', CustomUserData: '' });
    expect(await get(EndpointArn)).toEqual({ Enabled: 'false', Token: 'newer', CustomUserData: '' });
  });

  test('takes nothing of a request that is wrong in part', async () => {
    const { EndpointArn } = await create({ Token: 'token' });
    expect(await set(EndpointArn, { Enabled: 'false', Colour: 'blue' })).toEqual(
      refused('Attributes Reason: Invalid attribute name: Colour'),
    );
    expect(await get(EndpointArn)).toEqual({ Enabled: 'true', Token: 'token' });
  });

  test('a token that was given up makes a new endpoint, the new one finds this one', async () => {
    const first = await create({ Token: 'old' });
    await set(first.EndpointArn, { Token: 'new' });
    expect(await create({ Token: 'new' })).toEqual(first);
    expect((await create({ Token: 'old' })).EndpointArn).not.toBe(first.EndpointArn);
  });

  test('two endpoints can come to have one token; the older is found, then the other', async () => {
    const first = await create({ Token: 'one' });
    const second = await create({ Token: 'two' });
    await set(second.EndpointArn, { Token: 'one' });
    expect(await create({ Token: 'one' })).toEqual(first);
    await sns(cloud, 'DeleteEndpoint', first);
    expect(await create({ Token: 'one' })).toEqual(second);
  });

  test('an empty CustomUserData is none', async () => {
    const first = await create({ Token: 'token', CustomUserData: 'kitchen' });
    await set(first.EndpointArn, { CustomUserData: '' });
    expect(await create({ Token: 'token' })).toEqual(first);
  });
});

describe('an endpoint that is not there', () => {
  const gone = 'arn:aws:sns:us-east-1:000000000000:endpoint/GCM/app/00000000-0000-4000-8000-000000000000';

  test.each(['GetEndpointAttributes', 'SetEndpointAttributes'])('%s answers NotFound', async (action) => {
    expect(await sns(cloud, action, { EndpointArn: gone, Attributes: {} })).toEqual({
      error: 'NotFound',
      message: 'Endpoint does not exist',
    });
  });

  test('DeleteEndpoint succeeds, a second time too', async () => {
    const { EndpointArn } = await create({ Token: 'token' });
    expect(await sns(cloud, 'DeleteEndpoint', { EndpointArn })).toEqual({});
    expect(await sns(cloud, 'DeleteEndpoint', { EndpointArn })).toEqual({});
    expect(await sns(cloud, 'GetEndpointAttributes', { EndpointArn })).toMatchObject({ error: 'NotFound' });
    const again = await create({ Token: 'token' });
    expect(again.EndpointArn).not.toBe(EndpointArn);
  });

  test.each([
    ['nonsense', 'An ARN must have at least 6 elements, not 1'],
    [topicArn('t'), 'Wrong number of slashes in relative portion of the ARN.'],
    [`${gone}x`, 'ARN specifies an invalid endpointId: UUID must be encoded in exactly 36 characters.'],
  ])('%s is no ARN of one', async (EndpointArn, reason) => {
    for (const action of ['GetEndpointAttributes', 'SetEndpointAttributes', 'DeleteEndpoint']) {
      expect(await sns(cloud, action, { EndpointArn, Attributes: {} })).toEqual(
        refused(`EndpointArn Reason: ${reason}`),
      );
    }
  });
});

test('ListEndpointsByPlatformApplication gives pages of a hundred of this application, each endpoint once', async () => {
  const other = await createApp('GCM', 'other');
  await create({ Token: 'elsewhere' }, other);
  const made: unknown[] = [];
  for (let index = 0; index < 150; index++) made.push((await create({ Token: `token${index}` })).EndpointArn);
  const request = { PlatformApplicationArn: app };
  const first = await sns(cloud, 'ListEndpointsByPlatformApplication', request);
  // What comes and goes between the pages disturbs neither.
  const last = [...made].sort().at(-1);
  await sns(cloud, 'DeleteEndpoint', { EndpointArn: last });
  const second = await sns(cloud, 'ListEndpointsByPlatformApplication', { ...request, NextToken: first.NextToken });
  const arns = [first, second].map(({ Endpoints }) =>
    (Endpoints as { EndpointArn: string }[]).map((one) => one.EndpointArn),
  );
  expect(arns.map(({ length }) => length)).toEqual([100, 49]);
  expect(arns.flat()).toEqual([...made].sort().slice(0, -1));
  expect(second).not.toHaveProperty('NextToken');
  expect((first.Endpoints as object[])[0]).toHaveProperty('Attributes.Token');
});

test('Publish to an endpoint goes to the outbox, and not while it is disabled', async () => {
  const { EndpointArn } = await create({ Token: 'token' });
  await sns(cloud, 'Publish', { TargetArn: EndpointArn, Message: 'hello' });
  expect(cloud.home.sns.outbox.entries()).toMatchObject([{ kind: 'application', to: EndpointArn, body: 'hello' }]);
  await set(EndpointArn, { Enabled: 'false' });
  expect(await sns(cloud, 'Publish', { TargetArn: EndpointArn, Message: 'hello' })).toMatchObject({
    error: 'EndpointDisabled',
  });
  await set(EndpointArn, { Enabled: 'true' });
  expect(await sns(cloud, 'Publish', { TargetArn: EndpointArn, Message: 'hello' })).toHaveProperty('MessageId');
});
