/**
 * The emulator as others start it: a cloud, a clock that runs at some pace, and one loopback port that answers as AWS.
 */
import { type Cloud, createCloud } from './cloud.ts';
import type { Keeping, PlayBackProgress, Restored, Surroundings } from './journal/index.ts';
import { collectWithin, giveBackMemory, leaveMemory } from './memory.ts';
import {
  type Admit,
  answerAws,
  beginRun,
  endRun,
  keptCloud,
  nobodysRequestId,
  type Outside,
  type Run,
  type RunFacts,
  refuseTooLarge,
} from './run.ts';
import type { Scenario } from './scenarios/spec.ts';
import type { AdmissionRules } from './server/admission.ts';
import { answerControl, type Controls, controlPrefix } from './server/control.ts';
import { isPageRequest } from './server/page/isPageRequest.ts';
import { startServer, type TlsFiles } from './server/server.ts';
import type { AccessKey } from './signatures/index.ts';
import type { LambdaTargets } from './sns/delivery/lambda.ts';
import { createOutbound } from './sns/delivery/outbound.ts';
import { type CertifiedSigner, createSigner } from './sns/signing.ts';
import type { SqsFaults } from './sqs/faults.ts';
import { maxBodyBytes } from './wire/inflate.ts';
import type { Replying, WireReply, WireRequest } from './wire/message.ts';
import type { HostTime } from './world/pace.ts';
import { createWorld, type World } from './world/world.ts';

export type { Cloud, CloudRegion } from './cloud.ts';
export { createCloud } from './cloud.ts';
export type { PlayBackProgress, Restored } from './journal/index.ts';
export { parseScenario, type Scenario } from './scenarios/index.ts';
export type { TlsFiles } from './server/server.ts';
export type { AccessKey } from './signatures/index.ts';
export { checkFaults, noFaults, type SqsFaults } from './sqs/faults.ts';
export type { HostTime } from './world/pace.ts';
export type { World } from './world/world.ts';
export { createWorld } from './world/world.ts';

export interface EmulatorOptions {
  /** 0 takes a free one. Default 4566. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  /** Given, the port answers HTTPS as well as plain HTTP. */
  readonly tls?: TlsFiles;
  readonly accountId?: string;
  readonly region?: string;
  /** Names as `emulatedServices` gives them; the others refuse every call. Default: all. */
  readonly services?: readonly string[];
  /**
   * Requests must be signed (Signature Version 4) with one of these. Signing times are compared with `hostTime`, which then must show
   * epoch milliseconds. Default: every signature is good, and none is needed.
   */
  readonly verifySignatures?: readonly AccessKey[];
  /** Quotas that AWS enforces over time hold here, too. */
  readonly strictQuotas?: boolean;
  /** What a distributed queue does now and then. Default: queues are exact. */
  readonly sqsFaults?: SqsFaults;
  /** Where Lambda functions run that SNS delivers to: a URL by function name or ARN. Default: nowhere. */
  readonly lambdaTargets?: LambdaTargets;
  readonly seed: number;
  readonly startMs: number;
  readonly scenario?: Scenario;
  /** 'stepped': time stands still but for advances. `speed`: virtual seconds per real second. */
  readonly clock: 'stepped' | { readonly speed: number };
  readonly hostTime: HostTime;
  /**
   * Everything is kept there and comes back from there; with a clock of speed 1 `hostTime` then must show epoch milliseconds. Every
   * other option that the cloud depends on (`RunFacts`, the scenario) must be as it was when the file was begun. Default: nothing is kept.
   */
  readonly stateFile?: string;
  /** Told several times a second how far the state file is played back. */
  readonly onPlayBack?: (progress: PlayBackProgress) => void;
  /** Aborted before the start is done: playing back is given up, and the file is as it was. */
  readonly signal?: AbortSignal;
}

