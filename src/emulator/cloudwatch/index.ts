/**
 * CloudWatch as a service of the emulator: three protocols, one action per file.
 */

import type { Action, Service } from '../service.ts';
import { validationError } from '../wire/inputError.ts';
import { disableAlarmActions, enableAlarmActions } from './actions/alarmActionsSwitch.ts';
import { deleteAlarms } from './actions/deleteAlarms.ts';
import { describeAlarmHistory } from './actions/describeAlarmHistory.ts';
import { describeAlarms } from './actions/describeAlarms.ts';
import { describeAlarmsForMetric } from './actions/describeAlarmsForMetric.ts';
import { getMetricData } from './actions/getMetricData.ts';
import { getMetricStatistics } from './actions/getMetricStatistics.ts';
import { listMetrics } from './actions/listMetrics.ts';
import { putMetricAlarm } from './actions/putMetricAlarm.ts';
import { putMetricData } from './actions/putMetricData.ts';
import { setAlarmState } from './actions/setAlarmState.ts';
import { type CloudWatchState, createCloudWatchState } from './state.ts';

export type { CloudWatchState } from './state.ts';

const actions: readonly Action<CloudWatchState>[] = [
  putMetricData,
  getMetricData,
  getMetricStatistics,
  listMetrics,
  putMetricAlarm,
  describeAlarms,
  describeAlarmsForMetric,
  describeAlarmHistory,
  setAlarmState,
  deleteAlarms,
  enableAlarmActions,
  disableAlarmActions,
];

/** Built first in a Region: `state.sink` is where the other services leave their metrics. */
export function createCloudWatchService(
  context: Parameters<typeof createCloudWatchState>[0],
): Service<CloudWatchState> {
  return {
    scopeName: 'monitoring',
    query: {
      version: '2010-08-01',
      xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
      xmlForm: 'indented',
    },
    json: { targetPrefix: 'GraniteServiceVersion20100801', version: '1.0' },
    cbor: { serviceName: 'GraniteServiceVersion20100801' },
    errorNamespace: 'com.amazonaws.cloudwatch',
    actions: new Map(actions.map((action) => [action.name, action])),
    refuseInput: (problem) => validationError(problem, 'ValidationError'),
    state: createCloudWatchState(context),
  };
}
