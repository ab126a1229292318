/**
 * EnableAlarmActions and DisableAlarmActions: alarms go on changing state, but nothing is run. Unknown names are passed over.
 */
import { type Action, defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import { putAlarm } from '../evaluator.ts';
import type { CloudWatchState } from '../state.ts';

function switchActions(name: string, actionsEnabled: boolean): Action<CloudWatchState> {
  return defineAction<CloudWatchState, { readonly AlarmNames: readonly string[] }, Record<string, never>>({
    name,
    input: structure({ AlarmNames: required(list(text)) }),
    output: null,
    run(state, { AlarmNames }) {
      for (const alarmName of AlarmNames) {
        const alarm = state.alarms.get(alarmName);
        if (alarm === undefined || alarm.config.actionsEnabled === actionsEnabled) continue;
        putAlarm(state, { ...alarm.config, actionsEnabled });
      }
      return {};
    },
  });
}

export const enableAlarmActions = switchActions('EnableAlarmActions', true);
export const disableAlarmActions = switchActions('DisableAlarmActions', false);
