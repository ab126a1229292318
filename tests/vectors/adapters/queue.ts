/** Adapters of backlog.*, sqs.*: src/core/queue. */
import type { Adapters } from '../adapter.ts';

export const queueAdapters: Adapters = {};
