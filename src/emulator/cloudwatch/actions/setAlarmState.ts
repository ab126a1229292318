/**
 * SetAlarmState: for drills. Runs the actions of the new state once; the next evaluation decides anew (ALARM-23).
 */
import type { AlarmState } from '../../../core/alarms/types.ts';
import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { invalidFormat, resourceNotFound, validationError } from '../errors.ts';
import { setAlarmState as setState } from '../evaluator.ts';
import type { CloudWatchState } from '../state.ts';

interface Input {
  readonly AlarmName: string;
  readonly StateValue: string;
  readonly StateReason: string;
  readonly StateReasonData?: string;
}

const states: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

export const setAlarmState = defineAction<CloudWatchState, Input, Record<string, never>>({
  name: 'SetAlarmState',
  input: structure({
    AlarmName: required(text),
    StateValue: required(text),
    StateReason: required(text),
    StateReasonData: text,
  }),
  output: null,
  run(state, input) {
    const to = states.find((known) => known === input.StateValue);
    if (to === undefined) {
      throw validationError(
        `The value ${input.StateValue} for parameter StateValue is invalid. Use one of ${states.join(', ')}.`,
      );
    }
    const alarm = state.alarms.get(input.AlarmName);
    if (alarm === undefined) throw resourceNotFound(`There is no alarm named ${input.AlarmName}.`);
    if (input.StateReasonData !== undefined) checkJson(input.StateReasonData);
    setState(state, alarm, to, input.StateReason, input.StateReasonData);
    return {};
  },
});

function checkJson(data: string): void {
  try {
    JSON.parse(data);
  } catch {
    throw invalidFormat('StateReasonData was not syntactically valid JSON.');
  }
}
