/**
 * One call with everything around it: cancellation, translation of failures, back-off of what is throttled, paging and
 * bounded concurrency. Keeps no schedule: how long to wait is told to the caller.
 */
import { SpillwayError } from '../core/errors.ts';
import { serviceHost } from '../core/partitions.ts';
import { Clients } from './clients.ts';
import { awsError, redactor } from './errors.ts';
import type { AwsConnectionOptions } from './interface.ts';

const firstWaitSeconds = 5;
const longestWaitSeconds = 300;

export class Caller {
  readonly clients: Clients;
  readonly #options: AwsConnectionOptions;
  readonly #closing = new AbortController();
  readonly #redact: (text: string) => string;
  /** Throttled answers in a row, by action. */
  readonly #throttles = new Map<string, number>();

  constructor(options: AwsConnectionOptions) {
    this.#options = options;
    this.clients = new Clients(options);
    const { credentials } = options;
    this.#redact = redactor(
      credentials.kind === 'static' ? [credentials.secretAccessKey, credentials.sessionToken] : [],
    );
  }

  /**
   * @param action as IAM spells it, `sqs:ListQueues`
   * @throws SpillwayError only
   */
  async call<T>(
    action: string,
    signal: AbortSignal,
    run: (options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const abortSignal = AbortSignal.any([signal, this.#closing.signal]);
    if (abortSignal.aborted) throw new SpillwayError('CANCELLED');
    try {
      const answer = await run({ abortSignal });
      this.#throttles.delete(action);
      return answer;
    } catch (thrown) {
      if (abortSignal.aborted) throw new SpillwayError('CANCELLED');
      const { connection } = this.#options;
      const row = this.#throttles.get(action) ?? 0;
      const error = awsError(thrown, {
        action,
        endpoint: this.endpointOf(action),
        connection: connection.name,
        skewSeconds: this.clients.wire.skewSeconds,
        waitSeconds: Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** row),
        redact: this.#redact,
      });
      if (error.code === 'THROTTLED') this.#throttles.set(action, Math.min(row + 1, 10));
      throw error;
    }
  }

  /** Where calls of a service go, for messages. */
  endpointOf(action: string): string {
    const { endpoint, region } = this.#options.connection;
    const [service = ''] = action.split(':');
    return endpoint ?? serviceHost(service === 'cloudwatch' ? 'monitoring' : service, region);
  }

  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  close(): void {
    this.#closing.abort();
    this.clients.close();
  }
}

/**
 * Every item of a paged answer.
 * @param page asks for one page; a page without a token is the last
 */
export async function everyPage<T>(
  page: (token: string | undefined) => Promise<{ items: readonly T[]; next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    all.push(...items);
    // A token that repeats would never end; some emulators answer like that.
    token = next === token ? undefined : next;
  } while (token !== undefined && token !== '');
  return all;
}

/** `Promise.all` over items, at most `limit` under way; the first failure stops the rest from starting. */
export async function mapBounded<T, R>(
  items: readonly T[],
  limit: number,
  run: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await run(items[index]!, index);
      } catch (thrown) {
        failed = true;
        throw thrown;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
