/**
 * What a person types to describe a connection, and what is wrong with it, field by field. Pure.
 *
 * The bounds are the contract's (core/contract/shapes.ts, connectionInput); the engine checks again.
 */
import type { ConnectionInput } from '../../core/contract/shapes.ts';

export interface ConnectForm {
  readonly name: string;
  readonly kind: 'aws' | 'emulator';
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: 'default' | 'profile' | 'static';
  readonly profile: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly pollIntervalSeconds: string;
}

export type ConnectField = keyof ConnectForm;
export type ConnectProblem = 'required' | 'region' | 'endpoint' | 'endpointRequired' | 'interval' | 'tooLong';
export type ConnectFaults = { readonly [Field in ConnectField]?: ConnectProblem };

export const emptyConnectForm: ConnectForm = {
  name: '',
  kind: 'aws',
  region: 'us-east-1',
  endpoint: '',
  credentials: 'default',
  profile: '',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  pollIntervalSeconds: '60',
};

/** @returns the input for the engine, or what is wrong */
export function readConnectForm(form: ConnectForm): { input: ConnectionInput } | { faults: ConnectFaults } {
  const faults: { -readonly [Field in ConnectField]?: ConnectProblem } = {};
  const need = (field: ConnectField, limit: number): string => {
    const text = form[field].trim();
    if (text === '') faults[field] = 'required';
    else if (text.length > limit) faults[field] = 'tooLong';
    return text;
  };

  const name = need('name', 200);
  const region = need('region', 40);
  if (faults.region === undefined && !/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region)) faults.region = 'region';
  const endpoint = form.endpoint.trim();
  if (endpoint === '' && form.kind === 'emulator') faults.endpoint = 'endpointRequired';
  else if (endpoint !== '' && !isHttpUrl(endpoint)) faults.endpoint = 'endpoint';
  const pollIntervalSeconds = Number(form.pollIntervalSeconds);
  if (!Number.isInteger(pollIntervalSeconds) || pollIntervalSeconds < 10 || pollIntervalSeconds > 3600) {
    faults.pollIntervalSeconds = 'interval';
  }

  const credentials = ((): ConnectionInput['credentials'] => {
    if (form.credentials === 'default') return { kind: 'default' };
    if (form.credentials === 'profile') return { kind: 'profile', profile: need('profile', 200) };
    const accessKeyId = need('accessKeyId', 128);
    const secretAccessKey = need('secretAccessKey', 256);
    const sessionToken = form.sessionToken.trim();
    if (sessionToken.length > 4096) faults.sessionToken = 'tooLong';
    return { kind: 'static', accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) };
  })();

  if (Object.keys(faults).length > 0) return { faults };
  return {
    input: {
      name,
      kind: form.kind,
      region,
      endpoint: endpoint === '' ? null : endpoint,
      credentials,
      pollIntervalSeconds,
    },
  };
}

function isHttpUrl(text: string): boolean {
  if (text.length > 500) return false;
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}
