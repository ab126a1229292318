/**
 * `spillway emulator`: the bundled AWS on a loopback port, for any SDK or the AWS CLI.
 */
import { type ErrorValue, SpillwayError } from '../../core/errors.ts';
import { messageText } from '../../core/messages/index.ts';
import {
  type AccessKey,
  checkFaults,
  type EmulatorOptions,
  emulatedServices,
  noFaults,
  type RunningEmulator,
  type SqsFaults,
  startEmulator,
} from '../../emulator/index.ts';
import { parseScenario } from '../../emulator/scenarios/parse.ts';
import type { Scenario } from '../../emulator/scenarios/spec.ts';
import { isRegion } from '../../emulator/wire/identity.ts';
import { numberOption, textOption, UsageError, type Values } from '../arguments.ts';
import { type Command, type CommandIo, untilStopped } from '../command.ts';
import { sayRestored, stateOf, stateOptions, tellPlayBack, untilInterrupted } from '../host/emulatorState.ts';
import { emulatorTls, tlsOptions } from '../host/emulatorTls.ts';
import { readGivenFile } from '../host/files.ts';
import { lambdaOptions, lambdaTargetsOf } from '../host/lambdaTargets.ts';
import { hostTime } from '../host/time.ts';

const defaultPort = 4566;
const defaultRegion = 'us-east-1';
/** As `/_spillway/clock` has it. */
const maxSpeed = 100_000;

export const command: Command = {
  summary: 'a local AWS (SQS, SNS, CloudWatch, Auto Scaling, Kinesis, STS) on one loopback port',
  options: {
    port: { type: 'string', value: 'N', help: `port (default: ${defaultPort} unless taken, then any free one)` },
    scenario: { type: 'string', value: 'FILE', help: 'YAML file with queues, load, fleet, alarms, policies' },
    clock: {
      type: 'string',
      default: 'real',
      value: 'real|xN|stepped',
      help: 'real time, N times real time, or only when told to',
    },
    seed: { type: 'string', value: 'N', help: "seed of all chance (default: the scenario's, else 1)" },
    account: {
      type: 'string',
      value: 'ID',
      help: 'account of requests that name none (default 000000000000); an access key id of 12 digits names one',
    },
    region: {
      type: 'string',
      default: defaultRegion,
      value: 'NAME',
      help: 'Region of requests whose signature names none',
    },
    services: { type: 'string', value: 'NAME,...', help: 'serve only these, e.g. sqs,sts (default: all)' },
    'verify-signatures': {
      type: 'string',
      value: 'FILE',
      help: 'refuse what is not signed with a key listed there: lines ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT], or JSON',
    },
    'strict-quotas': {
      type: 'boolean',
      default: false,
      help: 'hold clients to the quotas that AWS has over time, too',
    },
    'sqs-faults': {
      type: 'string',
      value: 'NAME=N,...',
      help: 'let queues be as real ones now and then: duplicateShare, reorderShare, reorderSeconds, shortPollMissShare, countsLagSeconds',
    },
    ...lambdaOptions,
    ...stateOptions,
    ...tlsOptions,
    child: { type: 'boolean', default: false, help: 'report the endpoint to a parent process instead of printing it' },
  },
  async run(values, io) {
    const port = portOption(values);
    const scenario = readScenario(textOption(values, 'scenario'), io);
    if (scenario === null) return 1;
    const keyFile = textOption(values, 'verify-signatures');
    const keys = await readKeys(keyFile, io);
    if (keys === null) return 1;
    const { region, ...options } = await endpointOptions(values);
    const shared = { ...sharedOptions(values, scenario), ...options, region };
    const tls = await emulatorTls(values);
    const interrupted = untilInterrupted();
    const emulator = await start(port, {
      ...shared,
      ...stateOf(values),
      ...lambdaTargetsOf(values),
      ...(keys === undefined ? {} : { verifySignatures: keys }),
      ...(tls === null ? {} : { tls: tls.files }),
      onPlayBack: tellPlayBack(io),
      signal: interrupted.signal,
    });
    // Before anybody is told that it runs: who hears it may stop it at once.
    const stopped = untilStopped();
    interrupted.done();
    if (interrupted.signal.aborted) {
      await emulator.stop();
      return 130;
    }
    sayRestored(io, emulator.restored);
    if (values.child) process.send?.({ endpoint: emulator.endpoint });
    else printEnvironment(io, { endpoint: emulator.endpoint, region, keyFile, advice: tls?.advice ?? [] });
    await stopped;
    await emulator.stop();
    return 0;
  },
};

/** What a run is, whoever calls it. */
function sharedOptions(
  values: Values,
  scenario: Scenario | undefined,
): Pick<EmulatorOptions, 'seed' | 'startMs' | 'scenario' | 'clock' | 'hostTime' | 'strictQuotas' | 'sqsFaults'> {
  return {
    seed:
      values.seed === undefined
        ? (scenario?.seed ?? 1)
        : numberOption(values, 'seed', { min: 0, max: 2 ** 31, whole: true }),
    startMs: scenario?.startMs ?? hostTime.nowMs(),
    ...(scenario === undefined ? {} : { scenario }),
    clock: clockOption(values),
    hostTime,
    strictQuotas: values['strict-quotas'] === true,
    ...faultsOption(textOption(values, 'sqs-faults')),
  };
}

