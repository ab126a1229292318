/** One connection: the pollers behind `AwsConnection`, on one set of clients. */
import { type ErrorValue, SpillwayError } from '../core/errors.ts';
import type { MessageKey } from '../core/messages/index.ts';
import { phrases } from '../core/messages/terms.ts';
import type { Resource } from '../core/model/resources.ts';
import { discoverAlarms, readAlarmHistory } from './alarms.ts';
import { Caller } from './caller.ts';
import { readClock, setClock } from './control.ts';
import { discoverGroups, readActivities } from './groups.ts';
import type {
  AwsConnection,
  AwsConnectionOptions,
  ConnectionClock,
  ConnectionTest,
  Discovery,
  DiscoveryProblem,
} from './interface.ts';
import { readMetrics } from './metricData.ts';
import { discoverQueues, readQueues } from './queues.ts';
import { discoverStreams } from './streams.ts';

/** Where these happen, nothing else of the account can be read either. */
const fatal: ReadonlySet<MessageKey> = new Set([
  'CANCELLED',
  'CLOCK_SKEW',
  'CREDENTIALS_MISSING',
  'CREDENTIALS_REJECTED',
  'ENDPOINT_UNREACHABLE',
]);

/** Nothing is sent, and no SDK module loaded, before the first method is called. */
export function createAwsConnection(options: AwsConnectionOptions): AwsConnection {
  const { connection, clock } = options;
  const caller = new Caller(options);
  const hostNow = () => clock.nowMs();
  let metricsRequested = 0;
  let identity: { accountId: string; arn: string } | undefined;
  /** The endpoint answered that it has no control endpoint: it is asked no more. */
  let withoutControl = connection.kind === 'aws' || connection.endpoint === null;
  const hostClock = (): ConnectionClock => ({ nowMs: clock.nowMs(), speed: 1 });

  async function whoAmI(signal: AbortSignal): Promise<{ accountId: string; arn: string }> {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const client = await caller.clients.sts();
    const action = 'sts:GetCallerIdentity';
    const answer = await caller.call(action, signal, (sendOptions) =>
      client.send(new GetCallerIdentityCommand({}), sendOptions),
    );
    if (answer.Account === undefined || answer.Arn === undefined) {
      const params = { action, endpoint: caller.endpointOf(action), detail: 'no Account in the answer' };
      throw new SpillwayError('RESPONSE_MALFORMED', params, true);
    }
    identity = { accountId: answer.Account, arn: answer.Arn };
    return identity;
  }

  async function readConnectionClock(signal: AbortSignal): Promise<ConnectionClock> {
    if (withoutControl) return hostClock();
    const found = await caller.call('spillway:GetClock', signal, ({ abortSignal }) =>
      readClock(connection.endpoint!, abortSignal),
    );
    if (found !== null) return found;
    withoutControl = true;
    return hostClock();
  }

  async function control(
    path: '/_spillway/clock' | '/_spillway/clock/advance',
    input: { speed: number } | { ms: number },
    signal: AbortSignal,
  ): Promise<ConnectionClock> {
    if (withoutControl) {
      throw new SpillwayError('NOT_AVAILABLE_HERE', {
        what: 'clock',
        why: phrases([{ term: 'real-time', params: { connection: connection.name } }]),
      });
    }
    return caller.call('spillway:SetClock', signal, ({ abortSignal }) =>
      setClock(connection.endpoint!, path, input, abortSignal),
    );
  }

  async function discover(signal: AbortSignal): Promise<Discovery> {
    const nowMs = (await readConnectionClock(signal)).nowMs;
    const now = () => nowMs;
    // First alone: wrong keys or a dead endpoint are then said once, and no further call is made.
    const account = await settle(identity === undefined ? whoAmI(signal) : Promise.resolve(identity));
    const [queues, streams, groups, alarms] = await Promise.all([
      settle(discoverQueues(caller, connection.id, now, signal)),
      settle(discoverStreams(caller, connection.id, now, signal)),
      settle(discoverGroups(caller, connection.id, now, signal)),
      settle(discoverAlarms(caller, connection.id, signal)),
    ]);
    const problems: DiscoveryProblem[] = [];
    for (const [area, { error }] of Object.entries({ queues, streams, groups, alarms })) {
      if (error !== null) problems.push({ area: area as DiscoveryProblem['area'], error: errorValue(error) });
    }
    if (problems.length === 4) throw queues.error;
    const resources: Resource[] = [
      ...(queues.value ?? []),
      ...(streams.value ?? []),
      ...(groups.value?.resources ?? []),
    ];
    return {
      accountId: account.value?.accountId ?? resources[0]?.id.split(':')[4] ?? '',
      resources,
      alarms: alarms.value?.alarms ?? [],
      problems,
      leftOut: [...(groups.value?.leftOut ?? []), ...(alarms.value?.leftOut ?? [])],
    };
  }

  return {
    connection,

    async test(signal): Promise<ConnectionTest> {
      const { accountId, arn } = await whoAmI(signal);
      if (!withoutControl) await readConnectionClock(signal);
      return {
        accountId,
        arn,
        clockSkewSeconds: withoutControl ? (caller.clients.wire.skewSeconds ?? 0) : 0,
      };
    },

    discover,

    pollMetrics: (series, fromSeconds, toSeconds, signal) =>
      readMetrics(
        caller,
        series,
        fromSeconds,
        toSeconds,
        (count) => {
          metricsRequested += count;
        },
        signal,
      ),

    async pollQueueAttributes(queues, signal) {
      const { nowMs } = await readConnectionClock(signal);
      return readQueues(caller, queues, withoutControl ? hostNow : () => nowMs, signal);
    },

    pollAlarmHistory: (sinceMs, resourceIdOf, signal) =>
      readAlarmHistory(caller, connection.id, sinceMs, resourceIdOf, signal),

    pollActivities: (groups, sinceMs, signal) => readActivities(caller, connection.id, groups, sinceMs, signal),

    clock: readConnectionClock,
    setSpeed: (speed, signal) => control('/_spillway/clock', { speed }, signal),
    advance: (ms, signal) => control('/_spillway/clock/advance', { ms }, signal),

    callCounts: () => ({ calls: { ...caller.clients.wire.calls }, metricsRequested }),
    close: () => caller.close(),
  };
}

interface Settled<T> {
  readonly value: T | null;
  readonly error: SpillwayError | null;
}

/** A part that failed alone is a value; what would fail everywhere is thrown on. */
async function settle<T>(work: Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await work, error: null };
  } catch (thrown) {
    if (thrown instanceof SpillwayError && !fatal.has(thrown.code)) return { value: null, error: thrown };
    throw thrown;
  }
}

function errorValue({ code, params, retryable }: SpillwayError): ErrorValue {
  return { code, params, retryable };
}
