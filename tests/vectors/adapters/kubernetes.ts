/** Adapters of keda.*, hpa.*: src/core/kubernetes. */
import type { Adapters } from '../adapter.ts';

export const kubernetesAdapters: Adapters = {};
