/** Adapters of lambda.*: src/core/lambda. */
import type { Adapters } from '../adapter.ts';

export const lambdaAdapters: Adapters = {};
