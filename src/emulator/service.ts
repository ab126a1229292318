/**
 * What a service of the emulator is: a name, how each protocol addresses it, and one action per operation.
 *
 * Adding an action is adding a file (`<service>/actions/<action>.ts`) and listing it in the service. An action sees
 * decoded input and answers with a value or throws an `AwsError`; protocols are not its business.
 */
import type { MetricSink } from './metricSink.ts';
import type { StructureShape } from './wire/shapes.ts';
import type { XmlForm } from './wire/xml.ts';
import type { World } from './world/world.ts';

/** Who calls, from where: taken from the request's credential scope, not verified. */
export interface CallScope {
  readonly accountId: string;
  readonly region: string;
  /** The request has a signature: it is not a link that somebody followed. */
  readonly signed: boolean;
  /** `http://HOST` as the client reached us: queue URLs point back at it. */
  readonly origin: string;
  readonly requestId: string;
  /** `X-Amzn-Trace-Id`: what a message is sent with that has no trace header of its own. */
  readonly traceHeader?: string | undefined;
  /** All texts of the request are printable ASCII, which spares looking at each; false where that is not known. */
  readonly printable: boolean;
  /** Aborted when the client went away while a long poll waits. */
  readonly signal: { readonly aborted: boolean; onAbort(run: () => void): void };
}

export interface Action<State> {
  readonly name: string;
  readonly input: StructureShape;
  /** null: AWS's model has no output, so that Query gives no Result element and JSON no body. */
  readonly output: StructureShape | null;
  run(state: State, input: never, scope: CallScope): unknown | Promise<unknown>;
}

/** Keeps the type of `input` inside the file that declares it. */
export function defineAction<State, Input, Output>(action: {
  readonly name: string;
  readonly input: StructureShape;
  readonly output: StructureShape | null;
  run(state: State, input: Input, scope: CallScope): Output | Promise<Output>;
}): Action<State> {
  return action as Action<State>;
}

/** How a service speaks Query. */
export interface QueryForm {
  readonly version: string;
  readonly xmlNamespace: string;
  readonly xmlForm: XmlForm;
  /** Members that have another name where the reply is JSON. */
  readonly jsonNames?: Readonly<Record<string, string>>;
}

/** How the protocols address a service; null: clients of this service never speak it. */
export interface Service<State = unknown> {
  /** Credential scope name: sqs, sns, monitoring, autoscaling, kinesis, sts. */
  readonly scopeName: string;
  readonly query: QueryForm | null;
  /** `x-amz-target` prefix and the version of AWS JSON it speaks. */
  readonly json: { readonly targetPrefix: string; readonly version: '1.0' | '1.1' } | null;
  /** RPC v2 CBOR service name in `/service/<name>/operation/<op>`. */
  readonly cbor: { readonly serviceName: string } | null;
  /** Namespace of error shapes in JSON `__type`, e.g. `com.amazonaws.sqs`. */
  readonly errorNamespace: string;
  readonly actions: ReadonlyMap<string, Action<State>>;
  readonly state: State;
  /** Answers through a front end of its own: in the service's own name to unknown actions, but in the common one with errors that its model lacks. */
  readonly ownFrontEnd?: boolean;
  /** The service's own code and words for input that does not fit its shape; ValidationException when left out. */
  readonly refuseInput?: (problem: InputProblem) => AwsError;
  /** Answers requests with odd addresses that only this service knows, e.g. Query posted to `/account/queue` for SQS. */
  readonly ownsPath?: (path: string) => Readonly<Record<string, string>> | null;
}

/** How input fails its declared shape. `path` is dotted, in wire spelling: `Entries.1.Id`. */
export type InputProblem =
  | { readonly kind: 'missing'; readonly path: string }
  | {
      readonly kind: 'range';
      readonly path: string;
      readonly value: number;
      readonly min: number | undefined;
      readonly max: number | undefined;
    }
  | { readonly kind: 'type'; readonly path: string; readonly value: string; readonly expected: string };

/**
 * An error as AWS gives it. `shape` is the modelled name, `queryCode` the legacy code of Query and `x-amzn-query-error`, `queryMessage` what
 * Query says where that has words of its own.
 */
export class AwsError extends Error {
  readonly shape: string;
  readonly queryCode: string;
  readonly queryMessage: string;
  readonly status: number;
  readonly fault: 'Sender' | 'Receiver';

  constructor(
    shape: string,
    message: string,
    options: { queryCode?: string; queryMessage?: string; status?: number; fault?: 'Sender' | 'Receiver' } = {},
  ) {
    super(message);
    this.name = 'AwsError';
    this.shape = shape;
    this.queryCode = options.queryCode ?? shape;
    this.queryMessage = options.queryMessage ?? message;
    this.status = options.status ?? 400;
    this.fault = options.fault ?? 'Sender';
  }
}

/**
 * What every service of one account and Region is built with: `createXService(context, ...neighbours)`.
 *
 * Neighbours (the queues an Auto Scaling instance reads from, the policies an alarm runs) are further arguments of the
 * services that need them; cloud.ts connects them. `sink` is CloudWatch's; CloudWatch itself is built without it.
 */
export interface ServiceContext {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly sink: MetricSink;
}
