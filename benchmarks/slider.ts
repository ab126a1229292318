/**
 * Moving a slider on the replay screen: one `replay.run` with a changed threshold, from the call to its answer, for a week and a
 * year of minutes. What the page draws is not part of it.
 */
import { startEngine } from '../src/cli/host/engine.ts';
import { callEngine } from '../src/cli/session.ts';
import { seededRandom } from '../src/core/time/random.ts';
import { machineLine, writeReport } from './lib/report.ts';

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

/** A daily curve with crowds and chance. */
async function imported(name: string, minutes: number): Promise<string> {
  const random = seededRandom(1, name);
  const { importId } = await callEngine(engine, 'trace.begin', { fileName: `${name}.csv`, options: {} });
  let text = 'timestamp,value\n';
  for (let minute = 0; minute < minutes; minute++) {
    const day = 1 + 0.6 * Math.sin((minute / 1440) * 2 * Math.PI);
    const crowd = minute % 4_000 < 60 ? 4 : 1;
    const at = new Date(START_MS + minute * 60_000).toISOString();
    text += `${at},${Math.round(400 * day * crowd * (0.9 + 0.2 * random.next()))}\n`;
    if (text.length < 1_000_000 && minute < minutes - 1) continue;
    await callEngine(engine, 'trace.push', { importId, text });
    text = '';
  }
  const { queueResourceId } = await callEngine(engine, 'trace.finish', { importId, name });
  return queueResourceId!;
}
