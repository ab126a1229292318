/** Every rule id that alarms, scaling and replay name, in code or in a decision, stands on a rules page. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const idPattern = /\b(?:ALARM|STEP|ADJ|WARM|CAP|MULTI|MODEL|REP|CAL|FID|SUG)-\d+/g;
const pages = ['alarms', 'scaling', 'replay'].map((page) => read(`docs/rules/${page}.md`));
const defined = new Set(pages.flatMap((page) => [...page.matchAll(/\*\*([A-Z]+-\d+)\*\*/g)].map(([, id]) => id!)));

test.each(['src/core/alarms', 'src/core/scaling', 'src/core/capacity', 'src/replay'])(
  'ids named in %s are explained',
  (folder) => {
    const files = readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.ts'));
    const named = new Set(files.flatMap((file) => read(path.join(folder, file)).match(idPattern) ?? []));
    expect([...named].filter((id) => !defined.has(id))).toEqual([]);
  },
);

test('an id is explained once, except for choices that concern two pages', () => {
  for (const page of pages) {
    const rules = [...page.matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)].map(([, id]) => id);
    expect(new Set(rules).size).toBe(rules.length);
  }
});
