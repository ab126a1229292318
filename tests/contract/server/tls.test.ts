/** `spillway emulator --tls` as its user has it: what it prints is exported, and real clients trust the port by that alone. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSpillway } from '../cli/run.ts';
import { awsCli, boto3, clientEnvironment, runAws, runBoto3 } from '../clients.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIDTLS', AWS_SECRET_ACCESS_KEY: 'secret/of+tls' };

let folder: string;
let endpoint: string;
/** As a shell has them after the printed lines. */
let environment: Record<string, string>;
let stop: () => Promise<unknown>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway tls-'));
  const keyFile = path.join(folder, 'keys');
  writeFileSync(keyFile, `${keys.AWS_ACCESS_KEY_ID} ${keys.AWS_SECRET_ACCESS_KEY} 111122223333\n`);
  const certificate = path.join(folder, "it's a cert.pem");
  const started = await startSpillway(
    [
      ...['emulator', '--port', '0', '--clock', 'stepped', '--region', 'eu-west-1'],
      ...['--tls', '--tls-cert-out', certificate, '--verify-signatures', keyFile],
    ],
    /AWS_ENDPOINT_URL=(\S+) AWS_REGION=(\S+) AWS_DEFAULT_REGION=\2\n(?:.*\n)?export (AWS_CA_BUNDLE=.* NODE_EXTRA_CA_CERTS=.*)\n/,
  );
  stop = started.stop;
  endpoint = started.line[1]!;
  expect(endpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  environment = { ...keys, AWS_REGION: started.line[2]!, ...(await exported(started.line[3]!)) };
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

function run(program: string, args: readonly string[], env: Record<string, string>): Promise<string> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => (status === 0 ? resolve(out) : reject(new Error(err))));
  });
}

/** The assignments of an `export` line, its quotes read by a shell. */
async function exported(assignments: string): Promise<Record<string, string>> {
  const names = ['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'];
  const script = `export ${assignments}; printf '%s\\n' ${names.map((name) => `"$${name}"`).join(' ')}`;
  const values = (await run('/bin/sh', ['-c', script], {})).trimEnd().split('\n');
  return Object.fromEntries(names.map((name, index) => [name, values[index]!]));
}

describe('trusted by what the command prints', () => {
  it('JavaScript SDK, over HTTP/1.1 and HTTP/2', async () => {
    const script = `
      import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
      import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
      const { QueueUrl } = await new SQSClient().send(new CreateQueueCommand({ QueueName: 'javascript' }));
      const { StreamNames } = await new KinesisClient().send(new ListStreamsCommand({}));
      console.log(JSON.stringify([QueueUrl, StreamNames]));
      process.exit();`;
    const env = { ...clientEnvironment, ...environment, AWS_ENDPOINT_URL: endpoint };
    const out = await run(process.execPath, ['--input-type=module', '-e', script], env);
    expect(JSON.parse(out)).toEqual([`${endpoint}/111122223333/javascript`, []]);
  });

  it.skipIf(boto3.leftOut)('boto3', async () => {
    const script = `
import boto3, json, os
print(json.dumps(boto3.client('sqs', endpoint_url=os.environ['ENDPOINT']).create_queue(QueueName='boto3')['QueueUrl']))
`;
    expect(await runBoto3(endpoint, script, environment)).toBe(`${endpoint}/111122223333/boto3`);
  });

  it.skipIf(awsCli.leftOut)('AWS CLI', async () => {
    const { stdout, stderr } = await runAws(endpoint, ['sts', 'get-caller-identity'], environment);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).Account).toBe('111122223333');
  });

  it.skipIf(awsCli.leftOut)('and not without it', async () => {
    const { status, stderr } = await runAws(endpoint, ['sts', 'get-caller-identity'], keys);
    expect([status === 0, stderr]).toEqual([false, expect.stringContaining('SSL validation failed')]);
  });
});
