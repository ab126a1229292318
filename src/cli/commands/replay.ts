/**
 * `spillway replay`: a queue's recorded traffic against its deployed policy and other ones; fidelity first.
 */

import { messageSettings } from '../../core/contract/messageShapes.ts';
import type { ReplayBands, ReplayRequest, ReplayResult, ReplaySetup, ResourceRow } from '../../core/contract/shapes.ts';
import { setupCommands } from '../../core/deploy/setupCommands.ts';
import { SpillwayError } from '../../core/errors.ts';
import { messageText } from '../../core/messages/index.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { Engine } from '../../engine/index.ts';
import { textOption, type Values } from '../arguments.ts';
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
import {
  type BandsAsked,
  bandsOption,
  delaysOption,
  noiseOption,
  plantOption,
  refuseEnding,
  replayOptionTable,
  reportOption,
  typedAssumptions,
} from '../host/replayOptions.ts';
import { readSetups } from '../host/setupFile.ts';
import { importGiven } from '../host/traceOptions.ts';
import { callEngine } from '../session.ts';
import { invalidOption, oneOf, UsageError } from '../usage.ts';

export const command: Command = {
  summary: {
    en: "replay a queue's scaling policy, and others, on its recorded traffic",
    ko: '기록된 대기열 트래픽에 지금 정책과 다른 정책들을 리플레이',
  },
  options: replayOptionTable,
  async run(values, io) {
    const range = rangeOption(values);
    const plant = plantOption(values);
    const typed = typedAssumptions(values);
    const faults = faultOptions(values);
    const messages = messagesOption(values);
    if (messages !== undefined && plant !== 'per-message') throw new UsageError(messagesOfFlow);
    const [delays, noise, bandsAsked] = [delaysOption(values), noiseOption(values), bandsOption(values)];
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
        ...delays,
        ...noise,
        ...(messages === undefined ? {} : { messages: messageSettings.parse(messages) }),
        ...(faults.length === 0 ? {} : { faults }),
      };
      const result = await interruptible(engine, io, (jobId) =>
        callEngine(engine, 'replay.run', { ...request, jobId }),
      );
      const bands = await bandsOf(engine, request, bandsAsked, io);
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
    throw new UsageError(oneTraffic);
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
    throw invalidOption('policy', label!, {
      expected: oneOf(runs.map((run) => `"${run.label}"`)),
      example: `"${runs[0]?.label}"`,
    });
  if (file.toLowerCase().endsWith('.json')) {
    writeGivenFile(file, `${JSON.stringify(chosen.setup, null, 2)}\n`);
    return;
  }
  const { row, group } = await callEngine(engine, 'resource.get', { resourceId });
  writeGivenFile(file, setupCommands(chosen.setup, { queueName: row.name, groupName: group?.name ?? null }));
}

/** Bands of each setup, one after another; none when nobody asked. */
async function bandsOf(
  engine: Engine,
  { setups, resourceId, range, assumptions, plant, messages, countNoise, faults }: ReplayRequest,
  asked: BandsAsked | null,
  io: CommandIo,
): Promise<ReplayBands[]> {
  if (asked === null) return [];
  const all: ReplayBands[] = [];
  for (const setup of setups) {
    const request = { resourceId, range, assumptions, plant, messages, countNoise, faults, setup, ...asked };
    all.push(await interruptible(engine, io, (jobId) => callEngine(engine, 'replay.bands', { ...request, jobId })));
  }
  return all;
}

/** @returns null after its faults were printed */
function setupsFrom(file: string | undefined, io: CommandIo): ReplaySetup[] | null {
  if (file === undefined) return [];
  const read = readSetups(readGivenFile(file).toString('utf8'), file);
  if (read.ok) return read.setups;
  for (const error of read.errors) io.complain(messageText(io.language, error));
  return null;
}

const messagesOfFlow = {
  en: '--messages needs --plant per-message: a flow has no single messages. Add --plant per-message.',
  ko: '--messages에는 --plant per-message가 필요합니다. 다른 모델에는 메시지 하나하나가 없습니다. --plant per-message를 추가하세요.',
} as const;

const oneTraffic = {
  en: 'There is no traffic, or more than one, expected one of --queue, --trace, --sample and --shape. Give exactly one.',
  ko: '트래픽이 없거나 여러 개입니다. --queue, --trace, --sample, --shape 중 하나만 지정하세요.',
} as const;
