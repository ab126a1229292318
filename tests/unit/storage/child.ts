/** Starts childProcess.ts on a database file in a process of its own, to be killed. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface Child {
  /** Lines written so far. */
  readonly lines: readonly string[];
  /** Resolves when the child has written so many lines. */
  wrote(count: number): Promise<void>;
  /** SIGKILL, and waits until it is gone and all it wrote has been read. */
  kill(): Promise<void>;
}

/** @returns once the child has the file open; rejects with what it said otherwise */
export async function openWorker(file: string, args: readonly string[]): Promise<Child> {
  const script = fileURLToPath(new URL('./childProcess.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines: string[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    for (const wait of waiting) if (lines.length >= wait.count) wait.resolve();
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const wrote = (count: number) =>
    new Promise<void>((resolve, reject) => {
      if (lines.length >= count) return resolve();
      waiting.push({ count, resolve });
      void closed.then(() => reject(new Error(`the child ended: ${errors}`)));
    });
  await wrote(1);
  return {
    lines,
    wrote,
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
