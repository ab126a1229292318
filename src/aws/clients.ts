/**
 * SDK clients of one connection: made when first needed, one import each (EL-32), all with the same explicit settings.
 *
 * Nothing is taken from AWS_... variables that would send calls elsewhere: Region and endpoint are the connection's.
 * Every attempt is counted, and an answer that is a web page is stopped here, before the SDK tries to parse it.
 */
import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { CloudWatchClient, CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '../core/contract/shapes.ts';
import type { Clock } from '../core/time/clock.ts';
import { NotAwsError } from './errors.ts';
import type { AwsConnectionOptions } from './interface.ts';

/** What all five clients are given alike. */
type Settings = Omit<CloudWatchClientConfig, 'extensions'>;

/** The part of a client's middleware stack that we use, alike for all five. */
interface Stack {
  add(
    middleware: (
      next: (args: object) => Promise<{ response: unknown }>,
      context: { commandName?: string },
    ) => (args: object) => Promise<{ response: unknown }>,
    options: { step: 'deserialize'; priority: 'low'; name: string; override: boolean },
  ): void;
}

interface RawResponse {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { destroy?: () => void };
}

export interface Wire {
  readonly calls: Record<string, number>;
  /** Endpoint's clock minus ours at its last answer; null before the first. */
  skewSeconds: number | null;
}

export class Clients {
  readonly wire: Wire = { calls: {}, skewSeconds: null };
  readonly #options: AwsConnectionOptions;
  readonly #made: { destroy(): void }[] = [];
  #cloudWatch: Promise<CloudWatchClient> | undefined;
  #sqs: Promise<SQSClient> | undefined;
  #kinesis: Promise<KinesisClient> | undefined;
  #autoScaling: Promise<AutoScalingClient> | undefined;
  #sts: Promise<STSClient> | undefined;
  #closed = false;

  constructor(options: AwsConnectionOptions) {
    this.#options = options;
  }

  cloudWatch(): Promise<CloudWatchClient> {
    this.#cloudWatch ??= import('@aws-sdk/client-cloudwatch').then(async ({ CloudWatchClient: Client }) =>
      this.#keep(new Client(await this.#settings())),
    );
    return this.#cloudWatch;
  }

  sqs(): Promise<SQSClient> {
    this.#sqs ??= import('@aws-sdk/client-sqs').then(async ({ SQSClient: Client }) =>
      // A queue's URL names the host that made it, which need not be the host we reach it by.
      this.#keep(new Client({ ...(await this.#settings()), useQueueUrlAsEndpoint: false })),
    );
    return this.#sqs;
  }

  kinesis(): Promise<KinesisClient> {
    this.#kinesis ??= import('@aws-sdk/client-kinesis').then(async ({ KinesisClient: Client }) => {
      // The SDK's Kinesis speaks HTTP/2 only, which proxies and other emulators often do not; reading needs no streams,
      // so it gets the HTTP/1.1 handler that CloudWatch has anyway.
      const { requestHandler } = (await this.cloudWatch()).config;
      return this.#keep(new Client({ ...(await this.#settings()), requestHandler }));
    });
    return this.#kinesis;
  }

  autoScaling(): Promise<AutoScalingClient> {
    this.#autoScaling ??= import('@aws-sdk/client-auto-scaling').then(async ({ AutoScalingClient: Client }) =>
      this.#keep(new Client(await this.#settings())),
    );
    return this.#autoScaling;
  }

  sts(): Promise<STSClient> {
    this.#sts ??= import('@aws-sdk/client-sts').then(async ({ STSClient: Client }) =>
      this.#keep(new Client(await this.#settings())),
    );
    return this.#sts;
  }

  close(): void {
    this.#closed = true;
    for (const client of this.#made) client.destroy();
  }

  #keep<C extends { destroy(): void; middlewareStack: unknown }>(client: C): C {
    watch(client.middlewareStack as Stack, this.wire, this.#options.clock);
    this.#made.push(client);
    if (this.#closed) client.destroy();
    return client;
  }

  async #settings(): Promise<Settings> {
    const { connection, credentials, requestTimeoutMs = 10_000, maxAttempts = 2 } = this.#options;
    return {
      region: connection.region,
      ...(connection.endpoint === null ? {} : { endpoint: connection.endpoint }),
      ignoreConfiguredEndpointUrls: true,
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      defaultsMode: 'standard',
      retryMode: 'standard',
      maxAttempts,
      userAgentAppId: 'spillway',
      requestHandler: {
        connectionTimeout: Math.min(5_000, requestTimeoutMs),
        requestTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true,
      },
      ...(await credentialsOf(connection.kind, credentials)),
    };
  }
}

async function credentialsOf(
  kind: AwsConnectionOptions['connection']['kind'],
  credentials: Credentials,
): Promise<Pick<CloudWatchClientConfig, 'credentials'>> {
  if (credentials.kind === 'static') {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } };
  }
  // An emulator takes any key; the user's real ones are not for it.
  if (kind !== 'aws') return { credentials: { accessKeyId: 'spillway', secretAccessKey: 'spillway' } };
  if (credentials.kind === 'default') return {};
  // Not the default chain with a profile: where that profile is missing, the chain goes on to other sources, and we
  // would record somebody else's account.
  const { fromIni } = await import('@aws-sdk/credential-provider-ini');
  return { credentials: fromIni({ profile: credentials.profile }) };
}

function watch(stack: Stack, wire: Wire, clock: Clock): void {
  stack.add(
    (next, context) => async (args) => {
      const name = (context.commandName ?? 'Unknown').replace(/Command$/, '');
      wire.calls[name] = (wire.calls[name] ?? 0) + 1;
      const answer = await next(args);
      const response = answer.response as RawResponse;
      const headers = response.headers ?? {};
      const date = Date.parse(headers.date ?? '');
      if (!Number.isNaN(date)) wire.skewSeconds = Math.round((date - clock.nowMs()) / 1000);
      const type = headers['content-type'] ?? '';
      if (type.includes('html')) {
        response.body?.destroy?.();
        throw new NotAwsError(`HTTP ${response.statusCode}, ${type}`);
      }
      return answer;
    },
    { step: 'deserialize', priority: 'low', name: 'spillwayWatch', override: true },
  );
}
