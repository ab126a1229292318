/** Adapters of default.value: src/core/defaults.ts. */
import { z } from 'zod';
import { defaultValue } from '../../../src/core/defaults.ts';
import { type Adapters, adapter } from '../adapter.ts';

export const defaultsAdapters: Adapters = {
  'default.value': adapter(z.strictObject({ parameter: z.string() }), ({ parameter }) => {
    const value = defaultValue(parameter);
    if (value === undefined) throw new Error(`no default is known for "${parameter}"`);
    return { value };
  }),
};
