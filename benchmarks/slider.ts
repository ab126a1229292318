/**
 * Moving a slider on the replay screen: one `replay.run` with a changed threshold, from the call to its answer, for a week and a
 * year of minutes. What the page draws is not part of it.
 */
import { startEngine } from '../src/cli/host/engine.ts';
import { callEngine } from '../src/cli/session.ts';
import { machineLine, writeReport } from './lib/report.ts';
import { trafficCsv } from './lib/traffic.ts';

const REPETITIONS = 15;
const START_MS = Date.parse('2025-01-01T00:00:00Z');
const goals = [
  { name: 'a week', minutes: 10_080, goalMs: 100 },
  { name: 'a year', minutes: 525_600, goalMs: 250 },
];

const quiet = { language: 'en', print: () => {}, complain: () => {} } as const;
const engine = await startEngine(':memory:', 'cli', quiet);
const rows: string[] = [];
for (const { name, minutes, goalMs } of goals) {
  const resourceId = await imported(name, minutes);
  const range = { fromMs: START_MS, toMs: START_MS + minutes * 60_000 };
  const { suggestions, assumptions } = await callEngine(engine, 'replay.defaults', { resourceId, range });
  const tookMs: number[] = [];
  const judgedMs: number[] = [];
  for (let at = 0; at < REPETITIONS + 5; at++) {
    const [moved, other] = suggestions;
    const policies = moved!.policies.map(({ policy, alarm }) => ({
      policy,
      alarm: { ...alarm, threshold: alarm.threshold * (1 + at / 100) },
    }));
    const request = { resourceId, range, assumptions, setups: [{ ...moved!, policies }, other!] };
    const began = performance.now();
    await callEngine(engine, 'replay.run', { ...request, judge: false });
    const shown = performance.now() - began;
    await callEngine(engine, 'replay.run', request);
    const judged = performance.now() - began - shown;
    // The first ones compile.
    if (at >= 5) {
      tookMs.push(shown);
      judgedMs.push(judged);
    }
  }
  tookMs.sort((a, b) => a - b);
  judgedMs.sort((a, b) => a - b);
  const median = tookMs[REPETITIONS >> 1]!;
  const spread = `${tookMs[0]!.toFixed(0)} to ${tookMs.at(-1)!.toFixed(0)} ms`;
  rows.push(
    `| ${name}, ${minutes} minutes | ${median.toFixed(0)} ms | ${spread} | ${judgedMs[REPETITIONS >> 1]!.toFixed(0)} ms | under ${goalMs} ms: ${median < goalMs ? 'met' : 'not met'} |`,
  );
}
await engine.close();

const text = `# Moving a slider on the replay screen

| | median | ${REPETITIONS} repetitions | then yardsticks and antipatterns | goal |
|---|---:|---:|---:|---|
${rows.join('\n')}

One call of \`replay.run\` with two setups, one of them with another threshold each time, without judging, as the screen asks while something is dragged; the
judgement follows in a second call. Setups that did not change, and the recording, come from memory. Drawing is not part of it.

${machineLine('slider')}
`;
writeReport('slider', text);

async function imported(name: string, minutes: number): Promise<string> {
  const { importId } = await callEngine(engine, 'trace.begin', { fileName: `${name}.csv`, options: {} });
  for (const text of trafficCsv(name, minutes, START_MS)) await callEngine(engine, 'trace.push', { importId, text });
  const { queueResourceId } = await callEngine(engine, 'trace.finish', { importId, name });
  return queueResourceId!;
}
