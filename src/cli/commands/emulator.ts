/**
 * `spillway emulator`: the bundled AWS on a loopback port, for any SDK or the AWS CLI.
 */
import { SpillwayError } from '../../core/errors.ts';
import { messageText } from '../../core/messages/index.ts';
import { type RunningEmulator, startEmulator } from '../../emulator/index.ts';
import { parseScenario } from '../../emulator/scenarios/parse.ts';
import type { Scenario } from '../../emulator/scenarios/spec.ts';
import { numberOption, textOption, UsageError, type Values } from '../arguments.ts';
import { type Command, type CommandIo, untilStopped } from '../command.ts';
import { readGivenFile } from '../host/files.ts';
import { hostTime } from '../host/time.ts';

const defaultPort = 4566;

export const command: Command = {
  summary: 'a local AWS (SQS, CloudWatch, Auto Scaling, Kinesis, STS) on one loopback port',
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
    child: { type: 'boolean', default: false, help: 'report the endpoint to a parent process instead of printing it' },
  },
  async run(values, io) {
    const scenario = readScenario(textOption(values, 'scenario'), io);
    if (scenario === null) return 1;
    const emulator = await start(values, scenario);
    if (values.child) process.send?.({ endpoint: emulator.endpoint });
    else printEnvironment(io, emulator.endpoint);
    await untilStopped();
    await emulator.stop();
    return 0;
  },
};

async function start(values: Values, scenario: Scenario | undefined): Promise<RunningEmulator> {
  const wanted = textOption(values, 'port');
  const options = {
    seed:
      values.seed === undefined
        ? (scenario?.seed ?? 1)
        : numberOption(values, 'seed', { min: 0, max: 2 ** 31, whole: true }),
    startMs: scenario?.startMs ?? hostTime.nowMs(),
    ...(scenario === undefined ? {} : { scenario }),
    clock: clockOption(values),
    hostTime,
  };
  if (wanted !== undefined)
    return startEmulator({ ...options, port: numberOption(values, 'port', { min: 0, max: 65_535, whole: true }) });
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
  return { speed: Number(speed) };
}

/** @returns undefined without a file, null after its faults were printed */
function readScenario(file: string | undefined, io: CommandIo): Scenario | undefined | null {
  if (file === undefined) return undefined;
  const parsed = parseScenario(readGivenFile(file).toString('utf8'), file);
  if (parsed.ok) return parsed.value;
  for (const fault of parsed.errors) io.complain(messageText(io.language, fault));
  return null;
}

function printEnvironment(io: CommandIo, endpoint: string): void {
  io.print(`Emulator ready at ${endpoint}`);
  io.print('For SDKs and the AWS CLI:');
  io.print(
    `export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test`,
  );
}
