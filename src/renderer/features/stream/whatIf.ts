/** The form of another number of shards, as text, and what it asks for. Pure. */
import type { StreamCandidate } from '../../../core/contract/streamShapes.ts';

export interface WhatIfText {
  /** Numbers with commas. */
  readonly shards: string;
  /** Empty: as far as the recording's shard metrics tell. */
  readonly hotKey: string;
  /** Percent of the records. */
  readonly share: string;
  /** Records a second that the consumer processes of one shard; empty: all it is given. */
  readonly reads: string;
  readonly onDemand: boolean;
  readonly enhanced: boolean;
  /** Producers offer refused records again. */
  readonly retry: boolean;
}

/** The field that is wrong; its words say what was expected. */
export type WhatIfFault = 'shards' | 'hotKey' | 'share' | 'reads';

/** What candidates are called, in the language of the screen. */
export interface WhatIfNames {
  readonly deployed: string;
  readonly onDemand: string;
  shards(count: number): string;
}

export interface Deployed {
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly openShards: number;
}

const MOST_COUNTS = 7;

export function readWhatIf(text: WhatIfText, deployed: Deployed, names: WhatIfNames) {
  const faults: WhatIfFault[] = [];
  const counts = text.shards
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(Number);
  const wrong = counts.some((count) => !(Number.isInteger(count) && count >= 1 && count <= 10_000));
  if (wrong || counts.length > MOST_COUNTS || (counts.length === 0 && !text.onDemand)) faults.push('shards');
  const key = text.hotKey.trim();
  const share = Number(text.share) / 100;
  if (key.length > 256) faults.push('hotKey');
  const shareGiven = text.share.trim() !== '';
  if ((key !== '' || shareGiven) && (key === '' || !shareGiven || !(share > 0 && share <= 1))) faults.push('share');
  const reads = text.reads.trim() === '' ? null : Number(text.reads);
  if (reads !== null && !(reads > 0 && reads <= 1e9)) faults.push('reads');

  const rest: Pick<StreamCandidate, 'consumers' | 'hotKeys'> = {
    consumers: [
      { fanOut: text.enhanced ? 'enhanced' : 'shared', workersPerShard: 1, recordsPerSecondPerWorker: reads },
    ],
    ...(key === '' ? {} : { hotKeys: [{ key, share }] }),
  };
  const provisioned = (label: string, shards: number): StreamCandidate => ({
    label,
    capacity: { mode: 'PROVISIONED', shards, changes: [], rule: null },
    ...rest,
  });
  const onDemand = (label: string): StreamCandidate => ({ label, capacity: { mode: 'ON_DEMAND' }, ...rest });
  const candidates: StreamCandidate[] = [
    deployed.mode === 'ON_DEMAND'
      ? onDemand(names.deployed)
      : provisioned(names.deployed, Math.max(1, deployed.openShards)),
    ...[...new Set(counts)].map((shards) => provisioned(names.shards(shards), shards)),
    ...(text.onDemand ? [onDemand(names.onDemand)] : []),
  ];
  return { faults, candidates, retrySeconds: text.retry ? 1 : null };
}
