/**
 * Where the page is, as a hash: `#/`, `#/queue/<id>`, `#/stream/<id>`, `#/replay/<id>`, `#/incident[/<id>]`.
 *
 * Ids are ARNs and are encoded whole. Pure; the hash is read and written in app/useRoute.ts.
 */
export type Route =
  | { readonly screen: 'overview' }
  | { readonly screen: 'queue' | 'stream' | 'replay'; readonly resourceId: string }
  /** Without a resource: everything in scope. */
  | { readonly screen: 'incident'; readonly resourceId: string | null };

export function routeHash(route: Route): string {
  if (route.screen === 'overview') return '#/';
  if (route.screen === 'incident' && route.resourceId === null) return '#/incident';
  return `#/${route.screen}/${encodeURIComponent(route.resourceId!)}`;
}

/** A hash that means nothing is the overview. */
export function parseHash(hash: string): Route {
  const [screen = '', encoded = ''] = hash.replace(/^#\/?/, '').split('/');
  const resourceId = decode(encoded);
  if (screen === 'incident') return { screen, resourceId: resourceId || null };
  if ((screen === 'queue' || screen === 'stream' || screen === 'replay') && resourceId) return { screen, resourceId };
  return { screen: 'overview' };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export function routeOfResource(kind: 'sqs-queue' | 'kinesis-stream', resourceId: string): Route {
  return { screen: kind === 'sqs-queue' ? 'queue' : 'stream', resourceId };
}

/** The resource's own name at the end of its ARN: after the last colon, or slash for streams. */
export function nameInArn(resourceId: string): string {
  return resourceId.split(/[:/]/).at(-1) || resourceId;
}
