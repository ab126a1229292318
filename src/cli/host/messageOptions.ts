/**
 * `--messages FIELD=VALUE,FIELD=VALUE`: how messages behave when every one of them is followed.
 *
 * The fields are the contract's; the service time is a kind with its one number: `lognormal:2`.
 */
import { type MessageSettingsInput, messageSettings, serviceShape } from '../../core/contract/messageShapes.ts';
import { textOption, type Values } from '../arguments.ts';
import { type Expected, invalidPart, oneOf } from '../usage.ts';
import { expectationOf, type Issue } from './expectation.ts';

const form: Pick<Expected, 'example'> = { example: 'visibilityTimeoutSeconds=20,batchSize=10' };

/** The number of each kind of service time. */
const parameterOf: Readonly<Record<string, string | null>> = {
  constant: null,
  exponential: null,
  uniform: null,
  erlang: 'stages',
  hyperExponential: 'cv',
  lognormal: 'cv',
  pareto: 'shape',
};

/** @throws UsageError naming the field that is wrong and what was expected */
export function messagesOption(values: Values): MessageSettingsInput | undefined {
  const text = textOption(values, 'messages');
  if (text === undefined) return undefined;
  const given: Record<string, unknown> = {};
  const fields = Object.keys(messageSettings.shape);
  for (const pair of text.split(',').filter((one) => one.trim() !== '')) {
    const [name = '', value = ''] = pair.split('=').map((one) => one.trim());
    if (!fields.includes(name)) throw invalidPart('messages', name, { ...form, expected: oneOf(fields) });
    given[name] = name === 'service' ? service(value) : plain(value);
  }
  const parsed = messageSettings.safeParse(given);
  if (parsed.success) return given as MessageSettingsInput;
  const [issue] = parsed.error.issues;
  const field = String(issue!.path[0]);
  throw invalidPart('messages', `${field}=${given[field]}`, {
    ...form,
    expected: `${field} ${expectationOf(issue as Issue)}`,
  });
}

function service(text: string): unknown {
  const [kind = '', number] = text.split(':');
  const kinds = Object.entries(parameterOf).map(([one, parameter]) =>
    parameter === null ? one : `${one}:${parameter.toUpperCase()}`,
  );
  const parameter = Object.hasOwn(parameterOf, kind) ? parameterOf[kind] : undefined;
  const shape = parameter === null ? { kind } : { kind, [parameter ?? '']: Number(number) };
  if (parameter === undefined || !serviceShape.safeParse(shape).success)
    throw invalidPart('messages', `service=${text}`, { expected: oneOf(kinds), example: 'service=lognormal:2' });
  return shape;
}

function plain(text: string): unknown {
  if (text === 'none') return null;
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? text : number;
}
