/**
 * A year of minutes in a database, put there by `spillway import`: quiet days with a crowd each, and one flood, the peak of the year.
 *
 * Nothing by chance. Not here: what a replay makes of it (yearReplay.spec.ts).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const minuteMs = 60_000;

export const queueName = 'year';
export const yearMinutes = 365 * 1_440;
export const yearFromMs = Date.UTC(2025, 0, 1);
/** Well inside its day, and inside a bucket of the year's chart; a mean over a bucket would hardly show it. */
export const flood = { fromMs: Date.UTC(2025, 7, 14, 13, 20), minutes: 25 };

/** @throws Error with what the command said */
export async function storeYear(folder: string): Promise<string> {
  const file = path.join(folder, 'year.csv');
  const database = path.join(folder, 'year.sqlite');
  writeFileSync(file, yearCsv());
  const words = ['src/cli/main.ts', 'import', '--db', database, '--file', file, '--name', queueName];
  const importing = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [importing.stdout, importing.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
  const [code] = (await once(importing, 'close')) as [number | null];
  if (code !== 0) throw new Error(`import ended with code ${code}:\n${said}`);
  return database;
}

function yearCsv(): string {
  const lines = ['timestamp,value'];
  for (let minute = 0; minute < yearMinutes; minute++) {
    lines.push(`${new Date(yearFromMs + minute * minuteMs).toISOString()},${arrivalsIn(minute)}`);
  }
  return `${lines.join('\n')}\n`;
}

function arrivalsIn(minute: number): number {
  const intoFlood = minute - (flood.fromMs - yearFromMs) / minuteMs;
  if (intoFlood >= 0 && intoFlood < flood.minutes) return 6_000;
  const day = 1 + 0.6 * Math.sin((minute / 1_440) * 2 * Math.PI);
  const crowd = minute % 1_440 < 30 ? 3 : 1;
  return Math.round(400 * day * crowd);
}
