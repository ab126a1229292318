/**
 * Starts `spillway serve` as a person would and reads the one-time link from what it prints.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const startTimeoutMs = 20_000;

export interface Served {
  readonly link: string;
  stop(): Promise<void>;
}

/** @param database a file that is there already and stays; without it an empty one, which goes with the server */
export async function startServed(words: readonly string[], database?: string): Promise<Served> {
  const folder = mkdtempSync(path.join(tmpdir(), 'spillway-serve-'));
  const db = database ?? path.join(folder, 'spillway.sqlite');
  const args = ['src/cli/main.ts', 'serve', '--port', '0', '--db', db, ...words];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  let said = '';
  const link = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`serve printed no link:\n${said}`)), startTimeoutMs);
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/\S+\/login\?code=\S+/.exec(said);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`serve ended with code ${code}:\n${said}`));
    });
  }).catch(async (thrown: unknown) => {
    await stop();
    throw thrown;
  });
  return { link, stop };
}
