/**
 * What polling costs at the present setting: calls per minute by API, and USD per day (UX-43).
 *
 * Made from what the last ordinary poll and the last discovery really called, times how often each happens. A backfill is
 * not part of it: it happens once.
 */
import { type Calls, costUsd, type Prices } from '../prices.ts';

export const noCalls: Calls = { calls: {}, metricsRequested: 0 };

export function callsSince(before: Calls, now: Calls): Calls {
  const calls: Record<string, number> = {};
  for (const [name, count] of Object.entries(now.calls)) {
    const more = count - (before.calls[name] ?? 0);
    if (more > 0) calls[name] = more;
  }
  return { calls, metricsRequested: now.metricsRequested - before.metricsRequested };
}

export interface PollingCost {
  readonly callsPerMinute: Record<string, number>;
  readonly costPerDayUsd: number;
}

/** @param everySeconds real seconds between polls, and between discoveries */
export function pollingCost(
  prices: Prices,
  perPoll: Calls,
  perDiscovery: Calls,
  everySeconds: { readonly poll: number; readonly discovery: number },
): PollingCost {
  const callsPerMinute: Record<string, number> = {};
  const add = ({ calls }: Calls, seconds: number): void => {
    for (const [name, count] of Object.entries(calls)) {
      callsPerMinute[name] = (callsPerMinute[name] ?? 0) + (count * 60) / seconds;
    }
  };
  add(perPoll, everySeconds.poll);
  add(perDiscovery, everySeconds.discovery);
  const costPerDayUsd =
    (costUsd(prices, perPoll) * 86_400) / everySeconds.poll +
    (costUsd(prices, perDiscovery) * 86_400) / everySeconds.discovery;
  return { callsPerMinute, costPerDayUsd };
}
