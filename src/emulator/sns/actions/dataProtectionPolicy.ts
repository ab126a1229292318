import { type Action, defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { setDataProtectionPolicy } from '../dataProtection.ts';
import type { SnsState } from '../state.ts';
import { noOutput } from '../wireShapes.ts';

/** An empty text takes the policy away. */
const putDataProtectionPolicy = defineAction<
  SnsState,
  { ResourceArn: string; DataProtectionPolicy: string },
  Record<string, never>
>({
  name: 'PutDataProtectionPolicy',
  input: structure({ ResourceArn: required(text), DataProtectionPolicy: required(text) }),
  output: noOutput,
  run(state, { ResourceArn, DataProtectionPolicy }) {
    setDataProtectionPolicy(state.topicFor(ResourceArn, 'PutDataProtectionPolicy'), DataProtectionPolicy);
    return {};
  },
});

/** As it was put, and an empty text where there is none. */
const getDataProtectionPolicy = defineAction<SnsState, { ResourceArn: string }, { DataProtectionPolicy: string }>({
  name: 'GetDataProtectionPolicy',
  input: structure({ ResourceArn: required(text) }),
  output: structure({ DataProtectionPolicy: text }),
  run(state, { ResourceArn }) {
    const { dataProtectionPolicy } = state.topicFor(ResourceArn, 'GetDataProtectionPolicy');
    return { DataProtectionPolicy: dataProtectionPolicy ?? '' };
  },
});

export const dataProtectionPolicies: readonly Action<SnsState>[] = [putDataProtectionPolicy, getDataProtectionPolicy];
