/**
 * DescribeAlarmHistory: what happened to one alarm or to all, newest first, at most 100 a page.
 *
 * The token remembers the last item given out, so items that arrive between two pages disturb nothing.
 */
import { numbersToken, pageOfRest } from '../../paging.ts';
import { defineAction } from '../../service.ts';
import { list, structure, text, timestamp, whole } from '../../wire/shapes.ts';
import type { HistoryItem } from '../history.ts';
import { pageSizeOf, readPageToken } from '../paging.ts';
import type { CloudWatchState } from '../state.ts';

interface Input {
  readonly AlarmName?: string;
  readonly AlarmTypes?: readonly string[];
  readonly HistoryItemType?: string;
  readonly StartDate?: number;
  readonly EndDate?: number;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
  readonly ScanBy?: string;
}

export const describeAlarmHistory = defineAction<
  CloudWatchState,
  Input,
  { AlarmHistoryItems: Record<string, unknown>[]; NextToken?: string }
>({
  name: 'DescribeAlarmHistory',
  input: structure({
    AlarmName: text,
    AlarmContributorId: text,
    AlarmTypes: list(text),
    HistoryItemType: text,
    StartDate: timestamp,
    EndDate: timestamp,
    MaxRecords: whole(),
    NextToken: text,
    ScanBy: text,
  }),
  output: structure({
    AlarmHistoryItems: list(
      structure({
        AlarmName: text,
        AlarmType: text,
        Timestamp: timestamp,
        HistoryItemType: text,
        HistorySummary: text,
        HistoryData: text,
      }),
    ),
    NextToken: text,
  }),
  run(state, input) {
    const pageSize = pageSizeOf(input.MaxRecords, 100);
    const newestFirst = input.ScanBy !== 'TimestampAscending';
    const after = readPageToken(input.NextToken, 1)?.[0] ?? null;
    const matching = state.history.items().filter((item) => matches(item, input));
    const ordered = newestFirst ? matching.reverse() : matching;
    const rest = after === null ? ordered : ordered.filter(({ sequence }) => isAfter(sequence, after, newestFirst));
    const { page, ...more } = pageOfRest(rest, pageSize, ({ sequence }) => numbersToken(sequence));
    return { AlarmHistoryItems: page.map(itemToWire), ...more };
  },
});

const isAfter = (sequence: number, last: number, newestFirst: boolean): boolean =>
  newestFirst ? sequence < last : sequence > last;

function matches(item: HistoryItem, input: Input): boolean {
  if (input.AlarmTypes !== undefined && input.AlarmTypes.length > 0 && !input.AlarmTypes.includes('MetricAlarm')) {
    return false;
  }
  if (input.AlarmName !== undefined && input.AlarmName !== item.alarmName) return false;
  if (input.HistoryItemType !== undefined && input.HistoryItemType !== item.type) return false;
  if (input.StartDate !== undefined && item.atMs < input.StartDate) return false;
  return input.EndDate === undefined || item.atMs <= input.EndDate;
}

function itemToWire(item: HistoryItem): Record<string, unknown> {
  return {
    AlarmName: item.alarmName,
    AlarmType: 'MetricAlarm',
    Timestamp: item.atMs,
    HistoryItemType: item.type,
    HistorySummary: item.summary,
    HistoryData: item.data,
  };
}
