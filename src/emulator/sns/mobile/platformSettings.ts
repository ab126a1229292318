/**
 * Push services and the attributes of their applications: what is needed, what is checked, what is shown.
 *
 * Credentials are checked for being there and no further: no push service is asked. They are never shown again.
 * Not here: attributes of endpoints (endpointSettings.ts).
 */
import { isRoleArn, parseTopicArn } from '../arns.ts';
import { invalidParameter } from '../errors.ts';
import { invalidAttributeName, invalidAttributeValue } from './errors.ts';

export type PlatformSettings = ReadonlyMap<string, string>;

const applePlatforms: ReadonlySet<string> = new Set([
  'APNS',
  'APNS_SANDBOX',
  'APNS_VOIP',
  'APNS_VOIP_SANDBOX',
  'MACOS',
  'MACOS_SANDBOX',
]);
const platforms: ReadonlySet<string> = new Set([...applePlatforms, 'ADM', 'BAIDU', 'GCM', 'MPNS', 'WNS']);

export const isApple = (platform: string): boolean => applePlatforms.has(platform);

type Check = (name: string, value: string) => void;

const topicArn: Check = (name, value) => {
  if (parseTopicArn(value) === null) throw invalidAttributeValue(name, 'must be the ARN of a topic');
};
const roleArn: Check = (name, value) => {
  if (!isRoleArn(value))
    throw invalidAttributeValue(
      name,
      `${value.slice(0, 200)} is not a valid role to allow SNS to write to Cloudwatch Logs`,
    );
};
const anything: Check = () => {};

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['PlatformCredential', anything],
  ['PlatformPrincipal', anything],
  ['EventEndpointCreated', topicArn],
  ['EventEndpointDeleted', topicArn],
  ['EventEndpointUpdated', topicArn],
  ['EventDeliveryFailure', topicArn],
  ['SuccessFeedbackRoleArn', roleArn],
  ['FailureFeedbackRoleArn', roleArn],
  [
    'SuccessFeedbackSampleRate',
    (name, value) => {
      if (/^(100|\d{1,2})$/.test(value)) return;
      throw invalidAttributeValue(name, `${value.slice(0, 40)} value provided is not an integer between 0-100`);
    },
  ],
]);

/** Token-based authentication with Apple only. */
const appleChecks: ReadonlyMap<string, Check> = new Map([
  ['ApplePlatformTeamID', anything],
  ['ApplePlatformBundleID', anything],
]);

const secrets: ReadonlySet<string> = new Set(['PlatformCredential', 'PlatformPrincipal']);

/** @throws AwsError InvalidParameter */
export function checkPlatform(platform: string): void {
  if (platforms.has(platform)) return;
  throw invalidParameter(`Platform Reason: ${platform.slice(0, 80)} is not supported`);
}

/** @throws AwsError InvalidParameter */
export function checkApplicationName(name: string): void {
  if (/^[\w.-]{1,256}$/.test(name)) return;
  const reason =
    name === ''
      ? 'cannot be empty'
      : name.length > 256
        ? 'must be at most 256 characters long'
        : "must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'";
  throw invalidParameter(`${name.slice(0, 256)} Reason: ${reason}`);
}

/**
 * Settings after a request, the given ones left alone; an empty text takes an attribute away.
 *
 * @throws AwsError InvalidParameter for an attribute that is unknown, has no such value, or may not be missing
 */
export function changedPlatformSettings(
  platform: string,
  before: PlatformSettings,
  request: Readonly<Record<string, string>>,
): PlatformSettings {
  const after = new Map(before);
  for (const [name, value] of Object.entries(request)) {
    const check = checks.get(name) ?? (isApple(platform) ? appleChecks.get(name) : undefined);
    if (check === undefined) throw invalidAttributeName(name);
    if (value === '') {
      after.delete(name);
      continue;
    }
    check(name, value);
    after.set(name, value);
  }
  checkCredentials(platform, after);
  return after;
}

/** All push services know the caller by a principal and a credential, Firebase (GCM) by the credential alone. */
function checkCredentials(platform: string, settings: PlatformSettings): void {
  const needed = platform === 'GCM' ? ['PlatformCredential'] : ['PlatformPrincipal', 'PlatformCredential'];
  for (const name of needed) {
    if (!settings.has(name)) throw invalidAttributeValue(name, 'cannot be empty');
  }
}

/** As GetPlatformApplicationAttributes shows them. */
export function shownPlatformSettings(platform: string, settings: PlatformSettings): Record<string, string> {
  const shown: Record<string, string> = { Enabled: 'true' };
  const method = authenticationMethod(platform, settings);
  if (method !== null) shown.AuthenticationMethod = method;
  for (const [name, value] of settings) {
    if (!secrets.has(name)) shown[name] = value;
  }
  return shown;
}

function authenticationMethod(platform: string, settings: PlatformSettings): string | null {
  if (isApple(platform)) return settings.has('ApplePlatformTeamID') ? 'token' : 'certificate';
  // A token credential of Firebase is the key file, which is JSON.
  if (platform === 'GCM') return settings.get('PlatformCredential')?.trimStart().startsWith('{') ? 'token' : 'key';
  return null;
}
