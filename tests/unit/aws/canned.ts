/** A small HTTP server that answers as told: what AWS (or something that is not AWS) would say, word for word. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type AwsConnection, type AwsConnectionOptions, createAwsConnection } from '../../../src/aws/index.ts';
import type { Credentials } from '../../../src/core/contract/shapes.ts';
import { SpillwayError } from '../../../src/core/errors.ts';
import type { Connection } from '../../../src/core/model/resources.ts';
import { manualClock } from '../../../src/core/time/clock.ts';

export interface Asked {
  /** `ListQueues`, from the target header or the Action parameter; the path for plain requests. */
  readonly action: string;
  readonly body: string;
  /** The body as JSON; {} for others. */
  readonly input: unknown;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Canned {
  readonly endpoint: string;
  readonly asked: Asked[];
}

export async function canned(answer: (asked: Asked, count: number) => Answer | 'hang up' | 'silence'): Promise<Canned> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => void reply(request, response));
  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const target = request.headers['x-amz-target'];
    const question: Asked = {
      action:
        (typeof target === 'string' ? target.split('.').at(-1) : new URLSearchParams(body).get('Action')) ??
        request.url ??
        '',
      body,
      input: body.startsWith('{') ? (JSON.parse(body) as unknown) : {},
    };
    asked.push(question);
    const said = answer(question, asked.length);
    if (said === 'hang up') request.socket.destroy();
    else if (said !== 'silence') response.writeHead(said.status ?? 200, said.headers).end(said.body);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

export const json = (value: unknown, more: Partial<Answer> = {}): Answer => ({
  headers: { 'content-type': 'application/x-amz-json-1.0', ...more.headers },
  body: JSON.stringify(value),
  ...(more.status === undefined ? {} : { status: more.status }),
});

export const xml = (body: string, more: Partial<Answer> = {}): Answer => ({
  headers: { 'content-type': 'text/xml', ...more.headers },
  body,
  ...(more.status === undefined ? {} : { status: more.status }),
});

export const identity = xml(
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
   <Arn>arn:aws:iam::123456789012:user/ops</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
   </GetCallerIdentityResult></GetCallerIdentityResponse>`,
);

/** As a Query service words an error. */
export const xmlError = (code: string, message: string, status = 400, headers: Record<string, string> = {}): Answer =>
  xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    {
      status,
      headers,
    },
  );

/** Marked, so that a leak of it is found anywhere. */
export const secret = 'MARKED+SECRET/wJalrXUtnFEMI/K7MDENG';
export const sessionToken = 'MARKED+TOKEN/FwoGZXIvYXdzEBY';

export const signal = new AbortController().signal;
export const clock = manualClock(Date.UTC(2026, 2, 2, 12));

export function connect(
  endpoint: string | null,
  more: Partial<AwsConnectionOptions> & { kind?: Connection['kind'] } = {},
): AwsConnection {
  const { kind = 'aws', ...options } = more;
  const credentials: Credentials = {
    kind: 'static',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: secret,
    sessionToken,
  };
  const connection = createAwsConnection({
    connection: {
      id: 'c1',
      name: 'production',
      kind,
      region: 'us-east-1',
      endpoint,
      profile: null,
      pollIntervalSeconds: 60,
    },
    credentials,
    clock,
    maxAttempts: 1,
    ...options,
  });
  onTestFinished(() => connection.close());
  return connection;
}

/** The error a call ends with, as a value. */
export async function failureOf(work: Promise<unknown>): Promise<SpillwayError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof SpillwayError) return thrown;
    throw thrown;
  }
  throw new Error('it did not fail');
}
