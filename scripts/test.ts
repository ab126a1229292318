/**
 * `npm test`: lint, types, unit, contract, build, end-to-end, in that order, counted into one closing line.
 *
 * Each part also runs alone (`npm run lint`, `types`, `test:unit`, ...). A part that stops early counts as one failure,
 * so the closing line can never look better than the run. Part names as arguments choose some of them.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface Part {
  readonly name: string;
  readonly command: readonly string[];
  /** Reads the counts of a finished run; absent: the part is one check, passed when it exits with 0. */
  readonly count?: (report: string) => Count;
}

const reports = mkdtempSync(path.join(tmpdir(), 'spillway-test-'));
const root = path.join(import.meta.dirname, '..');
const bin = path.join(root, 'node_modules', '.bin');

const parts: readonly Part[] = [
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'arrows', command: ['node', 'scripts/arrows.ts'] },
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'unit', command: vitest('tests/unit', 'unit'), count: countVitest },
  { name: 'build', command: ['electron-vite', 'build', '--logLevel', 'warn'] },
  { name: 'contract', command: vitest('tests/contract', 'contract'), count: countVitest },
  { name: 'e2e', command: ['playwright', 'test', '--reporter=list,json'], count: countPlaywright },
];

function vitest(folder: string, name: string): string[] {
  const file = path.join(reports, `${name}.json`);
  return ['vitest', 'run', folder, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

function countVitest(report: string): Count {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(report) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  };
  // A file that fails to load has no assertions and would not be counted.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests };
}

function countPlaywright(report: string): Count {
  const { stats } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

function run(part: Part): Promise<number> {
  return new Promise((resolve) => {
    const [command, ...args] = part.command;
    const child = spawn(path.join(bin, command!), args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      env: {
        ...process.env,
        PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
        PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(reports, 'e2e.json'),
      },
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function read(part: Part, exitCode: number): Count {
  const whole: Count = exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  if (part.count === undefined) return whole;
  try {
    const count = part.count(readFileSync(path.join(reports, `${part.name}.json`), 'utf8'));
    // Non-zero without a counted failure: a hook, a worker or the runner itself broke.
    if (exitCode !== 0 && count.failed === 0) count.failed = 1;
    if (exitCode === 0 && count.passed === 0) count.failed = 1;
    return count;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`Unknown part: ${unknown.join(', ')}. There are: ${parts.map((part) => part.name).join(', ')}.`);
  process.exit(2);
}

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const part of parts) {
  if (chosen.length > 0 && !chosen.includes(part.name)) continue;
  console.log(`\n=== ${part.name} ===`);
  const started = performance.now();
  const count = read(part, await run(part));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  lines.push(
    `${part.name.padEnd(9)} ${String(count.passed).padStart(5)} passed ${String(count.failed).padStart(4)} failed ` +
      `${String(count.skipped).padStart(4)} skipped ${seconds.padStart(7)} s`,
  );
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;
