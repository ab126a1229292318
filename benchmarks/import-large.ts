/**
 * A file of one gigabyte through `spillway import`, the way users take: time against plain reading of its lines, peak memory,
 * progress, and how soon Ctrl-C is answered with nothing stored.
 *
 * Two files: a value each second, and a log of single requests. Both are made in a temporary folder and removed. A process of its own
 * each, interleaved; memory is the process's high-water mark (Linux). SPILLWAY_BENCH_BYTES makes them smaller. Writes
 * benchmarks/results/import-large.md.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../src/core/time/random.ts';
import { machineLine, writeReport } from './lib/report.ts';

const BYTES = Number(process.env.SPILLWAY_BENCH_BYTES ?? 1024 ** 3);
const REPETITIONS = 3;
const GOAL_CANCEL_MS = 250;
const GOAL_MEGABYTES = 1024;
const CANCEL_AFTER_MS = 4000;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'spillway-large-'));

type Maker = (row: number) => string;
const random = seededRandom(3, 'import-large');
const startMs = Date.UTC(2025, 0, 1);
const makers: Readonly<Record<string, { readonly head: string; readonly row: Maker }>> = {
  'a value each second': {
    head: 'timestamp,value',
    row: (row) =>
      `${new Date(startMs + row * 1000).toISOString()},${Math.floor(40 + 20 * Math.sin(row / 13_000) + 9 * random.next())}`,
  },
  'a log of requests': {
    head: 'TIMESTAMP,ContextTokens',
    // Some forty a second, none at a round distance.
    row: (row) =>
      `${new Date(startMs + row * 25 + Math.floor(random.next() * 20)).toISOString()},${Math.floor(random.next() * 4000)}`,
  },
};

async function makeFile(name: string): Promise<string> {
  const file = path.join(folder, `${name.replaceAll(' ', '-')}.csv`);
  const { head, row } = makers[name]!;
  const out = createWriteStream(file);
  out.write(`${head}\n`);
  let written = head.length + 1;
  for (let at = 0; written < BYTES; ) {
    const lines: string[] = [];
    for (let one = 0; one < 20_000; one++) lines.push(row(at++));
    const text = `${lines.join('\n')}\n`;
    written += text.length;
    if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  }
  await new Promise<void>((resolve) => out.end(resolve));
  return file;
}

interface Ran {
  readonly ms: number;
  readonly megabytes: number;
  readonly status: number | null;
  readonly progressed: number;
}

/** High-water mark of resident memory, megabytes; 0 where /proc does not tell. */
function peakOf(child: ChildProcess): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function run(
  words: readonly string[],
  interruptAfterMs: number | null = null,
): Promise<Ran & { readonly answeredMs: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let megabytes = 0;
  let progressed = 0;
  let interrupted = Number.NaN;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child));
  }, 50);
  child.stderr!.on('data', () => progressed++);
  if (interruptAfterMs !== null) {
    setTimeout(() => {
      interrupted = performance.now();
      child.kill('SIGINT');
    }, interruptAfterMs);
  }
  return new Promise((resolve) => {
    child.on('close', (status) => {
      clearInterval(watch);
      const now = performance.now();
      resolve({ ms: now - began, megabytes, status, progressed, answeredMs: now - interrupted });
    });
  });
}

/** What nobody can be faster than here: a stream read in the same pieces, decoded and cut into lines. */
const plain = `
const { createReadStream } = require('node:fs');
(async () => {
  let rest = '', rows = 0;
  for await (const piece of createReadStream(process.argv[1], { encoding: 'utf8', highWaterMark: 1048576 })) {
    const lines = (rest + piece).split('\\n');
    rest = lines.pop();
    for (const line of lines) if (line !== '') rows++;
  }
  console.log(rows);
})();`;

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const spread = (values: readonly number[], digits: number) =>
  `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

const rows: string[] = [];
let met = true;
for (const name of Object.keys(makers)) {
  const file = await makeFile(name);
  const gigabytes = statSync(file).size / 1024 ** 3;
  const [ratios, seconds, peaks, answers]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const database = path.join(folder, `run-${repetition}.sqlite`);
    const words = ['src/cli/main.ts', 'import', '--db', database, '--file', file];
    const ours = await run(words);
    if (ours.status !== 0) throw new Error(`import of ${name} ended with ${ours.status}`);
    const lines = await run(['-e', plain, file]);
    rmSync(database, { force: true });
    const cancelled = await run(words, CANCEL_AFTER_MS);
    // 130: the shell's status of Ctrl-C. A database that was begun holds no queue; most often there is none.
    if (cancelled.status !== 130) throw new Error(`Ctrl-C ended with ${cancelled.status}`);
    if (existsSync(database) && readFileSync(database).includes('trace:sqs:'))
      throw new Error('something was stored after Ctrl-C');
    rmSync(database, { force: true });
    ratios.push(ours.ms / lines.ms);
    seconds.push(ours.ms / 1000);
    peaks.push(ours.megabytes);
    answers.push(cancelled.answeredMs);
  }
  rmSync(file);
  met &&= median(answers) <= GOAL_CANCEL_MS && median(peaks) <= GOAL_MEGABYTES;
  rows.push(
    `| ${name} | ${gigabytes.toFixed(2)} GiB | ${median(seconds).toFixed(1)} s (${spread(seconds, 1)}) | ${median(ratios).toFixed(2)} (${spread(ratios, 2)}) | ${median(peaks).toFixed(0)} MB (${spread(peaks, 0)}) | ${median(answers).toFixed(0)} ms (${spread(answers, 0)}) |`,
  );
}
rmSync(folder, { recursive: true });

const report = `# Importing a file of one gigabyte

\`spillway import --file\` as a user runs it, a process of its own each time; ${REPETITIONS} interleaved repetitions, median (least to most).

| file | size | time | against reading its lines only | peak memory | Ctrl-C to the end |
|---|---:|---:|---:|---:|---:|
${rows.join('\n')}

Goals: Ctrl-C answered within ${GOAL_CANCEL_MS} ms (the end of the process with it) with nothing stored, and less memory than the file, at most ${GOAL_MEGABYTES} MB: ${met ? 'met' : 'not met'}.

${machineLine('import-large')}
`;
// A run of another size is for trying, not for the record.
if (process.env.SPILLWAY_BENCH_BYTES === undefined) writeReport('import-large', report);
else console.log(report);
process.exitCode = met ? 0 : 1;
