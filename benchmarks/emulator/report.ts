/** Where a report is written, and the line about the machine that ends it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';

const results = path.join(import.meta.dirname, '..', 'results');

export function writeReport(name: string, text: string): void {
  mkdirSync(results, { recursive: true });
  writeFileSync(path.join(results, `${name}.md`), text);
  console.log(text);
}

export function machineLine(name: string): string {
  const load = loadavg()[0]!.toFixed(1);
  return `node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, load average ${load} on ${cpus().length} cores. Made by \`benchmarks/${name}.ts\`.`;
}
