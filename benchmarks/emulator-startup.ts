/**
 * How soon a started emulator answers, and what it takes while nobody calls.
 *
 * From the start of the process to the answer of its first request, 15 times: the bundled command line, the same from its sources, and
 * for comparison a bare node that does nothing. Resident memory is read two seconds after that first request. Writes
 * benchmarks/results/emulator-startup.md.
 */
import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { bundleCli, sourceProgram } from './emulator/cliBundle.ts';
import { createSqsClient } from './emulator/client.ts';
import { type RunningServer, startSpillway } from './emulator/servers.ts';
import { median, spread, verdict } from './emulator/statistics.ts';
import { machineLine, writeReport } from './lib/report.ts';

const REPETITIONS = 15;
const IDLE_MS = 2_000;
const goals = { startMs: 200, idleMiB: 80 };

async function startAndAsk(program: string): Promise<{ ms: number; server: RunningServer }> {
  const startedMs = performance.now();
  const server = await startSpillway(program);
  const client = createSqsClient(server.endpoint, 1);
  await client.call('ListQueues', '{}');
  const ms = performance.now() - startedMs;
  await client.close();
  return { ms, server };
}

function bareNodeMs(): number {
  const startedMs = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - startedMs;
}

const bundle = await bundleCli();
const times = { bundled: [] as number[], sources: [] as number[], bare: [] as number[] };
const idleMiB: number[] = [];
// The first of each is not counted: it finds nothing in the file system's cache.
for (let repetition = -1; repetition < REPETITIONS; repetition++) {
  const bundled = await startAndAsk(bundle.program);
  await setTimeout(IDLE_MS);
  const residentMiB = bundled.server.residentBytes() / 2 ** 20;
  await bundled.server.stop();
  const sources = await startAndAsk(sourceProgram);
  await sources.server.stop();
  const bareMs = bareNodeMs();
  if (repetition < 0) continue;
  times.bundled.push(bundled.ms);
  times.sources.push(sources.ms);
  times.bare.push(bareMs);
  idleMiB.push(residentMiB);
}
bundle.remove();

const row = (name: string, values: readonly number[], unit: string, digits = 0) =>
  `| ${name} | ${median(values).toFixed(digits)} ${unit} | ${spread(values, digits)} |`;
const name = 'emulator-startup';
writeReport(
  name,
  `# Start of the emulator

| | median | ${REPETITIONS} starts |
|---|---:|---:|
${row('from the command to the first answer, bundled', times.bundled, 'ms')}
${row('the same from the sources', times.sources, 'ms')}
${row('a bare node, started and ended', times.bare, 'ms')}
${row(`resident ${IDLE_MS / 1_000} s after that answer, bundled`, idleMiB, 'MiB', 1)}

Goals: the first answer in under ${goals.startMs} ms, ${verdict(median(times.bundled) < goals.startMs)}; under ${goals.idleMiB} MiB while idle, ${verdict(median(idleMiB) < goals.idleMiB)}.

${machineLine(name)}
`,
);
