import { type Action, defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import type { SnsState } from '../state.ts';
import { attributeMap, emptyOutput } from '../wireShapes.ts';

/** Those asked for, as far as they are set; all of them when nobody says which. */
const getSmsAttributes = defineAction<SnsState, { attributes?: string[] }, { attributes: Record<string, string> }>({
  name: 'GetSMSAttributes',
  input: structure({ attributes: list(text) }),
  output: structure({ attributes: attributeMap }),
  run(state, { attributes: wanted = [] }) {
    const all = [...state.mobile.sms.attributes()];
    return { attributes: Object.fromEntries(all.filter(([name]) => wanted.length === 0 || wanted.includes(name))) };
  },
});

/** All of the given attributes, or none when one is refused. */
const setSmsAttributes = defineAction<SnsState, { attributes: Record<string, string> }, Record<string, never>>({
  name: 'SetSMSAttributes',
  input: structure({ attributes: required(attributeMap) }),
  output: emptyOutput,
  run(state, { attributes }) {
    state.mobile.sms.setAttributes(attributes);
    return {};
  },
});

export const smsAttributes: readonly Action<SnsState>[] = [getSmsAttributes, setSmsAttributes];
