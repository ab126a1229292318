/**
 * How often a FIFO queue may be called, with strict quotas: each of send, receive and delete by itself, a batch as one call.
 *
 * Rules: docs/rules/sqs.md (SQS-95). Not here: limits of one request, which always hold.
 */
import { requestThrottled } from './errors.ts';
import type { Queue } from './queue.ts';

export type CountedCall = 'send' | 'receive' | 'delete';

const windowMs = 1_000;
/** Without high throughput. */
const callsPerSecond = 300;
/** With it, by Region; the last is everywhere else's. */
const highThroughput: readonly (readonly [RegExp, number])[] = [
  [/^(us-east-1|us-west-2|eu-west-1)$/, 70_000],
  [/^(us-east-2|eu-central-1)$/, 19_000],
  [/^ap-(south-1|southeast-1|southeast-2|northeast-1)$/, 9_000],
  [/^(eu-west-2|sa-east-1)$/, 4_500],
  [/^/, 2_400],
];

interface Window {
  fromMs: number;
  calls: number;
}

export interface CallQuota {
  /** @throws AwsError RequestThrottled when the second has had its calls */
  take(queue: Queue, call: CountedCall): void;
}

/** Takes every call. */
export const noQuota: CallQuota = { take() {} };

/** Whole seconds from the first call on: what is refused in one is taken in the next. */
export function createCallQuota(region: string, nowMs: () => number): CallQuota {
  const high = highThroughput.find(([form]) => form.test(region))![1];
  const windows = new WeakMap<Queue, Map<CountedCall, Window>>();

  return {
    take(queue, call) {
      const { fifo } = queue.settings;
      if (fifo === null) return;
      const limit = fifo.throughputLimit === 'perMessageGroupId' ? high : callsPerSecond;
      let ofQueue = windows.get(queue);
      if (ofQueue === undefined) {
        ofQueue = new Map();
        windows.set(queue, ofQueue);
      }
      let window = ofQueue.get(call);
      if (window === undefined || nowMs() - window.fromMs >= windowMs) {
        window = { fromMs: nowMs(), calls: 0 };
        ofQueue.set(call, window);
      }
      if (window.calls >= limit) throw requestThrottled();
      window.calls++;
    },
  };
}
