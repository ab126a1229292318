/** Adapters of schedule.*, predictive.*: src/core/schedule and src/core/scaling. */
import type { Adapters } from '../adapter.ts';

export const scheduleAdapters: Adapters = {};
