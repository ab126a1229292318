/** Every rule id that core and replay name, in code or in a decision, stands on a rules page. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const find = (pattern: string) => globSync(pattern, { cwd: root });

/** Ids of other documents: screens and safety. */
const elsewhere = /^(?:UX|SEC|EL)-/;
const idPattern = /\b[A-Z]{2,}-\d{2}\b/g;
const pages = find('docs/rules/*.md').map((file) => ({ file, text: read(file) }));
const defined = new Set(pages.flatMap(({ text }) => [...text.matchAll(/\*\*([A-Z]+-\d+)\*\*/g)].map(([, id]) => id!)));

test.each([...find('src/core/*/'), 'src/replay'])('ids named in %s are explained', (folder) => {
  const named = new Set(find(`${folder}/**/*.ts`).flatMap((file) => read(file).match(idPattern) ?? []));
  expect([...named].filter((id) => !defined.has(id) && !elsewhere.test(id)).sort()).toEqual([]);
});

test.each(pages)('$file explains an id once', ({ text }) => {
  const rules = [...text.matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)].map(([, id]) => id!);
  expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([]);
});
