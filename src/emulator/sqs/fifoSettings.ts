/**
 * Attributes that only FIFO queues have: deduplication and throughput. Which queue is FIFO is settled when it is made.
 */
import { invalidAttributeName, invalidAttributeValue } from './errors.ts';

export interface FifoSettings {
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly throughputLimit: 'perQueue' | 'perMessageGroupId';
}

export const defaultFifoSettings: FifoSettings = {
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
  throughputLimit: 'perQueue',
};

export const fifoSettingNames: ReadonlySet<string> = new Set([
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

/** `true` and `false` in capitals or small letters, as the service takes them; null for anything else. */
export function flagOf(text: string): boolean | null {
  const small = text.toLowerCase();
  return small === 'true' ? true : small === 'false' ? false : null;
}

/** The attribute's text; null for a standard queue. */
export function fifoSettingText(settings: FifoSettings | null, name: string): string | null {
  if (settings === null) return null;
  switch (name) {
    case 'FifoQueue':
      return 'true';
    case 'ContentBasedDeduplication':
      return String(settings.contentBasedDeduplication);
    case 'DeduplicationScope':
      return settings.deduplicationScope;
    default:
      return settings.throughputLimit;
  }
}

/**
 * Settings after a request, the given ones left alone. A queue stays what it is, so FifoQueue may only be repeated.
 *
 * @param before null for a standard queue
 * @throws AwsError InvalidAttributeName, InvalidAttributeValue
 */
export function changedFifoSettings(
  before: FifoSettings | null,
  request: Readonly<Record<string, string>>,
): FifoSettings | null {
  if (before === null) {
    const named = [...fifoSettingNames].find((name) => request[name] !== undefined);
    if (named !== undefined) throw onlyForFifo(named);
    return null;
  }
  const { FifoQueue, ContentBasedDeduplication, DeduplicationScope, FifoThroughputLimit } = request;
  if (FifoQueue !== undefined && flagOf(FifoQueue) !== true) {
    const isFlag = flagOf(FifoQueue) === false;
    throw invalidAttributeValue('FifoQueue', isFlag ? 'Modifying queue type is not supported' : undefined);
  }
  const contentBased = ContentBasedDeduplication === undefined ? undefined : flagOf(ContentBasedDeduplication);
  if (contentBased === null) throw invalidAttributeValue('ContentBasedDeduplication');
  const after: FifoSettings = {
    contentBasedDeduplication: contentBased ?? before.contentBasedDeduplication,
    deduplicationScope:
      chosen('DeduplicationScope', DeduplicationScope, ['queue', 'messageGroup'] as const) ?? before.deduplicationScope,
    throughputLimit:
      chosen('FifoThroughputLimit', FifoThroughputLimit, ['perQueue', 'perMessageGroupId'] as const) ??
      before.throughputLimit,
  };
  // A limit by group needs a deduplication by group: partitions know nothing of each other.
  if (after.throughputLimit === 'perMessageGroupId' && after.deduplicationScope !== 'messageGroup') {
    throw invalidAttributeValue(
      'FifoThroughputLimit',
      'To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup',
    );
  }
  return after;
}

/** In the words of the service: FifoQueue with `false` or on a standard queue is no attribute at all. */
function onlyForFifo(name: string): Error {
  if (name === 'FifoQueue') return invalidAttributeName(name);
  return invalidAttributeName(name, `You can specify the ${name} only when FifoQueue is set to true.`);
}

function chosen<T extends string>(name: string, text: string | undefined, allowed: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw invalidAttributeValue(name);
  return found;
}
