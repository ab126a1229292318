/** Queue URLs: `http://HOST/ACCOUNT/NAME`, where HOST is whatever the client called us by. */

export interface QueueAddress {
  /** null: the address does not say. */
  readonly accountId: string | null;
  readonly name: string;
}

export const queueUrl = (origin: string, accountId: string, name: string): string => `${origin}/${accountId}/${name}`;

/** `/ACCOUNT/NAME`, and the forms other emulators hand out: `/queue/NAME`, `/queue/ACCOUNT/NAME`, `/queue/REGION/ACCOUNT/NAME`. */
const paths = [
  /^\/(?<account>\d{12})\/(?<name>[\w.-]{1,80})\/?$/,
  /^\/queue\/(?:[a-z0-9-]+\/)?(?<account>\d{12})\/(?<name>[\w.-]{1,80})\/?$/,
  /^\/queue\/(?<name>[\w.-]{1,80})\/?$/,
];

export function parseQueuePath(path: string): QueueAddress | null {
  for (const form of paths) {
    const groups = form.exec(path)?.groups;
    if (groups !== undefined) return { accountId: groups.account ?? null, name: groups.name! };
  }
  return null;
}

/** Whatever host and scheme it has: clients move between names of one machine. */
export function parseQueueUrl(url: string): QueueAddress | null {
  if (url !== latest.url) latest = { url, address: readQueueUrl(url) };
  return latest.address;
}

/** AWS takes the bare name of one's own queue in place of a URL. */
export function queueNamedBy(text: string): QueueAddress | null {
  return /^[A-Za-z0-9_-]{1,80}(?:\.fifo)?$/.test(text) ? { accountId: null, name: text } : null;
}

/** Who calls a queue mostly calls it again. */
let latest: { readonly url: string; readonly address: QueueAddress | null } = { url: '', address: null };

function readQueueUrl(url: string): QueueAddress | null {
  const path = /^https?:\/\/[^/?#\s]+(\/[^?#\s]*)$/.exec(url)?.[1] ?? (url.startsWith('/') ? url : null);
  return path === null ? null : parseQueuePath(path);
}
