/**
 * Rules on what was built, without starting it (EL-60, layer 4): main's syntax tree, the preload, the page's files.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { parseAst } from 'vite';
import { runPreload } from '../unit/preload/runPreload.ts';

const out = path.resolve(import.meta.dirname, '../../out');
const read = (...file: string[]) => readFileSync(path.join(out, ...file), 'utf8');
const filesIn = (folder: string) =>
  readdirSync(path.join(out, folder), { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file));

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) yield* nodesOf(each);
  }
}

const nodes = (source: string) => [...nodesOf(parseAst(source) as unknown as Node)];

/** `!0` and `!1` are how a minifier writes booleans. */
function literal(node: unknown): unknown {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal') return node.value;
  // The minifier writes texts so.
  if (node.type === 'TemplateLiteral') return templateText(node);
  if (node.type === 'UnaryExpression' && node.operator === '!') return !literal(node.argument);
  return undefined;
}

function templateText({ quasis }: Node): unknown {
  const pieces = quasis as { readonly value: { readonly cooked: string } }[];
  return pieces.length === 1 ? pieces[0]!.value.cooked : undefined;
}

const nameOf = (node: unknown): unknown => (isNode(node) ? (node.name ?? node.value) : undefined);

/** Ids named in the text; an import of a computed one names none. */
function importsOf(source: string): string[] {
  return nodes(source)
    .filter(({ type }) => type === 'ImportDeclaration' || type === 'ImportExpression')
    .flatMap(({ source: from }) => literal(from) ?? [])
    .map(String);
}

test('[SEC-01] every window of main is sandboxed, isolated and without Node', () => {
  const preferences = nodes(read('main', 'index.js'))
    .filter(({ type, key }) => type === 'Property' && nameOf(key) === 'webPreferences')
    .map(({ value }) => {
      const properties = (value as Node).properties as Node[];
      return Object.fromEntries(properties.map((each) => [nameOf(each.key), literal(each.value)]));
    });
  expect(preferences.length).toBeGreaterThan(0);
  for (const each of preferences) {
    expect(each).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    for (const name of [
      'webSecurity',
      'webviewTag',
      'experimentalFeatures',
      'enableBlinkFeatures',
      'nodeIntegrationInSubFrames',
    ]) {
      expect(each).not.toHaveProperty(name);
    }
  }
});

test('main has its guards and does nothing that would go around them', () => {
  const called = new Set(
    nodes(read('main', 'index.js'))
      .filter(({ type }) => type === 'CallExpression')
      .map(({ callee }) => nameOf(isNode(callee) && callee.type === 'MemberExpression' ? callee.property : callee)),
  );
  for (const guard of [
    'enableSandbox',
    'registerSchemesAsPrivileged',
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setWindowOpenHandler',
    'requestSingleInstanceLock',
  ]) {
    expect(called, guard).toContain(guard);
  }
  for (const hole of ['loadFile', 'executeJavaScript', 'openPath', 'eval']) expect(called, hole).not.toContain(hole);
});

const textsOf = (node: Node): unknown[] =>
  node.type === 'Literal'
    ? [node.value]
    : node.type === 'TemplateElement'
      ? [(node.value as { cooked: string }).cooked]
      : [];

test('no page comes from a file or an open address', () => {
  const texts = nodes(read('main', 'index.js')).flatMap(textsOf);
  const addresses = texts.filter((text) => typeof text === 'string' && /^(file|http|ftp|data):/.test(text));
  expect(addresses).toEqual([]);
});

test('[EL-25] only main and preload know Electron; the utility processes are plain Node', () => {
  const knowing = filesIn('main').filter((file) => importsOf(read('main', file)).some((id) => id === 'electron'));
  expect(knowing).toEqual(['index.js']);
  const external = new Set(filesIn('main').flatMap((file) => importsOf(read('main', file))));
  const packages = [...external].filter((id) => !id.startsWith('.') && !id.startsWith('node:'));
  const builtins = new Set(process.getBuiltinModule('node:module').builtinModules);
  expect(packages.filter((id) => !builtins.has(id)).sort()).toEqual(['better-sqlite3', 'electron', 'koffi']);
});

test('[EL-21][SEC-11] the preload is one CommonJS file that requires electron and exposes two functions', () => {
  expect(filesIn('preload')).toEqual(['index.cjs']);
  const { required, exposed, globals } = runPreload(read('preload', 'index.cjs'));
  expect(required).toEqual(['electron']);
  expect(Object.entries(exposed).map(([name, value]) => [name, Object.keys(value).sort()])).toEqual([
    ['spillway', ['call', 'listen']],
  ]);
  expect(globals).toEqual([]);
});

test('[SEC-03] the page has no inline script or style and no address but its own', () => {
  const html = read('renderer', 'index.html');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  expect(html).not.toMatch(/https?:/);
});

/** A library's way to `globalThis` on machines that have no `self`: never reached in a page, and refused there anyway. */
const unreachable = /^Function\([`'"]return this[`'"]\)$/;

test('[SEC-03] the scripts of the page evaluate no text and know no Node', () => {
  for (const file of filesIn('renderer').filter((name) => name.endsWith('.js'))) {
    const source = read('renderer', file);
    const evaluations = nodes(source)
      .filter(({ type }) => type === 'CallExpression' || type === 'NewExpression')
      .filter(({ callee }) => ['eval', 'Function', 'require'].includes(String(nameOf(callee))))
      .map(({ start, end }) => source.slice(Number(start), Number(end)))
      .filter((text) => !unreachable.test(text));
    expect(evaluations, file).toEqual([]);
  }
});

test('sources and maps stay at home', () => {
  const all = ['main', 'preload', 'renderer'].flatMap(filesIn);
  expect(all.filter((file) => /\.(ts|tsx|map)$/.test(file))).toEqual([]);
});
