/** `spillway emulator` as a process of its own, which may be killed at any moment, and plain calls to it. */
import { spawn } from 'node:child_process';
import path from 'node:path';

const main = path.join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'main.ts');

export interface EmulatorProcess {
  readonly endpoint: string;
  readonly pid: number;
  /** What it said so far, both streams. */
  said(): string;
  /** As the kernel or a person in a hurry ends it: nothing of it runs any more. */
  kill(): Promise<void>;
  /** As a person ends it; resolves with its exit status. */
  stop(): Promise<number | null>;
}

/** @throws Error with what it said, when it ends before it listens */
export function startProcess(stateFile: string, words: readonly string[] = []): Promise<EmulatorProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, 'emulator', '--port', '0', '--state', stateFile, ...words], {
      env: { ...process.env, SPILLWAY_LANG: 'en' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((done) => child.on('close', (status) => done(status)));
    let said = '';
    const look = (chunk: Buffer): void => {
      said += chunk.toString();
      const endpoint = /Emulator ready at (\S+)/.exec(said)?.[1];
      if (endpoint === undefined) return;
      resolve({
        endpoint,
        pid: child.pid!,
        said: () => said,
        async kill() {
          child.kill('SIGKILL');
          await ended;
        },
        stop() {
          child.kill('SIGTERM');
          return ended;
        },
      });
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    void ended.then((status) => reject(new Error(`ended with ${status}: ${said}`)));
  });
}

export type Output = Readonly<Record<string, unknown>>;

/**
 * An SQS call, in the way of the SDKs.
 *
 * @returns the output once all of it is here, so that it counts as acknowledged; null when none came
 */
export async function sqs({ endpoint }: EmulatorProcess, action: string, input: object): Promise<Output | null> {
  try {
    const reply = await fetch(endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': `AmazonSQS.${action}`, 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify(input),
    });
    const output = JSON.parse((await reply.text()) || '{}') as Output;
    return reply.status === 200 ? output : { error: output.__type };
  } catch {
    return null;
  }
}

export interface Peeked {
  readonly messageId: string;
  readonly body: string;
  readonly state: 'visible' | 'inFlight' | 'delayed';
  readonly receiveCount: number;
}

/** Everything in a queue, without receiving it. */
export async function peek({ endpoint }: EmulatorProcess, queue: string): Promise<readonly Peeked[]> {
  const reply = await fetch(`${endpoint}/_spillway/sqs/messages?QueueUrl=/000000000000/${queue}`);
  return ((await reply.json()) as { messages: Peeked[] }).messages;
}

export async function control(of: EmulatorProcess, at: string, body?: object): Promise<Output> {
  const reply = await fetch(`${of.endpoint}/_spillway/${at}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await reply.json()) as Output;
}
