/**
 * DeleteAlarms: all of the named alarms, or none when one of them does not exist. Their history stays.
 */
import { defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import { resourceNotFound, validationError } from '../errors.ts';
import { deleteAlarm } from '../evaluator.ts';
import type { CloudWatchState } from '../state.ts';

export const deleteAlarms = defineAction<
  CloudWatchState,
  { readonly AlarmNames: readonly string[] },
  Record<string, never>
>({
  name: 'DeleteAlarms',
  input: structure({ AlarmNames: required(list(text)) }),
  output: null,
  run(state, { AlarmNames }) {
    if (AlarmNames.length > 100)
      throw validationError('The collection AlarmNames must not have a size greater than 100.');
    const unknown = AlarmNames.filter((name) => !state.alarms.has(name));
    if (unknown.length > 0) throw resourceNotFound(`There is no alarm named ${unknown.join(', ')}.`);
    for (const name of new Set(AlarmNames)) deleteAlarm(state, state.alarms.get(name)!);
    return {};
  },
});
