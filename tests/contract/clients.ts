/**
 * Clients in other languages that contract tests run against the emulator: a python3 with boto3, and the AWS CLI.
 *
 * Where one is not installed its cases are left out and the run says so in one line; with SPILLWAY_REQUIRE_CLIENTS=1
 * its absence is a failure. Everything runs asynchronously: the emulator answers from this very process.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface ForeignClient {
  readonly name: string;
  /** Absolute path, or null when not installed. */
  readonly path: string | null;
  /** For `it.skipIf(client.leftOut)`. False when clients are required, so that the case runs and fails plainly. */
  readonly leftOut: boolean;
}

export interface Finished {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const required = process.env.SPILLWAY_REQUIRE_CLIENTS === '1';

/** Every file of that name on PATH and in the places Debian uses; the first on PATH need not be the one with boto3. */
function candidates(program: string): string[] {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  return [...new Set(folders.filter((folder) => folder !== '').map((folder) => join(folder, program)))].filter(
    existsSync,
  );
}

function foreign(name: string, path: string | undefined, howToGet: string): ForeignClient {
  const absent = path === undefined;
  if (absent && !required) console.log(`${name} is not installed: its contract cases are left out (${howToGet}).`);
  return { name, path: path ?? null, leftOut: absent && !required };
}

/** A python3 that can `import boto3`. */
export const boto3: ForeignClient = foreign(
  'boto3',
  candidates('python3').find((path) => spawnSync(path, ['-c', 'import boto3'], { timeout: 20_000 }).status === 0),
  'Debian: python3-boto3',
);

export const awsCli: ForeignClient = foreign('AWS CLI', candidates('aws')[0], 'Debian: awscli');

/** Keys that mean nothing: the emulator takes a 12-digit access key id as the account. No files of the user are read. */
export const clientEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
  LC_ALL: 'C.UTF-8',
  NO_PROXY: '*',
};

function run(client: ForeignClient, args: readonly string[], environment: Record<string, string>): Promise<Finished> {
  if (client.path === null)
    throw new Error(`${client.name} is required (SPILLWAY_REQUIRE_CLIENTS=1) but not installed`);
  const child = spawn(client.path, args, {
    env: { ...clientEnvironment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? -1, stdout, stderr }));
  });
}

/** Variables that a test sets beside, or in place of, `clientEnvironment`. */
export type Environment = Record<string, string>;

/** `aws --endpoint-url ENDPOINT --output json ARGS`. */
export function runAws(endpoint: string, args: readonly string[], environment: Environment = {}): Promise<Finished> {
  return run(awsCli, ['--endpoint-url', endpoint, '--output', 'json', ...args], environment);
}

/** As `runAws`, but fails unless the command succeeds; returns its JSON, or null when it printed nothing. */
export async function awsJson(endpoint: string, args: readonly string[]): Promise<unknown> {
  const { status, stdout, stderr } = await runAws(endpoint, args);
  if (status !== 0) throw new Error(`aws ${args.join(' ')} ended with ${status}: ${stderr.trim()}`);
  return stdout.trim() === '' ? null : JSON.parse(stdout);
}

/**
 * Runs a Python script that finds the endpoint in the variable ENDPOINT and prints one JSON value as its last line.
 *
 * @returns that value; a script that fails, fails the test with its traceback
 */
export async function runBoto3(endpoint: string, script: string, environment: Environment = {}): Promise<unknown> {
  const { status, stdout, stderr } = await run(boto3, ['-c', script], { ENDPOINT: endpoint, ...environment });
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr.trim()}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');
}
