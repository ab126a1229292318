/**
 * `spillway replay`: a queue's recorded traffic against its deployed policy and other ones; fidelity first.
 */

import { messageSettings } from '../../core/contract/messageShapes.ts';
import type {
  ExportRequest,
  ReplayAssumptions,
  ReplayBands,
  ReplayRequest,
  ReplayResult,
  ReplaySetup,
  ResourceRow,
} from '../../core/contract/shapes.ts';
import { setupCommands } from '../../core/deploy/setupCommands.ts';
import { SpillwayError } from '../../core/errors.ts';
import { messageText } from '../../core/messages/index.ts';
import { phrases } from '../../core/messages/terms.ts';
import { type ReplayPlant, replayPlants } from '../../core/model/replayPlants.ts';
import type { Engine } from '../../engine/index.ts';
import { numberOption, textOption, UsageError, type Values } from '../arguments.ts';
import type { Command, CommandIo } from '../command.ts';
import { bandLines } from '../format/bands.ts';
import { decisionLines } from '../format/decisions.ts';
import { judgementLines } from '../format/judgement.ts';
import { messageCountLines } from '../format/messageCounts.ts';
import { cautionLines, comparisonLines, fidelityLines } from '../format/replay.ts';
import { traceReportLines } from '../format/traceReport.ts';
import { openRecording, startEngine } from '../host/engine.ts';
import { faultOptions } from '../host/faultOptions.ts';
import { readGivenFile, writeGivenFile } from '../host/files.ts';
import { interruptible } from '../host/interruptible.ts';
import { messagesOption } from '../host/messageOptions.ts';
import { rangeOption } from '../host/rangeOption.ts';
import { readSetups } from '../host/setupFile.ts';
import { importGiven, traceOptionTable } from '../host/traceOptions.ts';
import { callEngine } from '../session.ts';

const formatOf = { '.md': 'markdown', '.html': 'html', '.json': 'json', '.csv': 'csv' } as const;
const endings = Object.keys(formatOf) as (keyof typeof formatOf)[];

