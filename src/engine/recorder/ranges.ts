/**
 * Which minutes to ask CloudWatch for. Pure arithmetic on epoch seconds; ranges are half-open.
 */
export const minuteSeconds = 60;
/** Late minutes are revised: each poll asks again for this much of what it has. */
export const overlapSeconds = 5 * 60;
/** CloudWatch keeps one-minute data for 15 days. */
export const oneMinuteRetentionSeconds = 15 * 86_400;
/** History fetched when a resource is seen for the first time. */
export const firstBackfillSeconds = 86_400;
/** A resource without newer data (an idle queue) is asked at most this far back again and again. */
export const quietLookBackSeconds = 3 * 3600;
/** One transaction holds at most this much, so that a backfill can be interrupted and goes on where it was. */
export const chunkSeconds = 6 * 3600;

export interface SecondsRange {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export interface Progress {
  /** End of the newest period with a datapoint; undefined: none yet. */
  readonly dataThroughSeconds: number | undefined;
  /** Everything before this has been asked for; undefined: never. */
  readonly askedThroughSeconds: number | undefined;
}

/** The minute under way has not ended, so its datapoint is not final: it is never asked for. */
export function lastWholeMinuteEnd(nowMs: number): number {
  return Math.floor(nowMs / 60_000) * minuteSeconds;
}

/**
 * @returns what to ask for next; empty (from = to) when nothing new can be there
 */
export function rangeToAsk(progress: Progress, nowMs: number): SecondsRange {
  const toSeconds = lastWholeMinuteEnd(nowMs);
  const earliest = toSeconds - oneMinuteRetentionSeconds;
  const { askedThroughSeconds, dataThroughSeconds } = progress;
  if (askedThroughSeconds === undefined) return { fromSeconds: toSeconds - firstBackfillSeconds, toSeconds };
  const newest = Math.max(dataThroughSeconds ?? 0, askedThroughSeconds - quietLookBackSeconds);
  return { fromSeconds: Math.min(toSeconds, Math.max(earliest, newest - overlapSeconds)), toSeconds };
}

/** A range in pieces of `chunkSeconds`, oldest first; an empty range gives none. */
export function chunksOf({ fromSeconds, toSeconds }: SecondsRange): SecondsRange[] {
  const chunks: SecondsRange[] = [];
  for (let at = fromSeconds; at < toSeconds; at += chunkSeconds) {
    chunks.push({ fromSeconds: at, toSeconds: Math.min(toSeconds, at + chunkSeconds) });
  }
  return chunks;
}
