/** Adapters of hook.*, warmpool.*, scalein.*, suspend.*, health.*, maintenance.*, az.*, groupmetrics.*: src/core/scaling. */
import type { Adapters } from '../adapter.ts';

export const lifecycleAdapters: Adapters = {};
