/**
 * One list of calls, run through the JavaScript SDK, boto3 and the AWS CLI: what each of them hears is brought into one form, so that a case
 * is written once and holds for every protocol.
 *
 * A value `$name.Member` in an input stands for what an earlier call gave. Not here: which clients are installed (clients.ts).
 */
import type { RunningEmulator } from '../../src/emulator/index.ts';
import { runAws, runBoto3 } from './clients.ts';

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Step =
  | {
      readonly action: string;
      readonly input?: Readonly<Record<string, Value>>;
      /** Name under which later steps find the output. */
      readonly as?: string;
    }
  | { readonly advanceSeconds: number };

/** Output without its metadata, or the error with the code that programs compare. */
export type Outcome = Readonly<Record<string, unknown>> | { readonly error: string; readonly message: string };

/** The commands of an SDK client by the name of the operation, e.g. `import * as sqs from '@aws-sdk/client-sqs'`. */
export type SdkModule = Readonly<Record<string, unknown>>;

export interface SdkClient {
  send(command: unknown): Promise<unknown>;
}

/** With the JavaScript SDK: AWS JSON for SQS, Query for SNS. */
export async function runWithSdk(
  emulator: RunningEmulator,
  module: SdkModule,
  client: SdkClient,
  steps: readonly Step[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const named = new Map<string, unknown>();
  for (const step of steps) {
    if ('advanceSeconds' in step) {
      await emulator.advanceTo(emulator.world.nowMs() + step.advanceSeconds * 1_000);
      continue;
    }
    const Command = module[`${step.action}Command`] as new (input: unknown) => unknown;
    const outcome = await client.send(new Command(filled(step.input ?? {}, named))).then(
      (output) => withoutMetadata(output as Record<string, unknown>),
      (thrown: { name: string; Code?: string; message: string }) => ({
        error: thrown.Code ?? thrown.name,
        message: thrown.message,
      }),
    );
    if (step.as !== undefined) named.set(step.as, outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

/** With boto3: Query for both, in the generation that Debian has. */
export async function runWithBoto3(
  emulator: RunningEmulator,
  service: string,
  steps: readonly Step[],
): Promise<Outcome[]> {
  const script = `
import base64, boto3, json, os, urllib.request
from botocore import xform_name
steps = json.loads(base64.b64decode('${Buffer.from(JSON.stringify(steps)).toString('base64')}'))
client = boto3.client('${service}', endpoint_url=os.environ['ENDPOINT'])
named, outcomes = {}, []
def filled(value):
    if isinstance(value, str) and value.startswith('$'):
        found = named
        for part in value[1:].split('.'):
            found = found[int(part)] if isinstance(found, list) else found[part]
        return found
    if isinstance(value, list): return [filled(one) for one in value]
    if isinstance(value, dict): return {name: filled(one) for name, one in value.items()}
    return value
for step in steps:
    if 'advanceSeconds' in step:
        body = json.dumps({'ms': step['advanceSeconds'] * 1000}).encode()
        urllib.request.urlopen(os.environ['ENDPOINT'] + '/_spillway/clock/advance', body).read()
        continue
    try:
        outcome = getattr(client, xform_name(step['action']))(**filled(step.get('input', {})))
        outcome.pop('ResponseMetadata', None)
    except client.exceptions.ClientError as e:
        outcome = {'error': e.response['Error']['Code'], 'message': e.response['Error'].get('Message', '')}
    if 'as' in step: named[step['as']] = outcome
    outcomes.append(outcome)
print(json.dumps(outcomes, default=str))
`;
  return (await runBoto3(emulator.endpoint, script)) as Outcome[];
}

/** With the AWS CLI, a process for each call. */
export async function runWithCli(
  emulator: RunningEmulator,
  service: string,
  steps: readonly Step[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const named = new Map<string, unknown>();
  for (const step of steps) {
    if ('advanceSeconds' in step) {
      await emulator.advanceTo(emulator.world.nowMs() + step.advanceSeconds * 1_000);
      continue;
    }
    const input = JSON.stringify(filled(step.input ?? {}, named));
    const args = [service, kebab(step.action), '--cli-input-json', input];
    const { status, stdout, stderr } = await runAws(emulator.endpoint, args);
    const outcome = status === 0 ? (JSON.parse(stdout.trim() || '{}') as Outcome) : cliError(stderr);
    if (step.as !== undefined) named.set(step.as, outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

function cliError(stderr: string): Outcome {
  const [, error, message] = /An error occurred \(([^)]+)\) when calling the \w+ operation: (.*)/s.exec(stderr) ?? [];
  if (error === undefined) throw new Error(`the CLI failed without an error of the service: ${stderr.trim()}`);
  return { error, message: message!.trim() };
}

/** `SendMessageBatch` -> `send-message-batch`; acronyms stay together, as in `set-sms-attributes`. */
function kebab(action: string): string {
  return action
    .replace(/SMS/, 'Sms')
    .replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
}

function withoutMetadata({ $metadata: _, ...output }: Record<string, unknown>): Outcome {
  return output;
}

function filled(value: Value, named: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string' && value.startsWith('$')) {
    const [name, ...parts] = value.slice(1).split('.');
    return parts.reduce<unknown>((found, part) => (found as Record<string, unknown>)[part], named.get(name!));
  }
  if (Array.isArray(value)) return value.map((one) => filled(one, named));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one as Value, named)]));
  }
  return value;
}
