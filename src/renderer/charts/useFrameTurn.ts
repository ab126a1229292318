/**
 * The last value a chart was allowed to draw: one chart per frame, none while it is scrolled out of view (EL-82).
 */
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { FrameQueue } from './frameQueue.ts';

export function useFrameTurn<T>(next: T, frames: FrameQueue, element: RefObject<Element | null>): T {
  const [drawn, setDrawn] = useState(next);
  const [inView, setInView] = useState(true);
  const owner = useRef({});
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(([entry]) => setInView(entry!.isIntersecting), { rootMargin: '100px' });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  useEffect(() => {
    if (!inView || Object.is(next, drawn)) return;
    return frames.request(owner.current, () => setDrawn(next));
  }, [next, drawn, inView, frames]);
  return drawn;
}
