/** Adapters of default.value: src/core/defaults.ts. */
import type { Adapters } from '../adapter.ts';

export const defaultsAdapters: Adapters = {};
