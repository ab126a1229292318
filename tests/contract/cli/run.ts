/** Runs the command line as a user does: its own process, its own words, its own exit status. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const main = path.join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'main.ts');

export function spillway(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...words], { env: { ...process.env, SPILLWAY_LANG: 'en', ...env } });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on('error', reject);
    child.on('exit', (status) => resolve({ status, out, err }));
  });
}

/** Starts a command that keeps running and waits for a line; the caller stops it. */
export function startSpillway(
  words: readonly string[],
  wanted: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<{ line: RegExpExecArray; stop(): Promise<number | null> }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...words], { env: { ...process.env, SPILLWAY_LANG: 'en', ...env } });
    const ended = new Promise<number | null>((done) => child.on('exit', (status) => done(status)));
    let out = '';
    const look = (chunk: Buffer): void => {
      out += chunk.toString();
      const line = wanted.exec(out);
      if (line === null) return;
      resolve({
        line,
        stop() {
          child.kill('SIGTERM');
          return ended;
        },
      });
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    void ended.then((status) => reject(new Error(`ended with ${status} before it said ${wanted}: ${out}`)));
  });
}