export interface RunningEmulator {
  /** `http://127.0.0.1:PORT`, or `https://` with a certificate. */
  readonly endpoint: string;
  /** Replaced by a reset, as is `world`. */
  readonly cloud: Cloud;
  readonly world: World;
  /** What came back from the state file; null without one. */
  readonly restored: Restored | null;
  /** Virtual seconds per real second; 0 holds the clock. */
  setSpeed(speed: number): void;
  /** As fast as possible, yielding to other work; resolves when the clock shows `ms`. Going backwards does nothing. */
  advanceTo(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @throws SpillwayError PORT_IN_USE, PORT_UNUSABLE, TLS_UNUSABLE; of a state file STATE_IN_USE, STATE_FOREIGN, STATE_VERSION,
 * STATE_DAMAGED, STATE_DIFFERS, FILE_UNWRITABLE, CANCELLED (by the signal)
 */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const { host = '127.0.0.1', port = 4566 } = options;
  const admit = await admissionOf(options);
  const keeping = await keepingOf(options);
  const signer = createSigner(keeping === null ? undefined : () => keeping.beginning.signing);
  // Both outlive a reset: receivers keep certificates by their URL, endpoints their connections.
  const outside = { outbound: createOutbound(options.hostTime), signer };
  let run = beginRun(keeping?.beginning ?? factsOf(options), options, outside, keeping);
  collectWithin({
    later: (ms, collect) => options.hostTime.setTimer(ms, collect),
    keptBytes: () => messageBytes(run.cloud),
  });

  const answerNow = (request: WireRequest): Replying => {
    if (request.path.startsWith(controlPrefix)) return answerOwn(request, () => run, controls);
    if (outside.signer.ownsPath(request.path)) return certificateReply(outside.signer);
    if (isPageRequest(request)) return answerPage(request, run);
    return answerAws(run, admit, request);
  };
  const opened = Promise.withResolvers<void>();
  let isOpen = keeping === null;
  const server = await startServer({
    host,
    port,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    maxBodyBytes,
    afterTurn: options.hostTime.afterTurn,
    // A port that is taken is noticed first, so what comes before the cloud is what it was must wait.
    answer: (request) => (isOpen ? answerNow(request) : opened.promise.then(() => answerNow(request))),
    tooLarge: (request) => refuseTooLarge(run, request),
    ...(keeping !== null && {
      beforeReplies: () => flushed(run),
      unkept: (request, reason, { headers }) =>
        request.path.startsWith(controlPrefix)
          ? keeping.unkeptControl(reason)
          : keeping.unkeptReply(request, reason, headers['x-amzn-requestid'] ?? nobodysRequestId),
    }),
  }).catch((thrown) => {
    keeping?.close(run.world.nowMs());
    throw thrown;
  });

  const controls = {
    cloud: () => run.cloud,
    clock: () => ({ nowMs: run.world.nowMs(), speed: run.pace.speed }),
    setSpeed(speed: number) {
      run.keeping?.clockChanged(run.world.nowMs(), speed);
      run.pace.setSpeed(speed);
    },
    async advanceTo(ms: number) {
      const { keeping, pace, world } = run;
      await pace.advanceTo(ms);
      keeping?.clockChanged(world.nowMs(), pace.speed);
    },
    async reset() {
      // First of all: a file that cannot be written keeps what it has, and so does the cloud.
      const fresh = run.keeping?.restart(factsOf(options)) ?? null;
      endRun(run);
      const released = messageBytes(run.cloud);
      run = beginRun(factsOf(options), options, outside, fresh);
      start(run, options, outside);
      giveBackMemory(released);
    },
  };

  const stop = async (): Promise<void> => {
    run.pace.stop();
    leaveMemory();
    run.keeping?.close(run.world.nowMs());
    outside.outbound.stop();
    await server.stop();
  };
  let restored: Restored | null = null;
  try {
    if (keeping === null) start(run, options, outside);
    else restored = await keeping.restore(keptCloud(run), surroundings(options, outside));
    isOpen = true;
    opened.resolve();
  } catch (thrown) {
    await stop();
    throw thrown;
  }

  return {
    endpoint: `${options.tls === undefined ? 'http' : 'https'}://${host}:${server.port}`,
    get cloud() {
      return run.cloud;
    },
    get world() {
      return run.world;
    },
    restored,
    setSpeed: controls.setSpeed,
    advanceTo: controls.advanceTo,
    stop,
  };
}

function factsOf(options: EmulatorOptions): RunFacts {
  const { startMs, seed, accountId = '000000000000', region = 'us-east-1', strictQuotas = false, sqsFaults } = options;
  return { startMs, seed, accountId, region, strictQuotas, ...(sqsFaults === undefined ? {} : { sqsFaults }) };
}

/** Loaded when asked for: most runs keep nothing. */
async function keepingOf(options: EmulatorOptions): Promise<Keeping | null> {
  if (options.stateFile === undefined) return null;
  const journal = await import('./journal/index.ts');
  return journal.Keeping.open(options.stateFile, factsOf(options), options.scenario);
}

/** Everything that replies tell is in the file. @returns why it is not, or null */
function flushed({ keeping }: Run): unknown {
  try {
    keeping?.journal?.flush();
    return null;
  } catch (thrown) {
    return thrown;
  }
}

/** The services that a request can be for, by the names the AWS CLI has for them. */
export async function emulatedServices(): Promise<string[]> {
  const { serviceName } = await import('./server/admission.ts');
  const cloud = createCloud({
    world: createWorld({ startMs: 0, seed: 0 }),
    accountId: '000000000000',
    region: 'us-east-1',
  });
  return cloud.home.services.map(serviceName).sort();
}

/** null: everybody may call everything. What tells them apart is loaded when asked for. */
async function admissionOf({ services, verifySignatures, hostTime }: EmulatorOptions): Promise<Admit | null> {
  if (services === undefined && verifySignatures === undefined) return null;
  const { admit } = await import('./server/admission.ts');
  const rules: AdmissionRules = {
    services: services === undefined ? null : new Set(services),
    keys: verifySignatures === undefined ? null : new Map(verifySignatures.map((key) => [key.accessKeyId, key])),
    nowMs: () => hostTime.nowMs(),
  };
  return (request, cloud, requestId) => admit(request, cloud, rules, requestId);
}

/** Where the SigningCertURL of a message leads. */
async function certificateReply(signer: CertifiedSigner): Promise<WireReply> {
  return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: signer.certificatePem() };
}

