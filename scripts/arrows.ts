/**
 * The dependency rule: which folder under src may import which, and who alone may import which package.
 *
 * Run as part of the lint step; prints every broken arrow and exits 1. The table is the architecture (ARCHITECTURE.md
 * draws it); the check reads the real syntax tree, so type-only imports, re-exports and dynamic imports count too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

interface Rule {
  /** Folders below src (with `/` for a part of one) it may import besides itself. */
  readonly folders: readonly string[];
  /** Packages it may import; `node:` stands for all of Node's own. */
  readonly packages: readonly (string | RegExp)[];
  /** Has nothing but pure code: reading the machine's clock, timers or chance breaks the rule. */
  readonly handedTime: boolean;
}

const rules: Readonly<Record<string, Rule>> = {
  'core/contract': { folders: ['core'], packages: ['zod'], handedTime: true },
  // Calendars and zones are nobody's own code; every instant is handed in.
  'core/schedule': { folders: ['core'], packages: ['croner'], handedTime: true },
  core: { folders: [], packages: [], handedTime: true },
  replay: { folders: ['core'], packages: [], handedTime: true },
  advisor: { folders: ['core'], packages: [], handedTime: true },
  timeline: { folders: ['core'], packages: [], handedTime: true },
  emulator: { folders: ['core'], packages: ['node:', 'cborg', 'yaml', 'koffi'], handedTime: true },
  aws: { folders: ['core'], packages: ['node:', /^@aws-sdk\//, /^@smithy\//], handedTime: true },
  mq: { folders: ['core'], packages: ['node:'], handedTime: true },
  storage: { folders: ['core'], packages: ['node:', 'better-sqlite3'], handedTime: true },
  engine: {
    folders: ['core', 'replay', 'advisor', 'timeline', 'aws', 'mq', 'storage'],
    packages: ['node:', 'zod'],
    handedTime: true,
  },
  main: { folders: ['engine', 'emulator', 'core'], packages: ['node:', 'electron'], handedTime: false },
  preload: { folders: ['core/contract', 'core/errors.ts'], packages: ['electron'], handedTime: false },
  renderer: { folders: ['core'], packages: [/^react/, 'recharts', /^@mantine\//, /^@tanstack\//], handedTime: false },
  cli: { folders: ['engine', 'emulator', 'core'], packages: ['node:', 'ws', 'yaml'], handedTime: false },
};

const clockAndChance = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'setTimeout',
  'setInterval',
  'setImmediate',
]);

export interface Broken {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

/** @param root folder that holds `src`; paths in the answer are relative to it, with forward slashes */
export function checkArrows(root: string): Broken[] {
  const src = path.join(root, 'src');
  const broken: Broken[] = [];
  for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || entry.name.endsWith('.d.ts')) continue;
    const file = path.join(entry.parentPath, entry.name);
    checkFile(path.relative(src, file).replaceAll(path.sep, '/'), readFileSync(file, 'utf8'), broken);
  }
  return broken.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

function ruleOf(file: string): readonly [string, Rule] | undefined {
  const name = Object.keys(rules).find((folder) => file.startsWith(`${folder}/`));
  return name === undefined ? undefined : [name, rules[name]!];
}

function checkFile(file: string, source: string, broken: Broken[]): void {
  const found = ruleOf(file);
  const report = (offset: number, problem: string): void => {
    broken.push({ file: `src/${file}`, line: source.slice(0, offset).split('\n').length, problem });
  };
  if (found === undefined) {
    report(0, 'lies in a folder that has no rule; add one to scripts/arrows.ts and draw it in ARCHITECTURE.md');
    return;
  }
  const [folder, rule] = found;
  const { program } = parseSync(file, source);

  const checkImport = (specifier: unknown, offset: number): void => {
    if (typeof specifier !== 'string') return;
    const problem = specifier.startsWith('.')
      ? folderProblem(folder, rule, path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)))
      : packageProblem(folder, rule, specifier);
    if (problem !== null) report(offset, problem);
  };
  new Visitor({
    ImportDeclaration: (node) => checkImport(node.source.value, node.start),
    ExportNamedDeclaration: (node) => checkImport(node.source?.value, node.start),
    ExportAllDeclaration: (node) => checkImport(node.source.value, node.start),
    ImportExpression: (node) => checkImport(node.source.type === 'Literal' ? node.source.value : undefined, node.start),
    TSImportType: (node) => checkImport(node.source.value, node.start),
    CallExpression: (node) => {
      const called = source.slice(node.callee.start, node.callee.end).replace(/^globalThis\./, '');
      if (rule.handedTime && clockAndChance.has(called))
        report(node.start, `calls ${called}(): clock, timers and chance are handed in`);
    },
    NewExpression: (node) => {
      const isNow = source.slice(node.callee.start, node.callee.end) === 'Date' && node.arguments.length === 0;
      if (rule.handedTime && isNow) report(node.start, 'calls new Date(): the clock is handed in');
    },
  }).visit(program);
}

function folderProblem(folder: string, rule: Rule, target: string): string | null {
  const allowed = [folder, ...rule.folders];
  if (allowed.some((name) => target === name || target.startsWith(`${name}/`))) return null;
  if (target.startsWith('../'))
    return target.endsWith('package.json') ? null : `imports ${target}, which lies outside src`;
  return `${folder} may not import ${target} (allowed: ${allowed.join(', ')})`;
}

function packageProblem(folder: string, rule: Rule, specifier: string): string | null {
  const allowed = rule.packages.some((name) =>
    typeof name === 'string'
      ? specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`)
      : name.test(specifier),
  );
  return allowed ? null : `${folder} may not import the package ${specifier}`;
}

if (import.meta.main) {
  const broken = checkArrows(path.join(import.meta.dirname, '..'));
  for (const { file, line, problem } of broken) console.error(`${file}:${line}: ${problem}`);
  console.log(broken.length === 0 ? 'arrows: all kept' : `arrows: ${broken.length} broken`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}
