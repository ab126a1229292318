/**
 * `npm run accuracy [-- --seeds N]`: how far a replay can be trusted, measured anew into docs/accuracy.md.
 *
 * Two questions: does the replayed policy do what it did (scripts/accuracy/emulator.ts), and what does the flow get wrong
 * against every message (scripts/accuracy/traces.ts). Some five minutes.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { emulatorRuns, emulatorTable, firstSeed } from './accuracy/emulator.ts';
import { traceRows, traceTable } from './accuracy/traces.ts';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '10' } } });
const seeds = Number(values.seeds);
if (!Number.isInteger(seeds) || seeds < 1) {
  console.error(`--seeds is "${values.seeds}", expected a whole number of at least 1`);
  process.exit(2);
}

const rows = await traceRows((trace, minutes) => console.log(`${trace}: ${minutes} minutes`));
const runs = await emulatorRuns(seeds, ({ policy, seed, fidelity }) =>
  console.log(`${policy}, seed ${seed}: ${(fidelity.equalDesiredShare * 100).toFixed(1)} % equal`),
);

const file = path.join(import.meta.dirname, '..', 'docs', 'accuracy.md');
writeFileSync(
  file,
  `# How far a replay can be trusted

Made by \`npm run accuracy\` on ${new Date().toISOString().slice(0, 10)}; node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown kind'}.
Nothing here depends on how fast the machine is: the same command gives the same figures.

## Does the replayed policy do what it did?

The bundled emulator is the independent plant: a day of the flash crowd, every message really sent and received on its virtual clock, recorded over the
wire through the AWS SDK. Then the deployed policy is replayed on the recorded arrivals and held against the recorded fleet (FID-01 to FID-11).
Seeds ${firstSeed} to ${firstSeed + seeds - 1}; each cell is the median of the seeds and, in brackets, the worst. Actions match within one alarm period.
Emulator and replay share the alarm and policy code (\`src/core\`) and nothing else: what is tested is the plant, the observation, the group and the timing.

${emulatorTable(runs)}

- The goals are 97 % of the minutes and 95 % of the actions. With the recorded launch and termination times they are met.
- With assumed constants they are not: scale-in waits until the instance before is gone (WARM-05), so a termination that took 140 s instead of the
  median 190 s lets the next step fall a period earlier, and the steps after it stay apart until the fleet rests. Equal minutes and actions say so; peak,
  drain and cost hardly move. A what-if cannot know how long its own terminations would have taken, so this is what it is worth.

## What the flow gets wrong

The same setup and arrivals through the flow, the flow with the stationary correction (REP-16), and every message by itself (exponential service times, Poisson
arrivals within the minute). In brackets: every message. The last line of each block is another seed of the messages: what chance alone does. Setups are those
that Spillway derives from the trace; throughput such that an ordinary minute needs four instances, so that a trace × 20 has the same load in smaller pieces.

${traceTable(rows)}

- With few messages a minute for each instance, alarms with small thresholds answer to chance, and chance is what a flow does not have: fleets are up to 30 % smaller in
  the flow and the minutes over the goal differ. Confirm such a choice with \`--plant per-message\`.
- The larger the traffic the closer the two. The correction helps the shown backlog where the load is steady; it is no substitute for messages where the fleet
  keeps moving.
- Two seeds of messages agree in far fewer minutes than a person would expect. Where chance drives the alarms, no replay can be exact to the minute.
`,
);
console.log(`\nwritten: ${path.relative(process.cwd(), file)}`);
