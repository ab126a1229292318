/** Adapters of composite.*: src/core/composite. */
import type { Adapters } from '../adapter.ts';

export const compositeAdapters: Adapters = {};
