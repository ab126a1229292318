/**
 * The platform applications of one account in one Region and their endpoints: made, found, changed, removed.
 *
 * Not here: what their attributes may be (platformSettings.ts, endpointSettings.ts), publishing to them (../publishing.ts).
 */
import { isDeepStrictEqual } from 'node:util';
import { arnOf } from '../../arns.ts';
import { invalidParameter } from '../errors.ts';
import { changedEndpointSettings, type EndpointSettings, newEndpointSettings } from './endpointSettings.ts';
import {
  changedPlatformSettings,
  checkApplicationName,
  checkPlatform,
  type PlatformSettings,
} from './platformSettings.ts';

export interface PlatformApplication {
  readonly arn: string;
  readonly platform: string;
  readonly name: string;
  readonly settings: PlatformSettings;
}

export interface PlatformEndpoint {
  readonly arn: string;
  readonly application: PlatformApplication;
  readonly settings: EndpointSettings;
  /** Nothing may be published to an endpoint that is not. */
  readonly enabled: boolean;
}

/** Where an ARN begins, and ids for what has none yet. */
export interface Home {
  readonly accountId: string;
  readonly region: string;
  nextId(): string;
}

export interface Platforms {
  /** In the order of their ARNs. */
  applications(): readonly PlatformApplication[];
  application(arn: string): PlatformApplication | undefined;
  /** Returns the application of that name when it has equal attributes. @throws AwsError InvalidParameter */
  createApplication(
    home: Home,
    request: { readonly name: string; readonly platform: string; readonly attributes: Attributes },
  ): PlatformApplication;
  /** @throws AwsError InvalidParameter */
  setApplicationAttributes(application: PlatformApplication, attributes: Attributes): void;
  /** With its endpoints. Nothing happens when there is none. */
  deleteApplication(arn: string): void;

  /** In the order of their ARNs. */
  endpoints(application: PlatformApplication): readonly PlatformEndpoint[];
  endpoint(arn: string): PlatformEndpoint | undefined;
  /**
   * Returns the endpoint of that token when it does not differ: in CustomUserData, of which none is a value too, and in what
   * `attributes` names. One that is disabled is returned as it is.
   *
   * @throws AwsError InvalidParameter
   */
  createEndpoint(
    home: Home,
    application: PlatformApplication,
    request: NewEndpoint,
  ): { readonly endpoint: PlatformEndpoint; readonly isNew: boolean };
  /** @returns whether it is another than before. @throws AwsError InvalidParameter */
  setEndpointAttributes(endpoint: PlatformEndpoint, attributes: Attributes): boolean;
  /** Nothing happens when there is none. Subscriptions of its are left, as AWS leaves them. */
  deleteEndpoint(arn: string): void;
}

export type Attributes = Readonly<Record<string, string>>;

export interface NewEndpoint {
  readonly token: string;
  readonly customUserData: string | undefined;
  readonly attributes: Attributes;
}

interface KeptApplication extends PlatformApplication {
  settings: PlatformSettings;
  readonly endpoints: Map<string, KeptEndpoint>;
  /** By token: SetEndpointAttributes can give several endpoints the same one. Oldest first. */
  readonly byToken: Map<string, Set<KeptEndpoint>>;
  /** `endpoints` in the order of their ARNs; null when one came or went. */
  sorted: readonly KeptEndpoint[] | null;
}

interface KeptEndpoint extends PlatformEndpoint {
  readonly application: KeptApplication;
  settings: EndpointSettings;
  enabled: boolean;
}

