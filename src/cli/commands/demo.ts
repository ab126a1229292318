/**
 * `spillway demo`: the whole job without a screen. Plays the flash crowd on a virtual clock, records it over the wire,
 * replays three policies on the recording, writes the recording, the timelines and the report.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReplayRequest, ReplayResult } from '../../core/contract/shapes.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import { parseScenario } from '../../emulator/scenarios/parse.ts';
import type { Scenario } from '../../emulator/scenarios/spec.ts';
import type { Engine, UnattendedRecording } from '../../engine/index.ts';
import { textOption } from '../arguments.ts';
import type { Command, CommandIo } from '../command.ts';
import { type OutputFolder, prepareOutputFolder } from '../demo/outputFolder.ts';
import { fleetLines } from '../format/fleet.ts';
import { comparisonLines, fidelityLines } from '../format/replay.ts';
import { startEmulatorProcess } from '../host/emulatorProcess.ts';
import { startEngine } from '../host/engine.ts';
import { resourcesDir } from '../host/paths.ts';
import { callEngine } from '../session.ts';
import { missingOption } from '../usage.ts';

const scenarioName = 'flash-crowd';

export const command: Command = {
  summary: {
    en: 'play, record, replay and export the demo, without a screen',
    ko: '화면 없이 데모를 재생, 기록, 리플레이하고 내보내기',
  },
  options: {
    out: {
      type: 'string',
      value: 'DIR',
      help: {
        en: 'folder for recording.sqlite, timeline.md, timeline.json, report.html',
        ko: 'recording.sqlite, timeline.md, timeline.json, report.html을 쓸 폴더',
      },
    },
  },
  async run(values, io) {
    const folder = textOption(values, 'out');
    if (folder === undefined)
      throw missingOption('out', { expected: { en: 'a folder to write to', ko: '결과를 쓸 폴더' }, example: 'demo' });
    const started = performance.now();
    const out = prepareOutputFolder(folder);
    const scenario = readScenario();
    const engine = await startEngine(out.recordingFile, 'cli', io);
    let stopEmulator = async (): Promise<void> => {};
    try {
      const emulator = await startEmulatorProcess(scenarioName);
      stopEmulator = emulator.stop;
      const recording = await record(engine, emulator.endpoint, scenario, io);
      const { request, result } = await replay(engine, recording);
      for (const line of fleetLines(result, io.language)) io.print(line);
      io.print('');
      for (const line of fidelityLines(result.fidelity, io.language)) io.print(line);
      io.print('');
      for (const line of comparisonLines(result, io.language)) io.print(line);
      await writeExports(engine, out, recording, request, io);
    } finally {
      await engine.close();
      await stopEmulator();
    }
    io.print('');
    io.print(
      `${folder}: recording.sqlite timeline.md timeline.json report.html (${((performance.now() - started) / 1000).toFixed(1)} s)`,
    );
    return 0;
  },
};

/** Ours to ship, so a fault in it is a bug and not a message. */
function readScenario(): Scenario {
  const file = path.join(resourcesDir, 'scenarios', `${scenarioName}.yaml`);
  const parsed = parseScenario(readFileSync(file, 'utf8'), file);
  if (!parsed.ok) throw new Error(`${file} is not a valid scenario: ${JSON.stringify(parsed.errors)}`);
  return parsed.value;
}

async function record(
  engine: Engine,
  endpoint: string,
  scenario: Scenario,
  io: CommandIo,
): Promise<UnattendedRecording> {
  let told = 0;
  return engine.recordUnattended({
    connection: {
      name: scenario.name,
      kind: 'emulator',
      region: 'us-east-1',
      endpoint,
      credentials: { kind: 'static', accessKeyId: 'SPILLWAYDEMO', secretAccessKey: 'demo' },
      pollIntervalSeconds: 60,
    },
    untilMs: scenario.startMs + scenario.durationMs,
    onProgress(share, nowMs) {
      if (share < told + 0.25) return;
      told = Math.floor(share * 4) / 4;
      io.complain(`${String(Math.round(share * 100)).padStart(3)} %  ${new Date(nowMs).toISOString()}`);
    },
  });
}

async function replay(
  engine: Engine,
  recording: UnattendedRecording,
): Promise<{ request: ReplayRequest; result: ReplayResult }> {
  const resourceId = recording.queueResourceId;
  if (resourceId === null)
    throw new SpillwayError('NOT_FOUND', { what: phrases([{ term: 'scaled-queue' }]), id: scenarioName });
  const range = { fromMs: recording.fromMs, toMs: recording.throughMs };
  const { deployed, suggestions, assumptions } = await callEngine(engine, 'replay.defaults', { resourceId, range });
  const setups = [...(deployed === null ? [] : [deployed]), ...suggestions].slice(0, 3);
  const request: ReplayRequest = { resourceId, range, assumptions, setups };
  return { request, result: await callEngine(engine, 'replay.run', request) };
}

async function writeExports(
  engine: Engine,
  out: OutputFolder,
  recording: UnattendedRecording,
  replayRequest: ReplayRequest,
  io: CommandIo,
): Promise<void> {
  const resourceIds = [recording.queueResourceId, recording.streamResourceId].filter((id) => id !== null);
  for (const [name, format] of [
    ['timeline.md', 'markdown'],
    ['timeline.json', 'json'],
    ['report.html', 'html'],
  ] as const) {
    const file = await callEngine(engine, 'timeline.export', {
      resourceIds,
      range: replayRequest.range,
      format,
      language: io.language,
      timeZone: 'UTC',
      title: scenarioName,
      replay: replayRequest,
    });
    out.write(name, file.text);
  }
}
