/** The form of another number of shards, as text, and what it asks for. Pure. */
import type { StreamCandidate } from '../../../core/contract/streamShapes.ts';

export interface WhatIfText {
  /** Numbers with commas. */
  readonly shards: string;
  readonly hotKey: string;
  /** Percent of the records. */
  readonly share: string;
  /** Records a second that the consumer processes of one shard; empty: all it is given. */
  readonly reads: string;
  readonly onDemand: boolean;
  readonly enhanced: boolean;
}

/** The field that is wrong; its words say what was expected. */
export type WhatIfFault = 'shards' | 'hotKey' | 'share' | 'reads';

const MOST_CANDIDATES = 7;

export function readWhatIf(text: WhatIfText, korean: boolean) {
  const faults: WhatIfFault[] = [];
  const counts = text.shards
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(Number);
  const wrong = counts.some((count) => !(Number.isInteger(count) && count >= 1 && count <= 10_000));
  if (wrong || counts.length > MOST_CANDIDATES || (counts.length === 0 && !text.onDemand)) faults.push('shards');
  const key = text.hotKey.trim();
  const share = Number(text.share) / 100;
  if (key.length > 256) faults.push('hotKey');
  const shareGiven = text.share.trim() !== '';
  if ((key !== '' || shareGiven) && (key === '' || !shareGiven || !(share > 0 && share <= 1))) faults.push('share');
  const reads = text.reads.trim() === '' ? null : Number(text.reads);
  if (reads !== null && !(reads > 0 && reads <= 1e9)) faults.push('reads');
  const candidates: StreamCandidate[] = [...new Set(counts)].map((shards) => ({
    label: korean ? `샤드 ${shards}개` : `${shards} shards`,
    capacity: { kind: 'provisioned', shards, changes: [], rule: null },
  }));
  if (text.onDemand) {
    candidates.push({ label: korean ? '온디맨드' : 'on demand', capacity: { kind: 'on-demand', peakMBps: 0 } });
  }
  return {
    faults,
    candidates,
    hotKeys: key === '' ? [] : [{ key, share }],
    consumers: [{ name: 'consumer', enhanced: text.enhanced, recordsPerSecondPerShard: reads }],
  };
}
