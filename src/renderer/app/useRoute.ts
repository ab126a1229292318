/** The route in the address, as React sees it, and how to go elsewhere. */
import { useMemo, useSyncExternalStore } from 'react';
import { parseHash, type Route, routeHash } from './routes.ts';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseHash(hash), [hash]);
}

export function goTo(route: Route): void {
  window.location.hash = routeHash(route);
}
