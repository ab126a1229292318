/** Adapters of cooldown.*, aas.*: src/core/scaling. */
import type { Adapters } from '../adapter.ts';

export const cooldownAdapters: Adapters = {};
