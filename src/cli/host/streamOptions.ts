/**
 * The words of `spillway replay-stream` as a request: candidates, consumers, hot keys, changes. Every mistake is told with
 * what was expected and an example.
 */
import type { Input } from '../../core/contract/methods.ts';
import { type Phrase, phrases } from '../../core/messages/terms.ts';
import { textOption, type Values } from '../arguments.ts';
import { expectedNumber, invalidOption, missingOption, type UsageError } from '../usage.ts';
import { exampleInstant, hourAfter, instantOf } from './rangeOption.ts';

type Request = Input<'replay.stream'>;
type Candidate = Request['candidates'][number];
type Provisioned = Extract<Candidate['capacity'], { mode: 'PROVISIONED' }>;

const mostShards = 10_000;
const mostCandidates = 16;

/** What a candidate is called, by its shards at the start; null: on demand. */
export type LabelOf = (shards: number | null) => string;

/** @throws UsageError saying what was wrong, what was expected and how it is written */
export function streamRequest(values: Values, labelOf: LabelOf): Omit<Request, 'resourceId' | 'jobId'> {
  const options = reader(values);
  const range = options.range();
  const retrySeconds = options.number('retry', { min: 0.01, max: 3_600, example: '1' }) ?? null;
  const retentionHours = options.number('retention-hours', { min: 1, max: 8_760, example: '24' });
  const trafficFactor = options.number('factor', { min: 0, max: 1_000, example: '2' });
  return {
    range,
    retrySeconds,
    ...(retentionHours === undefined ? {} : { retentionHours }),
    ...(trafficFactor === undefined ? {} : { trafficFactor }),
    candidates: options.candidates(labelOf),
  };
}

/** @throws UsageError when there is none */
export function streamName(values: Values): string {
  const name = textOption(values, 'stream');
  if (name !== undefined && name.trim() !== '') return name;
  throw missing('stream', { term: 'expects-stream' }, 'clicks');
}

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly example: string;
  readonly whole?: boolean;
}

function reader(values: Values) {
  const wrong = (option: string, expected: Phrase, example: string): UsageError =>
    invalidOption(option, textOption(values, option) ?? '', { expected: phrases([expected]), example });

  function number(option: string, { min, max, example, whole = false }: Limits): number | undefined {
    const text = textOption(values, option);
    if (text === undefined) return undefined;
    const value = numberIn(text, min, max, whole);
    if (value === null) throw invalidOption(option, text, { expected: expectedNumber({ min, max, whole }), example });
    return value;
  }

  function instant(option: string): number {
    const atMs = instantOf(textOption(values, option)!);
    if (atMs === null) throw wrong(option, { term: 'expects-instant' }, exampleInstant);
    return atMs;
  }

  function range(): Request['range'] {
    const [from, to] = [textOption(values, 'from'), textOption(values, 'to')];
    if (from === undefined && to === undefined) return null;
    if (from === undefined) throw missing('from', { term: 'expects-both-ends' }, exampleInstant);
    if (to === undefined) throw missing('to', { term: 'expects-both-ends' }, exampleInstant);
    const [fromMs, toMs] = [instant('from'), instant('to')];
    if (fromMs >= toMs) throw wrong('to', { term: 'expects-later-instant' }, hourAfter(fromMs));
    return { fromMs, toMs };
  }

  function shardCounts(): number[] {
    const text = textOption(values, 'shards');
    if (text === undefined) return [];
    const counts = text.split(',').map((part) => numberIn(part.trim(), 1, mostShards, true));
    if (counts.some((count) => count === null)) throw wrong('shards', { term: 'expects-shards' }, '4,8');
    return [...new Set(counts as number[])];
  }

  function hotKeys(): Candidate['hotKeys'] {
    const text = textOption(values, 'hot-key');
    if (text === undefined) return undefined;
    const keys = text.split(',').map((part) => {
      // The last one: a partition key may hold others.
      const at = part.lastIndexOf('=');
      const share = at < 1 ? null : numberIn(part.slice(at + 1), 0, 1, false);
      return share === null ? null : { key: part.slice(0, at), share };
    });
    const total = keys.reduce((sum, key) => sum + (key?.share ?? 0), 0);
    const unusable = keys.some((key) => key === null || key.key.length > 256);
    if (unusable || keys.length > 50 || total > 1 + 1e-9)
      throw wrong('hot-key', { term: 'expects-hot-key' }, 'customer-17=0.3');
    return keys as NonNullable<Candidate['hotKeys']>;
  }

  function changes(): NonNullable<Provisioned['changes']> {
    const text = textOption(values, 'reshard');
    if (text === undefined) return [];
    return text.split(',').map((part) => {
      const [at = '', count = ''] = part.split('=');
      const atMs = instantOf(at.trim());
      const targetShards = numberIn(count, 1, mostShards, true);
      if (atMs === null || targetShards === null)
        throw wrong('reshard', { term: 'expects-reshard' }, `${exampleInstant}=8`);
      return { atMs, targetShards };
    });
  }

  function rule(): Provisioned['rule'] {
    const text = textOption(values, 'auto');
    if (text === undefined) return null;
    const [least = '', most = '', ...more] = text.split('-');
    const minShards = numberIn(least, 1, mostShards, true);
    const maxShards = numberIn(most, 1, mostShards, true);
    if (minShards === null || maxShards === null || minShards > maxShards || more.length > 0)
      throw wrong('auto', { term: 'expects-shard-limits' }, '2-16');
    return { minShards, maxShards };
  }

  function candidates(labelOf: LabelOf): Candidate[] {
    const counts = shardCounts();
    const onDemand = values['on-demand'] === true;
    if (counts.length === 0 && !onDemand) throw missing('shards', { term: 'expects-shards' }, '4,8');
    if (counts.length + (onDemand ? 1 : 0) > mostCandidates)
      throw wrong('shards', { term: 'expects-fewer-candidates' }, '2,4,8,16');
    const count = number('consumers', { min: 1, max: 50, whole: true, example: '2' }) ?? 1;
    const workersPerShard = number('workers', { min: 1, max: 1_000, whole: true, example: '4' }) ?? 1;
    const recordsPerSecondPerWorker = number('worker-rate', { min: 1e-6, max: 1e9, example: '250' }) ?? null;
    const fanOut = values.enhanced === true ? ('enhanced' as const) : ('shared' as const);
    const consumers = Array.from({ length: count }, () => ({ fanOut, workersPerShard, recordsPerSecondPerWorker }));
    const keys = hotKeys();
    const common = { consumers, ...(keys === undefined ? {} : { hotKeys: keys }) };
    const provisioned = { mode: 'PROVISIONED' as const, changes: changes(), rule: rule() };
    return [
      ...counts.map((shards) => ({ label: labelOf(shards), capacity: { ...provisioned, shards }, ...common })),
      ...(onDemand ? [{ label: labelOf(null), capacity: { mode: 'ON_DEMAND' as const }, ...common }] : []),
    ];
  }

  return { number, range, candidates };
}

function missing(option: string, expected: Phrase, example: string): UsageError {
  return missingOption(option, { expected: phrases([expected]), example });
}

/** @returns null when the text is no such number */
function numberIn(text: string, min: number, max: number, whole: boolean): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= min && value <= max && (!whole || Number.isInteger(value)) ? value : null;
}
