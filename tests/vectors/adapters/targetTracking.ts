/** Adapters of targettracking.*, policies.targetTracking: src/core/scaling. */
import type { Adapters } from '../adapter.ts';

export const targetTrackingAdapters: Adapters = {};
