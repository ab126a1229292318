import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkArrows } from '../../../scripts/arrows.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'arrows-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function given(file: string, source: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), source);
}

it('keeps quiet when every arrow is kept', () => {
  given('src/core/a.ts', "export const a = 1;\nimport { b } from './b.ts';\nexport { b };");
  given('src/replay/r.ts', "import { a } from '../core/a.ts';\nexport const r = a;");
  expect(checkArrows(root)).toEqual([]);
});

it.each([
  { file: 'src/core/x.ts', source: "import '../storage/s.ts';", says: /core may not import storage/ },
  { file: 'src/core/x.ts', source: "import type { R } from '../replay/r.ts';", says: /core may not import replay/ },
  { file: 'src/core/x.ts', source: "import fs from 'node:fs';", says: /package node:fs/ },
  { file: 'src/core/x.ts', source: "import { z } from 'zod';", says: /package zod/ },
  {
    file: 'src/engine/x.ts',
    source: "export { startEmulator } from '../emulator/index.ts';",
    says: /engine may not import emulator/,
  },
  { file: 'src/engine/x.ts', source: "import Database from 'better-sqlite3';", says: /better-sqlite3/ },
  { file: 'src/emulator/x.ts', source: "await import('@aws-sdk/client-sqs');", says: /@aws-sdk\/client-sqs/ },
  {
    file: 'src/renderer/x.tsx',
    source: "import { e } from '../engine/index.ts';\nexport const X = () => <p>{e}</p>;",
    says: /renderer may not import engine/,
  },
  {
    file: 'src/preload/x.ts',
    source: "import { m } from '../core/model/events.ts';",
    says: /preload may not import core\/model/,
  },
  { file: 'src/replay/x.ts', source: 'export const now = Date.now();', says: /Date\.now\(\)/ },
  { file: 'src/emulator/x.ts', source: 'globalThis.setTimeout(() => {}, 1);', says: /setTimeout/ },
  { file: 'src/timeline/x.ts', source: 'export const d = new Date();', says: /new Date\(\)/ },
  { file: 'src/somewhere/x.ts', source: 'export {};', says: /no rule/ },
])('reports $source in $file', ({ file, source, says }) => {
  given(file, source);
  const broken = checkArrows(root);
  expect(broken).toHaveLength(1);
  expect(broken[0]).toMatchObject({ file, problem: expect.stringMatching(says) });
});

it('does not mind the words of a forbidden import inside a string or a comment', () => {
  given(
    'src/core/x.ts',
    "// import fs from 'node:fs'\nexport const s = \"import x from '../storage/s.ts'; Date.now()\";",
  );
  expect(checkArrows(root)).toEqual([]);
});
