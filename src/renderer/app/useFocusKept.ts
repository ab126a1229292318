/**
 * Keeps the keyboard's place when what had the focus is gone (UX-63): a closed dialog gives it back to what opened it,
 * a new screen takes it. Never takes it from something that is still there.
 */
import { useEffect, useRef } from 'react';

/** @param place what is on screen besides dialogs, as text */
export function useFocusKept(place: string, dialogOpen: boolean): void {
  const opener = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  // While rendering, before the dialog takes the focus.
  if (dialogOpen && !wasOpen.current) opener.current = document.activeElement;
  wasOpen.current = dialogOpen;

  useEffect(() => {
    if (dialogOpen) return;
    const back = opener.current;
    opener.current = null;
    // The focus trap of a dialog that is going lets go after this effect.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const target = back !== document.body && back?.isConnected === true ? back : document.getElementById('main');
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [place, dialogOpen]);
}