export const command: Command = {
  summary: "replay a queue's scaling policy, and others, on its recorded traffic",
  options: {
    db: { type: 'string', value: 'FILE', help: 'database (default: the one of the desktop app)' },
    queue: { type: 'string', value: 'NAME', help: 'queue name or ARN' },
    trace: { type: 'string', value: 'FILE', help: 'traffic from a file instead of a recording; nothing is stored' },
    sample: {
      type: 'string',
      value: 'NAME',
      help: 'a bundled sample instead of a recording (import --samples lists them)',
    },
    ...traceOptionTable,
    from: { type: 'string', value: 'ISO', help: 'start (default: 24 h before the end of the recording)' },
    to: { type: 'string', value: 'ISO', help: 'end' },
    setup: { type: 'string', value: 'FILE', help: 'JSON or YAML with one more setup, or a list of them, to compare' },
    plant: {
      type: 'string',
      value: 'PLANT',
      help: `how the queue is modelled: ${replayPlants.join(', ')} (default: fluid)`,
    },
    messages: {
      type: 'string',
      value: 'FIELD=VALUE,…',
      help: 'with --plant per-message: visibilityTimeoutSeconds, batchSize, maxReceiveCount, poisonShare, fifoGroups, service=lognormal:CV …',
    },
    throughput: { type: 'string', value: 'N', help: 'messages a minute per instance (default: from the recording)' },
    'launch-delay': { type: 'string', value: 'SECONDS', help: 'request to InService (default: from the recording)' },
    delays: {
      type: 'string',
      value: 'HOW',
      help: 'what single launches take: assumed, recorded, or drawn:CV[:SEED] around the assumed (default: assumed)',
    },
    'count-noise': { type: 'string', value: 'CV', help: 'let the counts that alarms see be off by this, 0 to 1' },
    'age-goal': { type: 'string', value: 'SECONDS', help: 'oldest a message may get (default: 300)' },
    decisions: { type: 'boolean', default: false, help: 'tell every decision of every policy in words, too' },
    'policy-out': {
      type: 'string',
      value: 'FILE',
      help: 'write a candidate as a setup file (.json) or as the commands that deploy it (.sh, .yaml for Kubernetes)',
    },
    policy: { type: 'string', value: 'LABEL', help: 'which candidate (default: the first that is not deployed)' },
    out: { type: 'string', value: 'FILE', help: `write a report, too; its ending says which: ${endings.join(', ')}` },
    'report-zone': { type: 'string', default: 'UTC', value: 'ZONE', help: 'IANA zone of the instants in the report' },
    spot: { type: 'string', value: 'ISO=N', help: 'what if N instances were interrupted at this instant' },
    'launch-failure': { type: 'string', value: 'ISO/ISO', help: 'what if every launch failed between two instants' },
    bands: {
      type: 'string',
      value: 'N',
      help: 'how far each setup may be off: N runs with other delays, throughput, phases; message by message 20 are a lot',
    },
    seed: { type: 'string', value: 'N', default: '1', help: 'of the bands' },
    json: { type: 'boolean', default: false, help: 'print the whole result as JSON' },
  },
  async run(values, io) {
    const range = rangeOption(values);
    const plant = plantOption(values);
    const typed = typedAssumptions(values);
    const faults = faultOptions(values);
    const messages = messagesOption(values);
    if (messages !== undefined && plant !== 'per-message')
      throw new UsageError('--messages needs --plant per-message: a flow has no single messages');
    const report = reportOption(values);
    refuseEnding(values);
    const own = setupsFrom(textOption(values, 'setup'), io);
    if (own === null) return 1;
    const { engine, resourceId } = await openTraffic(values, io);
    if (resourceId === null) {
      await engine.close();
      return 1;
    }
    try {
      const defaults = await callEngine(engine, 'replay.defaults', {
        resourceId,
        range,
      });
      const setups = [
        ...(defaults.deployed === null ? [] : [defaults.deployed]),
        ...(own.length > 0 ? own : defaults.suggestions),
      ];
      const request: ReplayRequest = {
        resourceId,
        range: defaults.range,
        assumptions: { ...defaults.assumptions, ...typed },
        setups,
        plant,
        ...delaysOption(values),
        ...noiseOption(values),
        ...(messages === undefined ? {} : { messages: messageSettings.parse(messages) }),
        ...(faults.length === 0 ? {} : { faults }),
      };
      const result = await interruptible(engine, io, (jobId) =>
        callEngine(engine, 'replay.run', { ...request, jobId }),
      );
      const bands = await bandsOf(engine, request, values, io);
      await writePolicy(engine, result, values);
      if (report !== null) {
        const { text } = await callEngine(engine, 'timeline.export', {
          resourceIds: [resourceId],
          range: defaults.range,
          format: report.format,
          language: io.language,
          timeZone: textOption(values, 'report-zone')!,
          title: '',
          replay: request,
          ...(bands.length === 0 ? {} : { bands: { runs: bands[0]!.runs, seed: bands[0]!.seed } }),
        });
        writeGivenFile(report.file, text);
      }
      if (values.json) {
        io.print(
          JSON.stringify(bands.length === 0 ? result : { ...result, bands }, (_key, value: unknown) =>
            value instanceof Float64Array ? [...value] : value,
          ),
        );
        return 0;
      }
      for (const line of fidelityLines(result.fidelity, io.language)) io.print(line);
      for (const line of cautionLines(result, io.language)) io.print(line);
      io.print('');
      for (const line of comparisonLines(result, io.language)) io.print(line);
      io.print('');
      for (const line of messageCountLines(result.runs, io.language)) io.print(line);
      for (const line of judgementLines(result.runs, io.language)) io.print(line);
      for (const line of bandLines(
        setups.map(({ label }) => label),
        bands,
        io.language,
      ))
        io.print(line);
      if (values.decisions) for (const line of decisionLines(result.runs, io.language)) io.print(line);
      return 0;
    } finally {
      await engine.close();
    }
  },
};

/**
 * A queue of a recording, or of a trace that is imported into memory only.
 *
 * @returns resourceId null: the trace leaves a question open, which was printed
 */
async function openTraffic(
  values: Values,
  io: CommandIo,
): Promise<{ readonly engine: Engine; readonly resourceId: string | null }> {
  const queue = textOption(values, 'queue');
  const file = textOption(values, 'trace');
  const sample = textOption(values, 'sample');
  const shape = textOption(values, 'shape');
  if ([queue, file, sample, shape].filter((given) => given !== undefined).length !== 1)
    throw new UsageError('expected one of --queue, --trace, --sample and --shape');
  const engine =
    queue === undefined ? await startEngine(':memory:', 'cli', io) : await openRecording(textOption(values, 'db'), io);
  try {
    if (queue !== undefined) {
      const { rows } = await callEngine(engine, 'overview.get', {});
      return { engine, resourceId: find(rows, queue).resourceId };
    }
    const imported = await importGiven(engine, { file, sample, name: undefined }, values, io);
    // On the error stream: what stands on the other one may be JSON for a program.
    for (const line of traceReportLines(imported, io.language)) io.complain(line);
    return { engine, resourceId: imported.queueResourceId };
  } catch (thrown) {
    await engine.close();
    throw thrown;
  }
}

export function find(rows: readonly ResourceRow[], name: string): ResourceRow {
  const found = rows.find((row) => row.resourceId === name || row.name === name);
  if (found === undefined) throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'resource' }]), id: name });
  return found;
}

const policyEndings = ['.json', '.sh', '.yaml'] as const;

/** @throws UsageError before anything is replayed */
function refuseEnding(values: Values): void {
  const file = textOption(values, 'policy-out');
  if (file === undefined || policyEndings.some((ending) => file.toLowerCase().endsWith(ending))) return;
  throw new UsageError(`--policy-out is "${file}", expected a name that ends in ${policyEndings.join(', ')}`);
}

