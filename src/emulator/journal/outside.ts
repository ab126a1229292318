/**
 * The way out of a kept cloud: what an endpoint answered is written down, so that playing back asks nobody again.
 *
 * A post that had no answer yet when the process ended is made once more: an endpoint may get it twice, as with the real SNS.
 */
import process from 'node:process';
import { failureOf, type Outbound } from '../sns/delivery/outbound.ts';

/** How one post ended: the status of the reply, or why there was none. */
export type PostResult = { readonly status: number } | { readonly failure: string };

interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly resolve: (reply: { readonly status: number }) => void;
  readonly reject: (error: Error) => void;
}

export interface Live {
  readonly outbound: Outbound;
  /** Called before a result has an effect. */
  note(number: number, result: PostResult): void;
  /** Does what a result has made due at this instant. */
  flush(): void;
}

export class KeptOutbound implements Outbound {
  /** Posts are numbered as they are begun: played back, they are begun in the same order. */
  #begun = 0;
  readonly #waiting = new Map<number, Post>();
  #live: Live | null = null;

  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<{ readonly status: number }> {
    const number = ++this.#begun;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { url, headers, body, resolve, reject });
      this.#send(number);
    });
  }

  /** A result that was written down. Unknown numbers are of posts that are not made any more. */
  played(number: number, result: PostResult): void {
    const post = this.#waiting.get(number);
    if (post === undefined) return;
    this.#waiting.delete(number);
    if ('status' in result) post.resolve(result);
    else post.reject(new Error(result.failure));
  }

  /** From here on posts go out, those first whose result is not known. */
  goLive(live: Live): void {
    this.#live = live;
    for (const number of this.#waiting.keys()) this.#send(number);
  }

  #send(number: number): void {
    const live = this.#live;
    const post = this.#waiting.get(number);
    if (live === null || post === undefined) return;
    const ended = (result: PostResult): void => {
      live.note(number, result);
      this.played(number, result);
      // Once the promises in between are through.
      process.nextTick(() => live.flush());
    };
    live.outbound.post(post.url, post.headers, post.body).then(
      ({ status }) => ended({ status }),
      (thrown) => ended({ failure: failureOf(thrown) }),
    );
  }
}
