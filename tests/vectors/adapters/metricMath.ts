/** Adapters of metricmath.*: src/core/metricMath. */
import { z } from 'zod';
import { computeMath } from '../../../src/core/metricMath/evaluate.ts';
import { type Adapters, adapter, anyOf } from '../adapter.ts';

const series = z.array(z.number().nullable());

export const metricMathAdapters: Adapters = {
  'metricmath.eval': adapter(
    z.strictObject({
      expression: z.string(),
      series: z.record(z.string(), series),
      /** Seconds from one index to the next; RATE and PERIOD need it. */
      period: z.number().optional(),
    }),
    (input) => {
      const period = input.period ?? 60;
      const columns = Object.entries(input.series);
      const length = Math.max(0, ...columns.map(([, values]) => values.length));
      const outcome = computeMath(input.expression, {
        series: new Map(
          columns.map(([id, values]) => [id, Float64Array.from({ length }, (_, index) => values[index] ?? Number.NaN)]),
        ),
        metricPeriodsSeconds: new Map(columns.map(([id]) => [id, period])),
        timesSeconds: Array.from({ length }, (_, index) => index * period),
      });
      if (!outcome.ok) return { valid: false, error: anyOf(outcome.faults.map(({ reason }) => reason)) };
      return { valid: true, values: Array.from(outcome.values, (value) => (Number.isNaN(value) ? null : value)) };
    },
  ),
};