export function createPlatforms(): Platforms {
  const applications = new Map<string, KeptApplication>();
  const endpoints = new Map<string, KeptEndpoint>();

  function keepToken(endpoint: KeptEndpoint): void {
    const { byToken } = endpoint.application;
    const sharers = byToken.get(endpoint.settings.token) ?? new Set();
    byToken.set(endpoint.settings.token, sharers.add(endpoint));
  }

  function forgetToken(endpoint: KeptEndpoint): void {
    const { byToken } = endpoint.application;
    const sharers = byToken.get(endpoint.settings.token);
    sharers?.delete(endpoint);
    if (sharers?.size === 0) byToken.delete(endpoint.settings.token);
  }

  return {
    applications: () => [...applications.values()].sort(byArn),
    application: (arn) => applications.get(arn),
    createApplication(home, { name, platform, attributes }) {
      checkApplicationName(name);
      checkPlatform(platform);
      const settings = changedPlatformSettings(platform, new Map(), attributes);
      const arn = arnOf('sns', home, `app/${platform}/${name}`);
      const known = applications.get(arn);
      if (known !== undefined) {
        if (equal(known.settings, settings)) return known;
        throw invalidParameter(
          'Name Reason: An application with the same name but different properties already exists',
        );
      }
      const application: KeptApplication = {
        arn,
        platform,
        name,
        settings,
        endpoints: new Map(),
        byToken: new Map(),
        sorted: null,
      };
      applications.set(arn, application);
      return application;
    },
    setApplicationAttributes({ arn, platform }, attributes) {
      const application = applications.get(arn)!;
      application.settings = changedPlatformSettings(platform, application.settings, attributes);
    },
    deleteApplication(arn) {
      for (const endpointArn of applications.get(arn)?.endpoints.keys() ?? []) endpoints.delete(endpointArn);
      applications.delete(arn);
    },

    endpoints({ arn }) {
      const application = applications.get(arn)!;
      application.sorted ??= [...application.endpoints.values()].sort(byArn);
      return application.sorted;
    },
    endpoint: (arn) => endpoints.get(arn),
    createEndpoint(home, { arn, platform, name }, request) {
      const application = applications.get(arn)!;
      const settings = newEndpointSettings(platform, request);
      const [known] = application.byToken.get(settings.token) ?? [];
      if (known !== undefined) {
        checkSame(known, settings, request.attributes);
        return { endpoint: known, isNew: false };
      }
      const endpoint: KeptEndpoint = {
        arn: arnOf('sns', home, `endpoint/${platform}/${name}/${home.nextId()}`),
        application,
        settings,
        enabled: settings.enabled,
      };
      endpoints.set(endpoint.arn, endpoint);
      application.endpoints.set(endpoint.arn, endpoint);
      application.sorted = null;
      keepToken(endpoint);
      return { endpoint, isNew: true };
    },
    setEndpointAttributes({ arn }, attributes) {
      const endpoint = endpoints.get(arn)!;
      const settings = changedEndpointSettings(endpoint.application.platform, endpoint.settings, attributes);
      const isChanged = !isDeepStrictEqual(settings, endpoint.settings);
      forgetToken(endpoint);
      endpoint.settings = settings;
      endpoint.enabled = settings.enabled;
      keepToken(endpoint);
      return isChanged;
    },
    deleteEndpoint(arn) {
      const endpoint = endpoints.get(arn);
      if (endpoint === undefined) return;
      forgetToken(endpoint);
      endpoints.delete(arn);
      endpoint.application.endpoints.delete(arn);
      endpoint.application.sorted = null;
    },
  };
}

const byArn = (a: { readonly arn: string }, b: { readonly arn: string }): number => (a.arn < b.arn ? -1 : 1);

function equal(a: PlatformSettings, b: PlatformSettings): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

function checkSame(known: KeptEndpoint, wanted: EndpointSettings, named: Attributes): void {
  const { settings } = known;
  const same =
    (settings.customUserData ?? '') === (wanted.customUserData ?? '') &&
    (named.Enabled === undefined || settings.enabled === wanted.enabled) &&
    [...wanted.others].every(([name, value]) => settings.others.get(name) === value);
  if (same) return;
  // Clients find the ARN in these words: AWS's own examples do.
  throw invalidParameter(
    `Token Reason: Endpoint ${known.arn} already exists with the same Token, but different attributes.`,
  );
}
