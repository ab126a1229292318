/**
 * `spillway emulator`: the bundled AWS on a loopback port, for any SDK or the AWS CLI.
 */
import { type ErrorValue, SpillwayError } from '../../core/errors.ts';
import { emulatorLines } from '../../core/messages/emulatorLines.ts';
import { fillTemplate, messageText } from '../../core/messages/index.ts';
import { type EmulatorOptions, type RunningEmulator, startEmulator } from '../../emulator/index.ts';
import { parseScenario } from '../../emulator/scenarios/parse.ts';
import type { Scenario } from '../../emulator/scenarios/spec.ts';
import { numberOption, textOption, type Values } from '../arguments.ts';
import { type Command, type CommandIo, untilStopped } from '../command.ts';
import { endpointOptions } from '../host/emulatorEndpoint.ts';
import { sayRestored, stateOf, stateOptions, tellPlayBack, untilInterrupted } from '../host/emulatorState.ts';
import { emulatorTls, tlsOptions } from '../host/emulatorTls.ts';
import { readGivenFile } from '../host/files.ts';
import { readKeyFile } from '../host/keyFile.ts';
import { lambdaOptions, lambdaTargetsOf } from '../host/lambdaTargets.ts';
import { sqsFaultsOf } from '../host/sqsFaultsOption.ts';
import { hostTime } from '../host/time.ts';
import { type Expected, inLanguage, invalidOption, type Said } from '../usage.ts';

const defaultPort = 4566;
const defaultRegion = 'us-east-1';
/** As `/_spillway/clock` has it. */
const maxSpeed = 100_000;

export const command: Command = {
  summary: {
    en: 'a local AWS (SQS, SNS, CloudWatch, Auto Scaling, Kinesis, STS) on one loopback port',
    ko: '루프백 포트 하나에서 쓰는 로컬 AWS(SQS, SNS, CloudWatch, Auto Scaling, Kinesis, STS)',
  },
  options: {
    port: {
      type: 'string',
      value: 'N',
      help: {
        en: `port (default: ${defaultPort} unless taken, then any free one)`,
        ko: `포트(기본값: ${defaultPort}, 쓰이고 있으면 비어 있는 아무 포트)`,
      },
    },
    scenario: {
      type: 'string',
      value: 'FILE',
      help: {
        en: 'YAML file with queues, load, fleet, alarms, policies',
        ko: '대기열, 부하, 플릿, 경보, 정책을 적은 YAML 파일',
      },
    },
    clock: {
      type: 'string',
      default: 'real',
      value: 'real|xN|stepped',
      help: {
        en: 'real time, N times real time, or only when told to',
        ko: '실제 시간, 실제 시간의 N배, 또는 지시할 때만 흐르는 시간',
      },
    },
    seed: {
      type: 'string',
      value: 'N',
      help: {
        en: "seed of all chance (default: the scenario's, else 1)",
        ko: '모든 난수의 시드(기본값: 시나리오의 시드, 없으면 1)',
      },
    },
    account: {
      type: 'string',
      value: 'ID',
      help: {
        en: 'account of requests that name none (default 000000000000); an access key id of 12 digits names one',
        ko: '계정을 밝히지 않은 요청의 계정(기본값: 000000000000). 12자리 숫자인 액세스 키 ID는 그 계정을 뜻함',
      },
    },
    region: {
      type: 'string',
      default: defaultRegion,
      value: 'NAME',
      help: { en: 'Region of requests whose signature names none', ko: '서명에 리전이 없는 요청의 리전' },
    },
    services: {
      type: 'string',
      value: 'NAME,...',
      help: { en: 'serve only these, e.g. sqs,sts (default: all)', ko: '이 서비스만 제공, 예: sqs,sts(기본값: 전부)' },
    },
    'verify-signatures': {
      type: 'string',
      value: 'FILE',
      help: {
        en: 'refuse what is not signed with a key listed there: lines ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT], or JSON',
        ko: '이 파일의 키로 서명하지 않은 요청을 거절. 한 줄에 ACCESS_KEY_ID SECRET_ACCESS_KEY [ACCOUNT_ID], 또는 JSON',
      },
    },
    'strict-quotas': {
      type: 'boolean',
      default: false,
      help: {
        en: 'hold clients to the quotas that AWS has over time, too',
        ko: 'AWS가 시간을 두고 재는 할당량(초당 호출 수 등)도 적용',
      },
    },
    'sqs-faults': {
      type: 'string',
      value: 'NAME=N,...',
      help: {
        en: 'let queues be as real ones now and then: duplicateShare, reorderShare, reorderSeconds, shortPollMissShare, countsLagSeconds',
        ko: '실제 대기열에서 가끔 생기는 일을 재현: duplicateShare, reorderShare, reorderSeconds, shortPollMissShare, countsLagSeconds',
      },
    },
    ...lambdaOptions,
    ...stateOptions,
    ...tlsOptions,
    child: {
      type: 'boolean',
      default: false,
      help: {
        en: 'report the endpoint to a parent process instead of printing it',
        ko: '엔드포인트를 출력하지 않고 부모 프로세스에 알림',
      },
    },
  },
  async run(values, io) {
    const port = portOption(values);
    const scenario = readScenario(textOption(values, 'scenario'), io);
    if (scenario === null) return 1;
    const keyFile = textOption(values, 'verify-signatures');
    const keys = await readKeyFile(keyFile, io);
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
        : numberOption(values, 'seed', { min: 0, max: 2 ** 31, whole: true, example: '7' }),
    startMs: scenario?.startMs ?? hostTime.nowMs(),
    ...(scenario === undefined ? {} : { scenario }),
    clock: clockOption(values),
    hostTime,
    strictQuotas: values['strict-quotas'] === true,
    ...sqsFaultsOf(values),
  };
}

