/** Adapters of queueing.*: src/core/queueing, src/core/distributions, src/replay/plants, src/replay/yardsticks. */
import { type Adapters, adapter } from '../../adapter.ts';
import { metric } from './elasticity.ts';
import { flow } from './flows.ts';
import { familyInput } from './params.ts';
import { sequence } from './sequences.ts';
import { sizing } from './sizing.ts';
import { stationary } from './stationary.ts';
import { transient } from './transient.ts';

export const queueingAdapters: Adapters = {
  'queueing.stationary': adapter(familyInput, ({ family, params }, expected) => stationary(family, params, expected)),
  'queueing.transient': adapter(familyInput, ({ family, params }) => transient(family, params)),
  'queueing.fluid': adapter(familyInput, ({ params }) => flow(params)),
  'queueing.exact-sequence': adapter(familyInput, ({ params }, expected) => sequence(params, expected)),
  'queueing.sizing': adapter(familyInput, ({ params }) => sizing(params)),
  'queueing.metric': adapter(familyInput, ({ params }, expected) => metric(params, expected)),
};
