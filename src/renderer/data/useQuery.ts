/**
 * One query as a component sees it: asked when its input changes and, when live, whenever something was recorded.
 *
 * The last answer stays on screen while the next one is on its way; answers that come late are dropped; a slow engine
 * is never asked twice at once. Not here: caching between screens.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Input, MethodName, Output } from '../../core/contract/methods.ts';
import type { ErrorValue } from '../../core/errors.ts';
import { useModel } from './context.ts';
import { errorOf } from './model.ts';
import { useStore } from './store.ts';

export interface Query<T> {
  readonly data: T | null;
  readonly error: ErrorValue | null;
  /** Asked and not answered yet. */
  readonly pending: boolean;
  ask(): void;
}

/** @param input null: do not ask yet */
export function useQuery<M extends MethodName>(
  method: M,
  input: Input<M> | null,
  options: { live?: boolean } = {},
): Query<Output<M>> {
  const model = useModel();
  const tick = useStore(model.refresh);
  const [state, setState] = useState<{ data: Output<M> | null; error: ErrorValue | null; pending: boolean }>({
    data: null,
    error: null,
    pending: input !== null,
  });
  const key = input === null ? null : JSON.stringify(input);
  const latest = useRef({ key, running: false, again: false, gone: false });
  latest.current.key = key;

  const ask = useCallback(() => {
    const job = latest.current;
    if (job.key === null) return;
    if (job.running) {
      job.again = true;
      return;
    }
    job.running = true;
    job.again = false;
    const asked = job.key;
    setState((before) => (before.pending ? before : { ...before, pending: true }));
    model.client
      .call(method, JSON.parse(asked) as Input<M>)
      .then(
        (data) => ({ data, error: null }),
        (thrown: unknown) => ({ data: null, error: errorOf(thrown) }),
      )
      .then(({ data, error }) => {
        job.running = false;
        if (job.gone) return;
        if (job.again || job.key !== asked) {
          // Late or outdated, but for the same thing still better than nothing.
          if (job.key === asked && data !== null) setState({ data, error: null, pending: true });
          ask();
          return;
        }
        // An error leaves the last good answer on screen, beside the error.
        setState((before) => ({ data: data ?? before.data, error, pending: false }));
      });
  }, [model, method]);

  const trigger = options.live === true ? tick : 0;
  // `key` and `trigger` are the reasons to ask.
  useEffect(() => ask(), [ask, key, trigger]);
  useEffect(() => {
    const job = latest.current;
    job.gone = false;
    return () => {
      job.gone = true;
    };
  }, []);

  return { ...state, ask };
}
