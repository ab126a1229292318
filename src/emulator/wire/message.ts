/** One HTTP exchange as the wire sees it, whichever HTTP version carried it. */
export interface WireRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** `http://HOST` as the client reached us. */
  readonly origin: string;
  readonly signal: { readonly aborted: boolean; onAbort(run: () => void): void };
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Most requests are answered at once, and hear of it sooner without a promise; the others wait for something. */
export type Replying = WireReply | Promise<WireReply>;

/** The address and what follows its question mark. */
export function cut(path: string): [address: string, fields: string] {
  const question = path.indexOf('?');
  return question < 0 ? [path, ''] : [path.slice(0, question), path.slice(question + 1)];
}
