/** Whatever a file holds, the import ends with a trace, questions, or a refusal in words; chunks never matter. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SpillwayError } from '../../../../src/core/errors.ts';
import { messageText } from '../../../../src/core/messages/index.ts';
import { createTraceReader } from '../../../../src/replay/input/index.ts';

const outcome = (chunks: readonly string[]): unknown => {
  try {
    const reader = createTraceReader({ file: 'any', zone: 'Europe/Berlin' });
    for (const chunk of chunks) reader.push(chunk);
    const { report, questions, trace } = reader.finish();
    return { report, questions, values: trace && [...trace.values] };
  } catch (error) {
    // Anything else is a bug, and fails the test.
    if (!(error instanceof SpillwayError)) throw error;
    const words = [messageText('en', error), messageText('ko', error)];
    // A place left open would be ours, unless the file itself says so and is quoted.
    const left = words.flatMap((sentence) => sentence.match(/@phrases|\{\w+\}/g) ?? []);
    expect(left.filter((place) => !chunks.join('').includes(place))).toEqual([]);
    return words;
  }
};

const cell = fc.oneof(
  fc.constantFrom(
    '2026-03-29 02:30:00',
    '2026-10-25 02:30:00',
    '2026-03-02T00:00:00Z',
    '1772409600',
    '0',
    '42',
    '-1',
    '',
    'NaN',
    '1e9',
    '"a""b"',
    '"',
    '=1',
    '__proto__',
    'timestamp',
    'value',
    'Label',
    'Period',
    '300',
  ),
  fc.string({ maxLength: 6 }),
);
const csv = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 12 })
  .map((rows) => rows.map((cells) => cells.join(',')).join('\n'));
const series = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: -2, max: 50 })), { minLength: 1, maxLength: 40 })
  .map((rows) =>
    [
      'timestamp,value',
      ...rows.map(([minute, value]) => `${new Date(1_772_409_600_000 + minute * 60_000).toISOString()},${value}`),
    ].join('\n'),
  );
const json = fc
  .tuple(
    fc.json({ maxDepth: 4 }),
    fc.constantFrom('', '{"MetricDataResults":[{"Timestamps":[', '{"Datapoints":['),
    fc.constantFrom('', ']}', ']}]}'),
  )
  .map(([inner, before, after]) => `${before}${inner}${after}`);

it.each([
  ['cells of any kind', csv],
  ['rows of a series in any order', series],
  ['JSON of any shape', json],
] as const)('%s, in chunks of any size', (_what, texts) => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, size) => {
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
        text.slice(index * size, (index + 1) * size),
      );
      expect(outcome(chunks)).toEqual(outcome([text]));
    }),
    { numRuns: 400 },
  );
});
