/** The real clients in a table: steps that are written once go through each of them, over the protocol that it speaks. */
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import type { RunningEmulator } from '../../src/emulator/index.ts';
import {
  type Outcome,
  runWithBoto3,
  runWithCli,
  runWithSdk,
  type SdkClient,
  type SdkModule,
  type Step,
} from './calls.ts';
import { awsCli, boto3 } from './clients.ts';
import { sdkOptions } from './testEmulator.ts';

type Run = (emulator: RunningEmulator, steps: readonly Step[]) => Promise<Outcome[]>;

/** A name, whether this machine lacks the client, and how steps go through it. */
type Client = readonly [name: string, leftOut: boolean, run: Run];

/** Of the slowest client, which starts a process for every step. */
export const patienceMs = 240_000;

type SdkOptions = Omit<ReturnType<typeof sdkOptions>, 'credentials'> & {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** `accessKeyId`: twelve digits name an account. */
const throughSdk =
  (module: SdkModule, clientOf: (options: SdkOptions) => SdkClient & { destroy(): void }) =>
  async (emulator: RunningEmulator, steps: readonly Step[], accessKeyId = 'test'): Promise<Outcome[]> => {
    const client = clientOf({ ...sdkOptions(emulator), credentials: { accessKeyId, secretAccessKey: 'test' } });
    try {
      return await runWithSdk(emulator, module, client, steps);
    } finally {
      client.destroy();
    }
  };

export const sqsThroughSdk = throughSdk(sqs, (options) => new sqs.SQSClient(options));
export const snsThroughSdk = throughSdk(sns, (options) => new sns.SNSClient(options));

const through =
  (run: typeof runWithBoto3, service: 'sqs' | 'sns'): Run =>
  (emulator, steps) =>
    run(emulator, service, steps);

export const sqsClients: readonly Client[] = [
  ['the JavaScript SDK (AWS JSON)', false, (emulator, steps) => sqsThroughSdk(emulator, steps)],
  ['boto3 (Query)', boto3.leftOut, through(runWithBoto3, 'sqs')],
  ['the AWS CLI (Query)', awsCli.leftOut, through(runWithCli, 'sqs')],
];

export const snsClients: readonly Client[] = [
  ['the JavaScript SDK', false, (emulator, steps) => snsThroughSdk(emulator, steps)],
  ['boto3', boto3.leftOut, through(runWithBoto3, 'sns')],
  ['the AWS CLI', awsCli.leftOut, through(runWithCli, 'sns')],
];