function faultsOption(text: string | undefined): Pick<EmulatorOptions, 'sqsFaults'> {
  if (text === undefined) return {};
  const sqsFaults: Record<string, number> = { ...noFaults };
  const given = new Set<string>();
  for (const part of text.split(',')) {
    const [, name, value] = /^\s*(\w+)=(\d*\.?\d+)\s*$/.exec(part) ?? [];
    if (name === undefined || !Object.hasOwn(noFaults, name)) {
      throw new UsageError(
        `--sqs-faults has "${part}", expected NAME=NUMBER with one of ${Object.keys(noFaults).join(', ')}`,
      );
    }
    if (given.has(name)) throw new UsageError(`--sqs-faults has ${name} twice`);
    given.add(name);
    sqsFaults[name] = Number(value);
  }
  const faults = sqsFaults as unknown as SqsFaults;
  try {
    checkFaults(faults);
  } catch (thrown) {
    throw new UsageError(`--sqs-faults: ${(thrown as RangeError).message}`);
  }
  return { sqsFaults: faults };
}

/** Who answers, as which account and Region. */
async function endpointOptions(
  values: Values,
): Promise<{ region: string } & Pick<EmulatorOptions, 'accountId' | 'services'>> {
  const accountId = textOption(values, 'account');
  if (accountId !== undefined && !/^\d{12}$/.test(accountId))
    throw new UsageError(`--account is "${accountId}", expected twelve digits`);
  const region = textOption(values, 'region')!;
  if (!isRegion(region)) throw new UsageError(`--region is "${region}", expected the name of a Region, e.g. eu-west-1`);
  const services = await servicesOption(textOption(values, 'services'));
  return { region, ...(accountId === undefined ? {} : { accountId }), ...(services === undefined ? {} : { services }) };
}

async function servicesOption(text: string | undefined): Promise<string[] | undefined> {
  if (text === undefined) return undefined;
  const known = await emulatedServices();
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`--services has "${unknown}", expected some of ${known.join(', ')}`);
  return names;
}

/** @returns undefined: the usual one unless taken, then any */
function portOption(values: Values): number | undefined {
  return values.port === undefined ? undefined : numberOption(values, 'port', { min: 0, max: 65_535, whole: true });
}

async function start(port: number | undefined, options: Omit<EmulatorOptions, 'port'>): Promise<RunningEmulator> {
  if (port !== undefined) return startEmulator({ ...options, port });
  try {
    return await startEmulator({ ...options, port: defaultPort });
  } catch (error) {
    if (error instanceof SpillwayError && error.code === 'PORT_IN_USE') return startEmulator({ ...options, port: 0 });
    throw error;
  }
}

function clockOption(values: Values): 'stepped' | { speed: number } {
  const text = textOption(values, 'clock')!;
  if (text === 'stepped') return 'stepped';
  if (text === 'real') return { speed: 1 };
  const speed = /^x(\d+(?:\.\d+)?)$/.exec(text)?.[1];
  if (speed === undefined)
    throw new UsageError(`--clock is "${text}", expected real, stepped, or x and a number (x60)`);
  if (Number(speed) > maxSpeed) throw new UsageError(`--clock is "${text}", expected at most x${maxSpeed}`);
  return { speed: Number(speed) };
}

/** @returns undefined without a file, null after its faults were printed */
function readScenario(file: string | undefined, io: CommandIo): Scenario | undefined | null {
  return file === undefined ? undefined : told(parseScenario(readGivenFile(file).toString('utf8'), file), io);
}

/** @returns undefined without a file, null after its faults were printed */
async function readKeys(file: string | undefined, io: CommandIo): Promise<readonly AccessKey[] | undefined | null> {
  if (file === undefined) return undefined;
  const { parseKeyFile } = await import('../../emulator/signatures/index.ts');
  return told(parseKeyFile(readGivenFile(file).toString('utf8'), file), io);
}

type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly ErrorValue[] };

function told<T>(parsed: Parsed<T>, io: CommandIo): T | null {
  if (parsed.ok) return parsed.value;
  for (const fault of parsed.errors) io.complain(messageText(io.language, fault));
  return null;
}

function printEnvironment(
  io: CommandIo,
  facts: {
    readonly endpoint: string;
    readonly region: string;
    readonly keyFile: string | undefined;
    readonly advice: readonly string[];
  },
): void {
  const { endpoint, region, keyFile, advice } = facts;
  io.print(`Emulator ready at ${endpoint}`);
  io.print('For SDKs and the AWS CLI:');
  const keys = keyFile === undefined ? ' AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test' : '';
  // Version 1 of the AWS CLI and boto3 read only the second name of the Region.
  io.print(`export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}${keys}`);
  // The secret itself is not for a screen.
  if (keyFile !== undefined)
    io.print(`Signatures are verified: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a key of ${keyFile}`);
  for (const line of advice) io.print(line);
}
