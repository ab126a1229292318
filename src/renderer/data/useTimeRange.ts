/** The current range in epoch milliseconds; the same object until its ends move (once a minute while it slides). */
import { useEffect, useRef } from 'react';
import type { TimeRange } from '../../core/contract/shapes.ts';
import { useModel } from './context.ts';
import { useStore } from './store.ts';

export function useTimeRange(): TimeRange {
  const model = useModel();
  useStore(model.range);
  useStore(model.refresh);
  useStore(model.second);
  useStore(model.focus);
  useStore(model.connections);
  const next = model.currentRange();
  const last = useRef(next);
  if (last.current.fromMs !== next.fromMs || last.current.toMs !== next.toMs) last.current = next;
  return last.current;
}

/** While a resource is on screen, now is its connection's now. */
export function useFocus(connectionId: string | null): void {
  const { focus } = useModel();
  useEffect(() => {
    focus.set(connectionId);
    return () => focus.set(null);
  }, [focus, connectionId]);
}
