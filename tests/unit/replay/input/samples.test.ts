/** The traces that travel with the program, and those of a folder of traces where one is named (SPILLWAY_TRACES). */
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importTrace } from '../../../../src/replay/input/index.ts';

const samples = path.join(import.meta.dirname, '..', '..', '..', '..', 'resources', 'samples');
const importFile = (folder: string, file: string) =>
  importTrace(createReadStream(path.join(folder, file), { encoding: 'utf8' }), { file, zone: 'UTC' });
const sum = (values: Float64Array) => values.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);

describe('samples', () => {
  it.each([
    {
      file: 'nasa-http-jul95-per-minute.csv',
      kind: 'series',
      period: 60,
      rows: 39_693,
      buckets: 39_693,
      total: 1_891_714,
      notes: ['partialLast'],
    },
    {
      file: 'nab-elb_request_count_8c0756.csv',
      kind: 'series',
      period: 300,
      rows: 4032,
      buckets: 4040,
      total: 249_327,
      notes: ['zoneGiven', 'holes'],
    },
    {
      file: 'nab-Twitter_volume_AMZN.csv',
      kind: 'series',
      period: 300,
      rows: 15_831,
      buckets: 15_831,
      total: 843_768,
      notes: ['zoneGiven', 'offMinute', 'zeroRun'],
    },
    {
      file: 'azure-llm-2023-code.csv',
      kind: 'requests',
      period: 60,
      rows: 8819,
      buckets: 58,
      total: 8819,
      notes: ['crlf', 'noFinalNewline', 'zoneGiven', 'partialFirst', 'partialLast'],
    },
  ])('$file', async ({ file, kind, period, rows, buckets, total, notes }) => {
    const { report, trace, questions } = await importFile(samples, file);
    expect(questions).toEqual([]);
    expect(report).toMatchObject({ kind, periodSeconds: period, rows });
    expect(trace!.values).toHaveLength(buckets);
    expect(sum(trace!.values)).toBe(total);
    expect(report.notes.map(({ note }) => note)).toEqual(notes);
  });

  it('every sample is named with its licence', async () => {
    const { readFile } = await import('node:fs/promises');
    const readme = await readFile(path.join(samples, 'README.md'), 'utf8');
    for (const file of readdirSync(samples).filter((name) => name.endsWith('.csv'))) expect(readme).toContain(file);
  });
});

const folder = process.env.SPILLWAY_TRACES;
if (folder !== undefined && existsSync(folder)) {
  it.each(readdirSync(folder).filter((file) => file.endsWith('.csv')))(
    '%s imports without a change by hand',
    async (file) => {
      const { trace, questions } = await importFile(folder, file);
      expect(questions).toEqual([]);
      expect(sum(trace!.values)).toBeGreaterThan(0);
    },
  );
}
