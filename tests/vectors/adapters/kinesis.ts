/** Adapters of kinesis.*: src/core/kinesis. */
import type { Adapters } from '../adapter.ts';

export const kinesisAdapters: Adapters = {};
