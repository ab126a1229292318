/**
 * From the start of the built desktop app to its window, and to the table of 200 resources with 30 days recorded behind it.
 *
 * Runs tests/e2e/firstWindow.spec.ts, on the stand-in or on the Electron that ELECTRON_EXEC_PATH names. `npm run build`
 * first. Writes benchmarks/results/first-window.md.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { machineLine, writeReport } from './lib/report.ts';

const repetitions = 5;
const days = 30;
const root = path.join(import.meta.dirname, '..');

const said = spawnSync(
  path.join(root, 'node_modules/.bin/playwright'),
  ['test', 'firstWindow', `--repeat-each=${repetitions}`],
  { cwd: root, encoding: 'utf8', env: { ...process.env, FIRST_WINDOW_DAYS: String(days) } },
).stdout;
const figures = [...said.matchAll(/first window after (\d+) ms, data after (\d+) ms/g)];
if (figures.length !== repetitions) throw new Error(`the spec did not run:\n${said}`);
const line = (name: string, group: 1 | 2): string => {
  const times = figures.map((figure) => Number(figure[group])).sort((a, b) => a - b);
  return `| ${name} | ${times[Math.floor(times.length / 2)]} | ${times[0]} | ${times.at(-1)} |`;
};

const text = `# First window

200 resources, ${days} days recorded. ${/^Electron: .*$/m.exec(said)?.[0] ?? ''}.
${repetitions} starts, each of a fresh process.

| From the start of the process until | Median ms | Fastest | Slowest |
|---|---:|---:|---:|
${line('the window', 1)}
${line('the table with data', 2)}

Goal: the table with data in under 2,000 ms.

${machineLine('first-window')}
`;
writeReport('first-window', text);
