/** Where a report is written, and the line that ends it: day, machine, command. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';

const results = path.join(import.meta.dirname, '..', 'results');

export function writeReport(name: string, text: string): void {
  mkdirSync(results, { recursive: true });
  writeFileSync(path.join(results, `${name}.md`), text);
  console.log(text);
}

/** @param measuredWith what else it was measured with, for example a compiler */
export function machineLine(name: string, measuredWith?: string): string {
  const day = new Date().toISOString().slice(0, 10);
  const load = `load average ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`;
  const machine = [`node ${process.version}`, cpus()[0]?.model.trim() ?? 'unknown processor', load, measuredWith];
  return `${day}, ${machine.filter(Boolean).join(', ')}. Made by \`npm run bench -- ${name}\`.`;
}
