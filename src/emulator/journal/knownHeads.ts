/**
 * Heads that were seen before: one object for each, with what is known of its requests.
 *
 * A program sends the same few heads all day long, but for its signatures, so the latest of each action is known again by comparing, without
 * taking the request apart.
 */
import type { Service } from '../service.ts';
import type { WireRequest } from '../wire/message.ts';
import { headOf, headText, keptHeaders, type ReadHead } from './heads.ts';
import { type HeadVerdict, verdictOfHead } from './traceless.ts';

export interface KnownHead {
  readonly read: ReadHead;
  readonly verdict: HeadVerdict;
  /** Account and Region as the request names them. */
  readonly place: string;
}

/** A request's own words, and what they come to. */
interface Latest {
  readonly request: Pick<WireRequest, 'method' | 'path' | 'origin'>;
  readonly headers: readonly (string | undefined)[];
  readonly homeAccountId: string | null;
  readonly caller: Caller | undefined;
  readonly known: KnownHead;
}

/** What of the authorization names the caller; `whole` when that is all of it, and not to the comma before the signature. */
interface Caller {
  readonly text: string;
  readonly whole: boolean;
}

const mostKnown = 4096;

export class KnownHeads {
  /** How each service's actions are addressed; the same in every account and Region. */
  readonly #services: readonly Service[];
  readonly #known = new Map<string, KnownHead>();
  /** By target; that of Query, whose requests look alike, is none. */
  readonly #latest = new Map<string | undefined, Latest>();

  constructor(services: readonly Service[]) {
    this.#services = services;
  }

  /** @param homeAccountId as `headOf` takes it */
  of(request: WireRequest, homeAccountId: string | null): KnownHead {
    const target = request.headers['x-amz-target'];
    const latest = this.#latest.get(target);
    if (latest !== undefined && isSame(latest, request, homeAccountId)) return latest.known;
    const known = this.#find(request, homeAccountId);
    if (this.#latest.size >= mostKnown) this.#latest.clear();
    const { method, path, origin, headers } = request;
    this.#latest.set(target, {
      request: { method, path, origin },
      headers: keptHeaders.map((name) => headers[name]),
      homeAccountId,
      caller: callerIn(headers.authorization),
      known,
    });
    return known;
  }

  #find(request: WireRequest, homeAccountId: string | null): KnownHead {
    const read = headOf(request, homeAccountId);
    const text = headText(read.head);
    const found = this.#known.get(text);
    if (found !== undefined) return found;
    if (this.#known.size >= mostKnown) this.#known.clear();
    const { accountId, region } = read.identity;
    const known = { read, verdict: verdictOfHead(read, this.#services), place: `${accountId}/${region}` };
    this.#known.set(text, known);
    return known;
  }
}

function isSame({ request, headers, homeAccountId, caller }: Latest, given: WireRequest, home: string | null): boolean {
  if (given.path !== request.path || given.origin !== request.origin || given.method !== request.method) return false;
  if (home !== homeAccountId) return false;
  for (let index = 0; index < keptHeaders.length; index++) {
    if (given.headers[keptHeaders[index]!] !== headers[index]) return false;
  }
  const { authorization } = given.headers;
  if (caller === undefined || authorization === undefined) return caller === authorization;
  return caller.whole ? authorization === caller.text : authorization.startsWith(caller.text);
}

/** To the comma behind the first credential; all of a text without one. */
function callerIn(authorization: string | undefined): Caller | undefined {
  if (authorization === undefined) return undefined;
  const text = /^.*?(?:^|[\s,])Credential=[^,\s]{1,256},/s.exec(authorization)?.[0];
  return text === undefined ? { text: authorization, whole: true } : { text, whole: false };
}
