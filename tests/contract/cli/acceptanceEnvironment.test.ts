/** What `spillway emulator` prints for the clipboard, pasted into a shell that has nothing else, and used by clients of other languages. */
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { awsCli, boto3, clientEnvironment } from '../clients.ts';
import { startSpillway } from './run.ts';

let line: string;
let stop: () => Promise<unknown>;
beforeAll(async () => {
  const started = await startSpillway(
    ['emulator', '--port', '0', '--clock', 'stepped', '--region', 'ap-northeast-2', '--account', '111122223333'],
    /^(export .*)\n/m,
  );
  ({ stop } = started);
  line = started.line[1]!;
});
afterAll(() => stop());

/** @returns what it printed; fails with what it complained of */
function pasted(command: string): Promise<string> {
  const bare = Object.entries(clientEnvironment).filter(([name]) => !/KEY|REGION/.test(name));
  const child = spawn('bash', ['-c', `${line}\n${command}`], { env: Object.fromEntries(bare) });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => (status === 0 ? resolve(out.trim()) : reject(new Error(err))));
  });
}

const arn = 'arn:aws:sns:ap-northeast-2:111122223333:alarms';

it.skipIf(awsCli.leftOut)(
  'the AWS CLI needs no Region and no keys beside it',
  async () => {
    const command = `'${awsCli.path}' --endpoint-url "$AWS_ENDPOINT_URL" --output text sns create-topic --name alarms`;
    expect(await pasted(command)).toBe(arn);
  },
  60_000,
);

it.skipIf(boto3.leftOut)(
  'nor does boto3',
  async () => {
    const script = `import boto3, os; print(boto3.client('sns', endpoint_url=os.environ['AWS_ENDPOINT_URL']).create_topic(Name='alarms')['TopicArn'])`;
    expect(await pasted(`'${boto3.path}' -c "${script}"`)).toBe(arn);
  },
  60_000,
);