function start(run: Run, options: EmulatorOptions, outside: Outside): void {
  const { clock } = options;
  if (run.keeping !== null) run.keeping.start(keptCloud(run), surroundings(options, outside));
  else run.pace.setSpeed(clock === 'stepped' ? 0 : clock.speed);
}

function surroundings(options: EmulatorOptions, { outbound }: Outside): Surroundings {
  const { clock, hostTime, lambdaTargets = {}, onPlayBack, signal } = options;
  const together = hostTime.afterTurn !== undefined;
  return { clock, hostTime, lambdaTargets, outbound, signal, together, ...(onPlayBack && { onProgress: onPlayBack }) };
}

/** The emulator's own endpoints. They tell how things stand, so what they tell is kept before; what they change has an entry of its own. */
async function answerOwn(request: WireRequest, present: () => Run, controls: Controls): Promise<WireReply> {
  const { cloud, keeping } = present();
  if (keeping === null) return answerControl(request, controls);
  try {
    if (request.path.startsWith(`${controlPrefix}sqs/messages`)) keeping.look(cloud);
    const reply = await answerControl(request, controls);
    present().keeping?.journal?.reached(present().world.nowMs());
    return reply;
  } catch (thrown) {
    return keeping.unkeptControl(thrown);
  }
}

/** Loaded when first asked for: most runs have nobody who looks. */
async function answerPage(request: WireRequest, { cloud, world, pace, keeping }: Run): Promise<WireReply> {
  const page = await import('./server/page/page.ts');
  try {
    keeping?.look(cloud);
  } catch (thrown) {
    // Only what is kept throws here.
    return keeping!.unkeptControl(thrown);
  }
  return page.answerPage(request, cloud, { nowMs: world.nowMs(), speed: pace.speed });
}

/** About what messages in queues take of the heap. */
const messageBytes = (cloud: Cloud): number =>
  cloud
    .regions()
    .flatMap(({ sqs }) => sqs.queues())
    .reduce((sum, { heapBytes }) => sum + heapBytes, 0);
