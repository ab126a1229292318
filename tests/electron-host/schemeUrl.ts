/**
 * An app scheme as an address that a plain browser can load: app://host/path <-> https://host--app.scheme.test/path (EL-63).
 */
const suffix = '.scheme.test';
const webHost = /^(.+)--([a-z][a-z0-9+.-]*)\.scheme\.test$/;

/** @param schemes names registered by the app, without colon; an address of another scheme stays as it is */
export function toWebUrl(text: string, schemes: { has(scheme: string): boolean }): string {
  const url = new URL(text);
  const scheme = url.protocol.slice(0, -1);
  if (!schemes.has(scheme)) return text;
  return `https://${url.host}--${scheme}${suffix}${url.pathname}${url.search}${url.hash}`;
}

export function toAppUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return text;
  }
  const match = webHost.exec(url.hostname);
  return match === null ? text : `${match[2]}://${match[1]}${url.pathname}${url.search}${url.hash}`;
}
