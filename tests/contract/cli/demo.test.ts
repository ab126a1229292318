import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ran, spillway } from './run.ts';

let folder: string;
let runs: Ran[];
const file = (run: number, name: string): string => readFileSync(path.join(folder, String(run), name), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-demo-'));
  runs = [];
  for (const run of [1, 2]) runs.push(await spillway(['demo', '--out', path.join(folder, String(run))]));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('prints the recorded fleet, the fidelity and three policies side by side', () => {
  const { status, out, err } = runs[0]!;
  expect({ status, err: err.replaceAll(/^ *\d+ %.*\n/gm, '') }).toEqual({ status: 0, err: '' });
  expect(out).toMatch(/^Recorded fleet$/m);
  expect(out.match(/^\d\d:00 /gm)).toHaveLength(24);
  expect(out).toMatch(/minutes with equal desired capacity +\d+\.\d %/);
  const table = out.slice(out.indexOf('\npolicy ')).trim().split('\n');
  expect(table[0]).toMatch(/peak backlog +worst age +min over age goal +instance hours +cost USD/);
  expect(table[1]).toMatch(/^recorded fleet +\d+/);
  expect(table.slice(2, 5).every((line) => /\d+ +\d+ s +\d+ +[\d.]+ +[\d.]+ +\d+$/.test(line))).toBe(true);
});

it('writes four files', () => {
  const names = readdirSync(path.join(folder, '1')).filter((name) => !name.startsWith('.'));
  expect(names.sort()).toEqual(['recording.sqlite', 'report.html', 'timeline.json', 'timeline.md']);
});

it('writes a report that stands alone: no script, no reference to elsewhere', () => {
  const html = file(1, 'report.html');
  expect(html).toMatch(/<svg/);
  expect(html).not.toMatch(/<script|<link|<img|<iframe|javascript:|\son\w+=/i);
  expect(html.match(/https?:\/\/[^\s"'<)]+/g)?.filter((url) => !url.startsWith('http://www.w3.org/')) ?? []).toEqual(
    [],
  );
});

it('repeats: two runs with one seed write the same bytes', () => {
  for (const name of ['timeline.md', 'timeline.json', 'report.html'])
    expect(file(2, name) === file(1, name), name).toBe(true);
  const spoken = ({ out }: Ran): string => out.slice(0, out.lastIndexOf('\n\n'));
  expect(spoken(runs[1]!)).toBe(spoken(runs[0]!));
});

it('[KREP-33, KREP-35] replays the stream: the hot shard is found, and the slow consumer lags as it was recorded to', async () => {
  const db = path.join(folder, '1', 'recording.sqlite');
  const words = ['replay-stream', '--db', db, '--stream', 'clicks', '--shards', '4,8', '--on-demand'];
  // The scenario's archive takes 330,000 bytes a second of a shard, in records of 130,000; producers offer again each second.
  const told = await spillway([...words, '--worker-rate', '2.54', '--retry', '1', '--json']);
  expect(told.status, told.err).toBe(0);
  const { runs, fidelity, hotShards, recorded } = JSON.parse(told.out);
  expect(recorded).toMatchObject({ shards: 4, mode: 'PROVISIONED' });
  expect(recorded.pollingConsumers).toBeCloseTo(2, 1);
  expect(recorded.slowestConsumerRecordsPerSecond).toBeCloseTo(2.54, 1);
  expect(hotShards).toHaveLength(1);
  expect(hotShards[0].shardId).toBe('shardId-000000000002');
  expect(hotShards[0].share).toBeCloseTo(0.55, 1);
  expect(fidelity.takenErrorShare).toBeLessThan(0.01);
  expect(fidelity.iteratorAge.nrmse).toBeLessThan(0.02);
  expect(fidelity.throttled.bothMinutes).toBe(fidelity.throttled.replayedMinutes);
  expect(runs.map(({ label }: { label: string }) => label)).toEqual(['4 shards', '8 shards', 'on demand']);
  expect(runs[1].summary).toMatchObject({ throttledRecords: 0, lostRecords: 0 });
  expect(runs[0].columns.times).toHaveLength(recorded.columns.times.length);

  const korean = await spillway([...words, '--reshard', '2026-03-02T07:10:00Z=6'], { SPILLWAY_LANG: 'ko' });
  expect(korean.status, korean.err).toBe(0);
  expect(korean.out).toMatch(/^샤드 4개 +\d+ /m);
  expect(korean.out).toContain('다시 보낸다고 보면 더 잘 맞습니다');
  expect(korean.out).toContain('2026-03-02T07:10:00Z 예정: 4 -> 6, 완료 2026-03-02T07:13:00Z');
  const queue = await spillway(['replay-stream', '--db', db, '--stream', 'orders', '--shards', '4']);
  expect(queue.status).toBe(1);
  expect(queue.err).toContain('No stream "orders" was recorded here. Streams of this recording: clicks.');
});

it('[CAL-02, CAL-08] tells what the scenario was made with: 0.85 s a message, launches of 90 to 170 s', async () => {
  const db = path.join(folder, '1', 'recording.sqlite');
  const { status, out } = await spillway(['calibrate', '--db', db, '--queue', 'orders', '--json']);
  expect(status).toBe(0);
  const { calibration } = JSON.parse(out);
  const { low, high } = calibration.service.interval;
  expect(low).toBeLessThan(0.85);
  expect(high).toBeGreaterThan(0.85);
  // From the request: the alarm's action comes some seconds before the group's own.
  for (const { seconds } of calibration.launchSamples) {
    expect(seconds).toBeGreaterThanOrEqual(90);
    expect(seconds).toBeLessThan(190);
  }
  const night = ['--from', '2026-03-02T00:00:00Z', '--to', '2026-03-02T00:30:00Z'];
  const refused = await spillway(['calibrate', '--db', db, '--queue', 'orders', ...night], { SPILLWAY_LANG: 'ko' });
  expect(refused.status).toBe(1);
  expect(refused.out).toMatch(/부족한 것: .*5분 이상\n.*spillway replay --throughput N/);
  const typed = await spillway(['replay', '--db', db, '--queue', 'orders', '--throughput', '50', '--json']);
  expect(JSON.parse(typed.out).assumptions.throughputPerInstancePerMinute).toBe(50);
  const untold = await spillway(['replay', '--db', db, '--queue', 'orders']);
  expect(untold.out).not.toContain('Caution');
  const wrong = await spillway([
    'replay',
    '--db',
    db,
    '--queue',
    'orders',
    '--throughput',
    '20',
    '--launch-delay',
    '5',
  ]);
  expect(wrong.out).toMatch(
    /Caution: a throughput of 20 is assumed, but over ten minutes .* did \d\d(\.\d)? a minute each\n/,
  );
  expect(wrong.out).toMatch(/Caution: a launch of 5 s is assumed, but the recorded ones took \d+ to \d+ s\n/);
});

it('[REP-38] tells every decision in words', async () => {
  const db = path.join(folder, '1', 'recording.sqlite');
  const { status, out } = await spillway(['replay', '--db', db, '--queue', 'orders', '--decisions']);
  expect(status).toBe(0);
  const told = out.slice(out.indexOf('Decisions: deployed')).split('\n');
  expect(told[0]).toMatch(/^Decisions: deployed \(\d+\)$/);
  expect(told[1]).toMatch(
    /^ {2}2026-03-02T\d\d:\d\d:\d\dZ orders-backlog-\w+ is in ALARM: visible messages, .* Datapoints, newest last: .* \[STEP-05 /,
  );
  expect(out).toMatch(/Scaled out, 5 -> 7\./);
});

it('writes a replay by the ending of its file, fidelity first in each', async () => {
  const db = path.join(folder, '1', 'recording.sqlite');
  const words = ['replay', '--db', db, '--queue', 'orders', '--out'];
  const text: Record<string, string> = {};
  for (const ending of ['md', 'html', 'json', 'csv']) {
    const out = path.join(folder, `replay.${ending}`);
    expect(await spillway([...words, out])).toMatchObject({ status: 0, err: '' });
    text[ending] = readFileSync(out, 'utf8');
  }
  for (const ending of ['md', 'html']) {
    const at = (heading: string): number => text[ending]!.indexOf(heading);
    expect(at('Minutes with equal desired capacity')).toBeGreaterThan(0);
    expect(at('Minutes with equal desired capacity')).toBeLessThan(at('Policies compared'));
    expect(at('regret, USD')).toBeGreaterThan(0);
    expect(text[ending]).toContain('Clipped at the maximum');
  }
  const { replay } = JSON.parse(text.json!);
  expect(replay).toMatchObject({ plant: 'fluid', fidelity: { leftOut: expect.any(Array) } });
  expect(replay.runs[0].judgement.antipatterns[0].antipattern).toBe('clippedAtMax');
  const lines = text.csv!.trim().split('\n');
  expect(lines[2]).toMatch(/^# Fidelity/);
  const head = lines.findIndex((line) => line.startsWith('time,left_out,recorded arrivals,'));
  expect(lines.slice(0, head).every((line) => line.startsWith('# '))).toBe(true);
  expect(lines.length - head - 1).toBe(1439);
  const wrong = await spillway([...words, 'replay.pdf']);
  expect(wrong).toMatchObject({ status: 2 });
  expect(wrong.err).toContain('expected a name that ends in .md, .html, .json, .csv');
});

it('ends quietly when its reader has seen enough', async () => {
  const db = path.join(folder, '1', 'recording.sqlite');
  const main = path.join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'main.ts');
  const child = spawn(process.execPath, [main, 'replay', '--db', db, '--queue', 'orders', '--decisions']);
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.on('exit', resolve));
  expect({ status, err }).toEqual({ status: 0, err: '' });
});

it('replaces what a demo wrote, and nothing else', async () => {
  const other = path.join(folder, 'other');
  const mine = path.join(other, 'recording.sqlite');
  mkdirSync(other);
  writeFileSync(mine, "somebody else's recording");
  const { status, err } = await spillway(['demo', '--out', other]);
  expect(status).toBe(1);
  expect(err).toContain('choose an empty folder');
  expect(readFileSync(mine, 'utf8')).toBe("somebody else's recording");
});
