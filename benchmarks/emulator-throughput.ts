/**
 * SQS of the emulator under load: messages sent, received and deleted over AWS JSON, against fauxqs and against the floor.
 *
 * Ours is the bundled command line with everything on that is on by default, metrics included. fauxqs runs without its log of requests. The
 * floor is Node's own HTTP server with fixed answers (emulator/floorServer.ts). Each is a process of its own; one client for all, raw, with 16
 * connections that are kept alive; 256-byte messages, single and in batches of ten. Repetitions are interleaved, and a ratio is that of the
 * medians with the ratios of the single repetitions for its spread. Latencies are taken at half of the largest load, whatever the answers do,
 * by a client of plain sockets whose own collections are rare (emulator/latencyClient.ts), as undici's would be told as the server's; a server that
 * is not asked rests meanwhile.
 * Server and client share the machine, so processor time of the server per request is told, too. Writes
 * benchmarks/results/emulator-throughput.md.
 */
import { bundleCli } from './emulator/cliBundle.ts';
import { createSqsClient, type SqsClient } from './emulator/client.ts';
import { type LatencyClient, latenciesOf } from './emulator/latencyClient.ts';
import {
  batchSize,
  bodyBytes,
  type Cycle,
  connections,
  createQueue,
  cycleOf,
  type Mode,
  messagesPerCycle,
  modes,
  requestsPerCycle,
  runFlatOut,
} from './emulator/load.ts';
import { type RunningServer, startFauxqs, startFloor, startSpillway } from './emulator/servers.ts';
import { median, type Ratio, ratioOf, ratioText, spread, verdict } from './emulator/statistics.ts';
import { machineLine, writeReport } from './lib/report.ts';

const REPETITIONS = 15;
const WINDOW_MS = 2_000;
const WARM_UPS = 3;
const RATE_REPETITIONS = 9;
const goals = { overFauxqs: 1.1, ofFloor: 0.72, p99Ms: 2 };

interface Subject {
  readonly name: 'ours' | 'fauxqs' | 'floor';
  readonly server: RunningServer;
  readonly client: SqsClient;
  readonly cycle: Cycle;
  readonly messagesPerSecond: number[];
  readonly cpuMicrosecondsPerRequest: number[];
  readonly p50Ms: number[];
  readonly p99Ms: number[];
}

async function subject(name: Subject['name'], mode: Mode, server: RunningServer): Promise<Subject> {
  const client = createSqsClient(server.endpoint, connections);
  const cycle = cycleOf(client, mode, await createQueue(client, 'load'));
  const figures = { messagesPerSecond: [], cpuMicrosecondsPerRequest: [], p50Ms: [], p99Ms: [] };
  return { name, server, client, cycle, ...figures };
}

async function measureFlatOut(one: Subject, mode: Mode): Promise<void> {
  const cpuBefore = one.server.cpuMs();
  const startedMs = performance.now();
  const messagesPerSecond = await runFlatOut(one.cycle, mode, WINDOW_MS);
  const seconds = (performance.now() - startedMs) / 1_000;
  const requests = ((messagesPerSecond * seconds) / messagesPerCycle(mode)) * requestsPerCycle;
  one.messagesPerSecond.push(messagesPerSecond);
  one.cpuMicrosecondsPerRequest.push(((one.server.cpuMs() - cpuBefore) * 1_000) / requests);
}

async function measureAtHalf(one: Subject, client: LatencyClient): Promise<void> {
  const { p50Ms, p99Ms } = await client.at(median(one.messagesPerSecond) / 2, WINDOW_MS);
  one.p50Ms.push(p50Ms);
  one.p99Ms.push(p99Ms);
}

/** Each in turn, another first every time. */
async function interleaved(
  repetitions: number,
  subjects: readonly Subject[],
  measure: (one: Subject) => Promise<void>,
): Promise<void> {
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (let turn = 0; turn < subjects.length; turn++) await measure(subjects[(turn + repetition) % subjects.length]!);
  }
}

interface Outcome {
  readonly mode: Mode;
  readonly subjects: readonly Subject[];
  readonly overFauxqs: Ratio;
  readonly ofFloor: Ratio;
}

async function measure(mode: Mode, program: string): Promise<Outcome> {
  const [ours, fauxqs, floor] = await Promise.all([
    startSpillway(program).then((server) => subject('ours', mode, server)),
    startFauxqs().then((server) => subject('fauxqs', mode, server)),
    startFloor(mode).then((server) => subject('floor', mode, server)),
  ]);
  const subjects = [ours, fauxqs, floor];
  await interleaved(WARM_UPS, subjects, async ({ cycle }) => {
    await runFlatOut(cycle, mode, WINDOW_MS);
  });
  await interleaved(REPETITIONS, subjects, (one) => measureFlatOut(one, mode));
  const clients = new Map<Subject, LatencyClient>();
  for (const one of subjects) clients.set(one, await latenciesOf(one.server.endpoint, mode));
  await interleaved(RATE_REPETITIONS, subjects, (one) => measureAtHalf(one, clients.get(one)!));
  for (const client of clients.values()) client.stop();
  for (const { client, server } of subjects) {
    await client.close();
    await server.stop();
  }
  const overFauxqs = ratioOf(ours.messagesPerSecond, fauxqs.messagesPerSecond);
  return { mode, subjects, overFauxqs, ofFloor: ratioOf(ours.messagesPerSecond, floor.messagesPerSecond) };
}

const bundle = await bundleCli();
const outcomes: Outcome[] = [];
for (const mode of modes) outcomes.push(await measure(mode, bundle.program));
bundle.remove();

const modeNames: Readonly<Record<Mode, string>> = { single: 'one at a time', batch: `in batches of ${batchSize}` };
const row = ({ name, messagesPerSecond, cpuMicrosecondsPerRequest, p50Ms, p99Ms }: Subject): string =>
  [
    `| ${name}`,
    median(messagesPerSecond).toFixed(0),
    spread(messagesPerSecond, 0),
    `${median(cpuMicrosecondsPerRequest).toFixed(1)} µs`,
    `${median(p50Ms).toFixed(2)} ms`,
    `${median(p99Ms).toFixed(2)} ms (${spread(p99Ms, 2)}) |`,
  ].join(' | ');
function section({ mode, subjects, overFauxqs, ofFloor }: Outcome): string {
  const ours = subjects.find(({ name }) => name === 'ours')!;
  return `## ${modeNames[mode]}

| | messages/s, median | ${REPETITIONS} interleaved repetitions | server's CPU per request | p50 at half load | p99 at half load |
|---|---:|---:|---:|---:|---:|
${subjects.map(row).join('\n')}

Over fauxqs: ${ratioText(overFauxqs)}; goal at least ${goals.overFauxqs}, ${verdict(overFauxqs.ofMedians >= goals.overFauxqs)}.
Of the floor: ${ratioText(ofFloor)}; goal at least ${goals.ofFloor}, ${verdict(ofFloor.ofMedians >= goals.ofFloor)}.
p99 at half of the largest load: goal under ${goals.p99Ms} ms, ${verdict(median(ours.p99Ms) < goals.p99Ms)}.
`;
}

const name = 'emulator-throughput';
writeReport(
  name,
  `# SQS of the emulator under load

Messages of ${bodyBytes} bytes, each sent, received and deleted: ${requestsPerCycle} requests of AWS JSON over ${connections} kept connections on loopback.

Throughput is taken with undici's pool, latencies with plain sockets, whose collections do not come between.

${outcomes.map(section).join('\n')}
${machineLine(name)}
`,
);