/** @throws UsageError when there is no candidate of that label */
async function writePolicy(engine: Engine, { runs, resourceId }: ReplayResult, values: Values): Promise<void> {
  const file = textOption(values, 'policy-out');
  if (file === undefined) return;
  const label = textOption(values, 'policy');
  const chosen =
    label === undefined
      ? (runs.find((run) => run.label !== 'deployed') ?? runs[0])
      : runs.find((run) => run.label === label);
  if (chosen === undefined)
    throw new UsageError(`--policy is "${label}", expected one of ${runs.map((run) => `"${run.label}"`).join(', ')}`);
  if (file.toLowerCase().endsWith('.json')) {
    writeGivenFile(file, `${JSON.stringify(chosen.setup, null, 2)}\n`);
    return;
  }
  const { row, group } = await callEngine(engine, 'resource.get', { resourceId });
  writeGivenFile(file, setupCommands(chosen.setup, { queueName: row.name, groupName: group?.name ?? null }));
}

/** @throws UsageError for an ending that is none of the formats */
function reportOption(values: Values): { readonly file: string; readonly format: ExportRequest['format'] } | null {
  const file = textOption(values, 'out');
  if (file === undefined) return null;
  const ending = endings.find((known) => file.toLowerCase().endsWith(known));
  if (ending === undefined)
    throw new UsageError(`--out is "${file}", expected a name that ends in ${endings.join(', ')}`);
  return { file, format: formatOf[ending] };
}

/** Numbers typed instead of those of the recording. @throws UsageError when one is out of its limits */
function typedAssumptions(values: Values): Partial<ReplayAssumptions> {
  const typed = <K extends keyof ReplayAssumptions>(name: string, field: K, min: number, max: number) =>
    values[name] === undefined ? {} : { [field]: numberOption(values, name, { min, max }) };
  return {
    ...typed('throughput', 'throughputPerInstancePerMinute', 1e-6, 1e9),
    ...typed('launch-delay', 'launchDelaySeconds', 0, 86_400),
    ...typed('age-goal', 'ageGoalSeconds', 1, 1_209_600),
  };
}

/** Bands of each setup, one after another; none when nobody asked. */
async function bandsOf(
  engine: Engine,
  { setups, resourceId, range, assumptions, plant, messages, countNoise, faults }: ReplayRequest,
  values: Values,
  io: CommandIo,
): Promise<ReplayBands[]> {
  if (values.bands === undefined) return [];
  const runs = numberOption(values, 'bands', { min: 2, max: 1_000, whole: true });
  const seed = numberOption(values, 'seed', { min: 0, max: 2 ** 32 - 1, whole: true });
  const all: ReplayBands[] = [];
  for (const setup of setups) {
    const asked = { resourceId, range, assumptions, plant, messages, countNoise, faults, setup, runs, seed };
    all.push(await interruptible(engine, io, (jobId) => callEngine(engine, 'replay.bands', { ...asked, jobId })));
  }
  return all;
}

/** @throws UsageError naming what it may be */
function delaysOption(values: Values): Pick<ReplayRequest, 'delays'> {
  const text = textOption(values, 'delays');
  if (text === undefined || text === 'assumed') return {};
  if (text === 'recorded') return { delays: { kind: 'recorded' } };
  const [kind, cv = '', seed = '1'] = text.split(':');
  const drawn = { kind: 'drawn', cv: Number(cv), seed: Number(seed) } as const;
  const whole = Number.isInteger(drawn.seed) && drawn.seed >= 0 && drawn.seed < 2 ** 32;
  if (kind === 'drawn' && cv !== '' && drawn.cv >= 0 && drawn.cv <= 10 && whole) return { delays: drawn };
  throw new UsageError(`--delays is "${text}", expected assumed, recorded or drawn:CV[:SEED], e.g. drawn:0.4:7`);
}

function noiseOption(values: Values): Pick<ReplayRequest, 'countNoise'> {
  if (values['count-noise'] === undefined) return {};
  return { countNoise: { cv: numberOption(values, 'count-noise', { min: 0, max: 1 }), seed: 1 } };
}

/** @throws UsageError when it names no plant */
function plantOption(values: Values): ReplayPlant {
  const text = textOption(values, 'plant') ?? 'fluid';
  const plant = replayPlants.find((known) => known === text);
  if (plant !== undefined) return plant;
  throw new UsageError(`--plant is "${text}", expected one of ${replayPlants.join(', ')}`);
}

/** @returns null after its faults were printed */
function setupsFrom(file: string | undefined, io: CommandIo): ReplaySetup[] | null {
  if (file === undefined) return [];
  const read = readSetups(readGivenFile(file).toString('utf8'), file);
  if (read.ok) return read.setups;
  for (const error of read.errors) io.complain(messageText(io.language, error));
  return null;
}
