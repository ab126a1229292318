/**
 * `npm run emulator:actions`: the README's table of every action of every emulated service, made from the actions themselves and depth.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCloud } from '../src/emulator/cloud.ts';
import { notServed, partly } from '../src/emulator/depth.ts';
import { createWorld } from '../src/emulator/world/world.ts';

const readme = path.join(import.meta.dirname, '..', 'README.md');
const begin = '<!-- emulator actions: made by `npm run emulator:actions` -->';
const end = '<!-- end of emulator actions -->';

const titles: Readonly<Record<string, string>> = {
  sqs: 'SQS',
  sns: 'SNS',
  kinesis: 'Kinesis Data Streams',
  monitoring: 'CloudWatch',
  autoscaling: 'EC2 Auto Scaling',
  sts: 'STS',
};

/** @returns the table in Markdown, a row per service and depth */
export function actionTable(): string {
  const cloud = createCloud({
    world: createWorld({ startMs: 0, seed: 1 }),
    accountId: '000000000000',
    region: 'us-east-1',
  });
  const rows = cloud.home.services.flatMap(({ scopeName, actions }) => {
    const inPart = partly[scopeName] ?? {};
    const served = [...actions.keys()].toSorted();
    const full = served.filter((name) => inPart[name] === undefined);
    const missing = notServed[scopeName] ?? [];
    const title = titles[scopeName] ?? scopeName;
    return [
      `| ${title} | full (${full.length} of ${served.length + missing.length}) | ${full.join(', ')} |`,
      ...Object.entries(inPart).map(([name, what]) => `| ${title} | partial: ${what} | ${name} |`),
      ...(missing.length === 0 ? [] : [`| ${title} | not served (${missing.length}) | ${missing.join(', ')} |`]),
    ];
  });
  return ['| service | depth | actions |', '|---|---|---|', ...rows].join('\n');
}

/** @throws Error when the README has lost its markers */
export function withTable(text: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md lacks the lines "${begin}" and "${end}"`);
  return `${text.slice(0, from + begin.length)}\n\n${actionTable()}\n\n${text.slice(to)}`;
}

if (import.meta.main) {
  writeFileSync(readme, withTable(readFileSync(readme, 'utf8')));
  console.log('Written: README.md');
}
