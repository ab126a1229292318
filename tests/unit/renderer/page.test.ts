import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../src/renderer/', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(tsx?|html|css)$/.test(file))
  .map((file) => ({ file, text: readFileSync(new URL(file, root), 'utf8') }));

const having = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

describe('SEC-03 the page asks for nothing the content security policy forbids', () => {
  it('has no style element, no style attribute in HTML, no raw HTML, no inline script, no evaluated code', () => {
    expect(having(/<style[\s>]|dangerouslySetInnerHTML|innerHTML|\beval\(|new Function\(/)).toEqual([]);
    const html = files.find(({ file }) => file === 'index.html')!.text;
    expect(html).not.toMatch(/\sstyle=/);
    expect([...html.matchAll(/<script\b[^>]*>/g)].every(([tag]) => tag.includes('src='))).toBe(true);
  });

  it('loads nothing from another origin', () => {
    expect(having(/(?:src|href)="(?:https?:)?\/\/|url\(["']?https?:|@import\s+["']https?:/)).toEqual([]);
  });

  it('keeps Mantine from injecting variables, classes or a scroll lock', () => {
    expect(having(/<MantineProvider/)).toEqual(['app/App.tsx']);
    const app = files.find(({ file }) => file === 'app/App.tsx')!.text;
    expect(app).toMatch(/withCssVariables=\{false\}/);
    expect(app).toMatch(/withGlobalClasses=\{false\}/);
    for (const { file, text } of files) {
      const dialogs = text.match(/<(Modal|Spotlight)\b/g)?.length ?? 0;
      expect([file, text.match(/lockScroll=\{false\}/g)?.length ?? 0]).toEqual([file, dialogs]);
    }
  });
});

it('EL-85 only the plot knows recharts', () => {
  expect(having(/from 'recharts'/)).toEqual(['charts/Plot.tsx']);
});

it('EL-31 the first chunk reaches neither recharts nor a screen but the overview', () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const { text } = files.find((one) => one.file === file)!;
    for (const [, path] of text.matchAll(/^import (?!type)[^;]*?from '(\.[^']+\.tsx?)'|^import '(\.[^']+\.tsx?)'/gm)) {
      const target = new URL(path!, new URL(file, root)).href.replace(root.href, '');
      if (!target.startsWith('file:')) visit(target);
    }
  };
  visit('main.tsx');
  expect([...seen].filter((file) => /charts\/(Plot|TimeChart)|features\/(?!overview)/.test(file))).toEqual([]);
  expect(seen.has('features/overview/Overview.tsx')).toBe(true);
});
