import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Rgb = readonly [number, number, number];

const css = readFileSync(new URL('../../../src/renderer/theme/tokens.css', import.meta.url), 'utf8');
const themes = ['dark', 'light', 'contrast'] as const;

function tokensOf(theme: (typeof themes)[number]): Map<string, string> {
  const block = new RegExp(`:root\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)![1]!;
  return new Map([...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

const linear = (hex: string): Rgb =>
  [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(linear(a)), luminance(linear(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

// Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
const seenBy: Readonly<Record<string, readonly Rgb[]>> = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function okLab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(Math.max(0, 0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b));
  const m = Math.cbrt(Math.max(0, 0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b));
  const s = Math.cbrt(Math.max(0, 0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b));
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: string, b: string, matrix: readonly Rgb[]): number {
  const [x, y] = [a, b].map((hex) => {
    const rgb = linear(hex);
    const clamp = (value: number) => Math.min(1, Math.max(0, value));
    return okLab(matrix.map((row) => clamp(row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])) as unknown as Rgb);
  }) as [Rgb, Rgb];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

const grounds = ['--ground', '--surface', '--raised', '--field'];
const texts = ['--text', '--text-soft', '--text-faint', '--accent'];
const states = ['--bad', '--warn', '--good', '--info'];
const lines = [1, 2, 3, 4, 5, 6, 7, 8].map((slot) => `--line-${slot}`);

describe.each(themes)('UX-25 the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const ratio = (a: string, b: string) => contrast(tokens.get(a)!, tokens.get(b)!);

  it('has text of at least 4.5:1 on every ground', () => {
    const pairs = [...texts, ...states].flatMap((text) => grounds.map((ground) => ({ text, ground })));
    pairs.push(
      { text: '--text', ground: '--hover' },
      { text: '--text', ground: '--selected' },
      { text: '--text-faint', ground: '--selected' },
      { text: '--text', ground: '--bad-fill' },
      { text: '--bad', ground: '--bad-fill' },
      { text: '--text', ground: '--warn-fill' },
      { text: '--text', ground: '--good-fill' },
      { text: '--demo', ground: '--demo-fill' },
      { text: '--text-soft', ground: '--demo-fill' },
      { text: '--on-accent', ground: '--accent-fill' },
    );
    expect(pairs.filter(({ text, ground }) => !(ratio(text, ground) >= 4.5))).toEqual([]);
  });

  it('has lines, field edges and the crosshair of at least 3:1 on the surface', () => {
    expect([...lines, '--edge', '--crosshair'].filter((line) => !(ratio(line, '--surface') >= 3))).toEqual([]);
  });

  it.each(Object.keys(seenBy))('has eight line colours that %s can tell apart', (who) => {
    const near = lines.flatMap((a, i) =>
      lines
        .slice(i + 1)
        .filter((b) => !(distance(tokens.get(a)!, tokens.get(b)!, seenBy[who]!) >= 0.1))
        .map((b) => `${a} ${b}`),
    );
    expect(near).toEqual([]);
  });

  it('has the same tokens as the dark one', () => {
    expect([...tokens.keys()]).toEqual([...tokensOf('dark').keys()]);
  });
});
