/** Attributes of a platform endpoint: a device's token, whether it is enabled, and what its owner wrote on it. */
import { invalidParameter } from '../errors.ts';
import { invalidAttributeName, invalidAttributeValue } from './errors.ts';
import { isApple } from './platformSettings.ts';

export interface EndpointSettings {
  readonly token: string;
  readonly enabled: boolean;
  /** Null where nobody wrote any. */
  readonly customUserData: string | null;
  /** Baidu only: ChannelId and UserId. */
  readonly others: ReadonlyMap<string, string>;
}

const mostTokenBytes = 8_192;
const mostUserDataBytes = 2_048;
const baiduNames = ['ChannelId', 'UserId'];

/**
 * Settings of a new endpoint. What stands in `attributes` comes before the parameters of the same name.
 *
 * @throws AwsError InvalidParameter
 */
export function newEndpointSettings(
  platform: string,
  request: {
    readonly token: string;
    readonly customUserData: string | undefined;
    readonly attributes: Readonly<Record<string, string>>;
  },
): EndpointSettings {
  const { token, customUserData, attributes } = request;
  const problem = tokenProblem(platform, token);
  if (problem !== null) throw invalidParameter(`Token Reason: ${problem}`);
  if (customUserData !== undefined && isTooLong(customUserData)) {
    throw invalidParameter(`CustomUserData Reason: ${userDataProblem}`);
  }
  const settings = changedEndpointSettings(
    platform,
    { token: spelt(platform, token), enabled: true, customUserData: customUserData ?? null, others: new Map() },
    attributes,
  );
  if (platform === 'BAIDU') checkBaidu(settings);
  return settings;
}

/**
 * Settings after a request, the given ones left alone.
 *
 * @throws AwsError InvalidParameter for an attribute that is unknown or has no such value
 */
export function changedEndpointSettings(
  platform: string,
  before: EndpointSettings,
  request: Readonly<Record<string, string>>,
): EndpointSettings {
  let { token, enabled, customUserData } = before;
  const others = new Map(before.others);
  for (const [name, value] of Object.entries(request)) {
    if (name === 'Token') {
      const problem = tokenProblem(platform, value);
      if (problem !== null) throw invalidAttributeValue(name, problem);
      token = spelt(platform, value);
    } else if (name === 'Enabled') {
      enabled = flagIn(name, value);
    } else if (name === 'CustomUserData') {
      if (isTooLong(value)) throw invalidAttributeValue(name, userDataProblem);
      customUserData = value;
    } else if (platform === 'BAIDU' && baiduNames.includes(name)) {
      others.set(name, value);
    } else {
      throw invalidAttributeName(name);
    }
  }
  return { token, enabled, customUserData, others };
}

/** As GetEndpointAttributes shows them. */
export function shownEndpointSettings(settings: EndpointSettings): Record<string, string> {
  const { token, enabled, customUserData, others } = settings;
  return {
    Enabled: String(enabled),
    Token: token,
    ...(customUserData === null ? {} : { CustomUserData: customUserData }),
    ...Object.fromEntries(others),
  };
}

const userDataProblem = `must be at most ${mostUserDataBytes} bytes long in UTF-8 encoding`;
const isTooLong = (customUserData: string): boolean => Buffer.byteLength(customUserData, 'utf8') > mostUserDataBytes;

function tokenProblem(platform: string, token: string): string | null {
  if (token === '') return 'cannot be empty';
  if (isApple(platform)) {
    return /^[\da-f]{1,400}$/i.test(token) ? null : 'iOS device tokens must be no more than 400 hexadecimal characters';
  }
  return Buffer.byteLength(token, 'utf8') > mostTokenBytes
    ? `must be at most ${mostTokenBytes} bytes long in UTF-8 encoding`
    : null;
}

/** Apple's tokens are numbers in hexadecimal, and are given back in small letters. */
const spelt = (platform: string, token: string): string => (isApple(platform) ? token.toLowerCase() : token);

function flagIn(name: string, value: string): boolean {
  const flag = value.toLowerCase();
  if (flag === 'true' || flag === 'false') return flag === 'true';
  throw invalidAttributeValue(name, 'must be true or false');
}

function checkBaidu({ token, others }: EndpointSettings): void {
  for (const name of baiduNames) {
    if (!others.get(name)) throw invalidAttributeValue(name, 'cannot be empty');
  }
  if (!token.includes(others.get('ChannelId')!)) throw invalidParameter('Token Reason: must contain the ChannelId');
}
