/** Adapters of metricmath.*: src/core/metricMath. */
import type { Adapters } from '../adapter.ts';

export const metricMathAdapters: Adapters = {};
