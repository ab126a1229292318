/** The servers that are measured, each a child process of its own on a free loopback port. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface RunningServer {
  readonly endpoint: string;
  readonly pid: number;
  /** Resident memory in bytes. Linux only. */
  residentBytes(): number;
  /** Processor time used so far, user and system. Linux only. */
  cpuMs(): number;
  stop(): Promise<void>;
}

const here = (file: string): string => path.join(import.meta.dirname, file);

export const startFloor = (mode: string): Promise<RunningServer> => startForked(here('floorServer.ts'), [mode]);
export const startFauxqs = (): Promise<RunningServer> => startForked(here('fauxqsServer.ts'), []);

/**
 * @param program the bundled command line (cliBundle.ts)
 * @param words further options of `spillway emulator`
 */
export async function startSpillway(
  program: string,
  execArgv: readonly string[] = [],
  words: readonly string[] = [],
): Promise<RunningServer> {
  const child = spawn(
    process.execPath,
    [...execArgv, program, 'emulator', '--clock', 'real', '--port', '0', ...words],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      // The ready line is looked for in English.
      env: { ...process.env, SPILLWAY_LANG: 'en' },
    },
  );
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /ready at (http:\/\/\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the emulator ended with ${code}: ${said}`)));
  });
  return running(child, endpoint);
}

async function startForked(program: string, words: readonly string[]): Promise<RunningServer> {
  const child = fork(program, words, { execArgv: [] });
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { endpoint: string }).endpoint));
    child.once('exit', (code) => reject(new Error(`${path.basename(program)} ended with ${code}`)));
  });
  return running(child, endpoint);
}

function running(child: ChildProcess, endpoint: string): RunningServer {
  const pid = child.pid!;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    endpoint,
    pid,
    residentBytes() {
      const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]!;
      return Number(kibibytes) * 1_024;
    },
    cpuMs() {
      // After the program's name, which may hold anything; the kernel counts in hundredths of a second.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
