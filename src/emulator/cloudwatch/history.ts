/**
 * What happened to alarms: configuration changes, state changes, actions. Kept 30 days, also after an alarm is deleted.
 */
import type { Clock } from '../../core/time/clock.ts';

export type HistoryItemType = 'ConfigurationUpdate' | 'StateUpdate' | 'Action';

export interface HistoryItem {
  /** Rises by one with every item: what page tokens count by. */
  readonly sequence: number;
  readonly alarmName: string;
  readonly atMs: number;
  readonly type: HistoryItemType;
  readonly summary: string;
  /** JSON text. */
  readonly data: string;
}

const retentionMs = 30 * 24 * 3_600_000;

export interface AlarmHistory {
  add(alarmName: string, type: HistoryItemType, summary: string, data: object): void;
  /** Oldest first. */
  items(): readonly HistoryItem[];
}

export function createAlarmHistory(clock: Clock): AlarmHistory {
  let items: HistoryItem[] = [];
  let sequence = 0;

  function forget(): void {
    const oldestKeptMs = clock.nowMs() - retentionMs;
    if (items.length === 0 || items[0]!.atMs >= oldestKeptMs) return;
    items = items.filter((item) => item.atMs >= oldestKeptMs);
  }

  return {
    add(alarmName, type, summary, data) {
      forget();
      sequence++;
      items.push({ sequence, alarmName, atMs: clock.nowMs(), type, summary, data: JSON.stringify(data) });
    },
    items() {
      forget();
      return items;
    },
  };
}
