/**
 * Asks for replays: by hand, and by itself while settings change, newest first and one at a time.
 *
 * While something is dragged a result comes without judgement; it follows when the settings rest. What is cancelled is no
 * error. Not here: the forms, and what is shown.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReplayRequest, ReplayResult, TimeRange } from '../../../core/contract/shapes.ts';
import type { ErrorValue } from '../../../core/errors.ts';
import { maxPoints } from '../../charts/measures.ts';
import { useModel } from '../../data/context.ts';
import { errorOf } from '../../data/model.ts';
import { createTurns } from './turns.ts';

/** As many as the list has rows. */
export const mostDecisions = 400;

/** Settings that stood still this long are judged, too. */
const restMs = 350;

export interface Answered {
  /** What it depends on, as text. */
  readonly asked: string;
  readonly result: ReplayResult;
}

export interface ReplayRuns {
  /** The newest result; its runs may lack their judgement for a moment. */
  readonly answered: Answered | null;
  /** The newest result with judgement. */
  readonly judged: Answered | null;
  readonly error: ErrorValue | null;
  readonly running: boolean;
  /** 0 to 1 while a long one runs. */
  readonly progress: number | null;
  run(): void;
  cancel(): void;
}

interface Wanted {
  readonly request: ReplayRequest;
  readonly asked: string;
}

let jobs = 0;
/** Unique among the pages that one engine serves. */
export const newJobId = (): string => `page-${Math.random().toString(36).slice(2)}-${++jobs}`;

/**
 * @param wanted the settings as they stand; null while a field needs correcting
 * @param live ask by itself when they change
 * @param detail the part that charts show; null for all of it
 */
export function useReplay(wanted: Wanted | null, live: boolean, detail: TimeRange | null): ReplayRuns {
  const model = useModel();
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [judged, setJudged] = useState<Answered | null>(null);
  const [error, setError] = useState<ErrorValue | null>(null);
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const newest = useRef<Wanted | null>(wanted);
  newest.current = wanted;
  const part = useRef(detail);
  part.current = detail;
  const busy = useRef<string | null>(null);
  const [turns] = useState(createTurns);
  const gone = useRef(false);

  const ask = useCallback(
    async (judge: boolean): Promise<void> => {
      const now = newest.current;
      if (now === null || !turns.take(judge)) return;
      const jobId = newJobId();
      busy.current = jobId;
      setRunning(true);
      setError(null);
      try {
        // The list of decisions waits for the judgement, as yardsticks do.
        const maxDecisions = judge ? mostDecisions : 0;
        const screen = { maxPoints, maxDecisions, ...(part.current && { detail: part.current }) };
        const result = await model.client.call('replay.run', { ...now.request, judge, jobId, screen });
        if (gone.current) return;
        setAnswered({ asked: now.asked, result });
        if (judge) {
          setJudged({ asked: now.asked, result });
          model.lastReplay.set(now.request);
        }
      } catch (thrown) {
        const failure = errorOf(thrown);
        if (!gone.current && failure.code !== 'CANCELLED') setError(failure);
      } finally {
        busy.current = null;
        const next = turns.next();
        if (!gone.current) {
          setRunning(false);
          setProgress(null);
          if (next !== null) void ask(next);
        }
      }
    },
    [model, turns],
  );

  useEffect(
    () =>
      model.client.on('progress', ({ jobId, share }) => {
        if (jobId === busy.current) setProgress(share);
      }),
    [model],
  );
  // A screen that is left needs no answer any more.
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      if (busy.current !== null) void model.client.call('jobs.cancel', { jobId: busy.current }).catch(() => {});
    };
  }, [model]);

  const asked = wanted?.asked ?? null;
  const first = useRef(true);
  useEffect(() => {
    if (asked === null) return;
    if (first.current) {
      // The first comparison is there without a click: the suggestions are valid as they come.
      first.current = false;
      void ask(true);
      return;
    }
    if (!live) return;
    void ask(false);
    const rest = window.setTimeout(() => void ask(true), restMs);
    return () => window.clearTimeout(rest);
  }, [asked, live, ask]);

  // Another part of a long range: the same runs, which the engine still has, in more points.
  const shown = detail === null ? null : `${detail.fromMs} ${detail.toMs}`;
  const shownBefore = useRef(shown);
  useEffect(() => {
    if (shownBefore.current === shown) return;
    shownBefore.current = shown;
    void ask(true);
  }, [shown, ask]);

  return {
    answered,
    judged,
    error,
    running,
    progress,
    run: () => void ask(true),
    cancel() {
      turns.drop();
      if (busy.current !== null) void model.client.call('jobs.cancel', { jobId: busy.current }).catch(() => {});
    },
  };
}