/** @returns undefined: the usual one unless taken, then any */
function portOption(values: Values): number | undefined {
  return values.port === undefined
    ? undefined
    : numberOption(values, 'port', { min: 0, max: 65_535, whole: true, example: '4566' });
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

const clockForm: Expected = {
  expected: { en: 'real, stepped, or x and a number', ko: 'real, stepped, 또는 x와 숫자' },
  example: 'x60',
};
const atMostMaxSpeed = { en: `at most x${maxSpeed}`, ko: `x${maxSpeed} 이하` } as const;

function clockOption(values: Values): 'stepped' | { speed: number } {
  const text = textOption(values, 'clock')!;
  if (text === 'stepped') return 'stepped';
  if (text === 'real') return { speed: 1 };
  const speed = /^x(\d+(?:\.\d+)?)$/.exec(text)?.[1];
  if (speed === undefined) throw invalidOption('clock', text, clockForm);
  if (Number(speed) > maxSpeed) throw invalidOption('clock', text, { ...clockForm, expected: atMostMaxSpeed });
  return { speed: Number(speed) };
}

/** @returns undefined without a file, null after its faults were printed */
function readScenario(file: string | undefined, io: CommandIo): Scenario | undefined | null {
  return file === undefined ? undefined : told(parseScenario(readGivenFile(file).toString('utf8'), file), io);
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
    readonly advice: readonly Said[];
  },
): void {
  const { endpoint, region, keyFile, advice } = facts;
  io.print(fillTemplate(emulatorLines.ready[io.language], { endpoint }));
  io.print(emulatorLines.environment[io.language]);
  const keys = keyFile === undefined ? ' AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test' : '';
  // Version 1 of the AWS CLI and boto3 read only the second name of the Region.
  io.print(`export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}${keys}`);
  if (keyFile !== undefined) io.print(fillTemplate(emulatorLines.keysOfFile[io.language], { keyFile }));
  for (const line of advice) io.print(inLanguage(io.language, line));
}
