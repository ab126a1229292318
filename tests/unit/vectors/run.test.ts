/** The library behind `npm run vectors`: nothing unknown passes, and each way of comparing holds exactly where it should. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { adapter, anyOf, type Vector } from '../../vectors/adapter.ts';
import { compareOutcome, loadVectors, mergeAdapters, runVector } from '../../vectors/run.ts';

const double = adapter(z.strictObject({ value: z.number() }), ({ value }) => ({ double: 2 * value }));
const vector = (over: Partial<Vector>): Vector => ({
  id: 'v',
  kind: 'math.double',
  title: '',
  rules: ['X-01'],
  input: { value: 2 },
  expected: { double: 4 },
  ...over,
});

describe('one vector', () => {
  it.each([
    { over: {}, faults: [] },
    { over: { kind: 'math.triple' }, faults: ['unknown kind "math.triple"'] },
    { over: { kind: 'toString' }, faults: ['unknown kind "toString"'] },
    { over: { input: { value: 2, times: 3 } }, faults: [expect.stringContaining('times')] },
    { over: { input: { value: '2' } }, faults: [expect.stringContaining('input.value')] },
    { over: { expected: { double: 5 } }, faults: ['double: expected 5, got 4'] },
    { over: { expected: { half: 1 } }, faults: ['nothing answers expected.half'] },
    { over: { expected: {} }, faults: ['nothing is expected'] },
    { over: { expected: { tolerance: 1 } }, faults: ['nothing is expected'] },
  ])('$over: $faults', ({ over, faults }) => {
    expect(runVector(vector(over), { 'math.double': double })).toEqual(faults);
  });

  test('an adapter that throws fails its vector', () => {
    const throws = () => {
      throw new Error('no such rule');
    };
    expect(runVector(vector({}), { 'math.double': throws })).toEqual(['no such rule']);
  });

  test('two areas cannot claim one kind', () => {
    expect(() => mergeAdapters([{ 'math.double': double }, { 'math.double': double }])).toThrow('math.double');
  });
});

describe('comparison', () => {
  it.each([
    { expected: { x: 1 }, outcome: { x: 1 + 1e-12 }, holds: true },
    { expected: { x: 1 }, outcome: { x: 1 + 1e-6 }, holds: false },
    { expected: { x: 1, tolerance: 0.25 }, outcome: { x: 1.25 }, holds: true },
    { expected: { x: 1, tolerance: 0.25 }, outcome: { x: 1.26 }, holds: false },
    { expected: { x: 'a' }, outcome: { x: anyOf(['b', 'a']) }, holds: true },
    { expected: { x: 'a' }, outcome: { x: anyOf([]) }, holds: false },
    { expected: { xNot: 'a' }, outcome: { x: 'b' }, holds: true },
    { expected: { xNot: 'a' }, outcome: { x: 'a' }, holds: false },
    { expected: { xContains: 'gap' }, outcome: { x: anyOf(['overlap', 'a gap']) }, holds: true },
    { expected: { xContains: 'gap' }, outcome: { x: 'overlap' }, holds: false },
    { expected: { xAbout: 100 }, outcome: { x: 105 }, holds: true },
    { expected: { xAbout: 100 }, outcome: { x: 94.9 }, holds: false },
    { expected: { xMax: 1 }, outcome: { x: 1 }, holds: true },
    { expected: { xMax: 1 }, outcome: { x: 1.1 }, holds: false },
    { expected: { xMax: 15 }, outcome: { xMax: 15 }, holds: true },
    { expected: { xMax: 15 }, outcome: { xMax: 14 }, holds: false },
    { expected: { x: [1, null] }, outcome: { x: [1, null] }, holds: true },
    { expected: { x: [1, null] }, outcome: { x: [1, 0] }, holds: false },
    { expected: { x: [1] }, outcome: { x: [1, 2] }, holds: false },
    { expected: { x: { a: 1 } }, outcome: { x: { a: 1, b: 2 } }, holds: true },
    { expected: { x: { a: 1, b: 2 } }, outcome: { x: { a: 1 } }, holds: false },
    { expected: { x: null }, outcome: { x: null }, holds: true },
    { expected: { x: null }, outcome: { x: Number.NaN }, holds: false },
    { expected: { x: true }, outcome: { x: 1 }, holds: false },
  ])('$expected against $outcome: $holds', ({ expected, outcome, holds }) => {
    expect(compareOutcome(expected, outcome).length === 0).toBe(holds);
  });
});

describe('npm run vectors', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vectors-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const script = path.join(import.meta.dirname, '../../../scripts/vectors.ts');
  const run = (...args: string[]): { status: number; lines: string[] } => {
    try {
      const output = execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', stdio: 'pipe' });
      return { status: 0, lines: output.trim().split('\n') };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { status, lines: stdout.trim().split('\n') };
    }
  };
  const write = (name: string, content: unknown) => {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const good = {
    id: 'breach',
    kind: 'alarm.breach',
    title: '',
    rules: ['ALARM-03'],
    input: { comparisonOperator: 'GreaterThanThreshold', threshold: 1, value: 2 },
    expected: { breaching: true },
  };

  test('prints the total and succeeds', () => {
    const file = write('good.json', { kinds: { 'alarm.breach': '' }, vectors: [good] });
    expect(run(file, file)).toEqual({ status: 0, lines: ['2 passed, 0 failed'] });
  });

  test('prints a line per failing vector and per kind nobody knows, and fails', () => {
    const bad = { ...good, id: 'wrong', expected: { breaching: false } };
    const file = write('bad.json', { kinds: { 'alarm.breach': '', 'tea.brew': '' }, vectors: [good, bad] });
    const { status, lines } = run(file);
    expect(status).toBe(1);
    expect(lines).toEqual([
      'FAIL wrong [alarm.breach; ALARM-03] breaching: expected false, got true',
      expect.stringContaining('[tea.brew]'),
      '1 passed, 2 failed',
    ]);
  });

  test('a file that is none ends with 2, as does no file', () => {
    expect(run(write('none.json', [])).status).toBe(2);
    expect(run().status).toBe(2);
    expect(() => loadVectors(write('empty.json', {}))).toThrow('no vector file');
  });
});
