/**
 * A request of HTTP/1.1 whose body is taken as the parser finds it, without a stream in between.
 *
 * The server makes its requests of this class (its `IncomingMessage` option). Node's parser pushes each piece of a body into the request, and
 * null at its end; a readable stream would queue that, and tell it in later turns through events: a tenth of the time of a batch. A body
 * pushed here is gathered at once, so this stream never holds, and never gives, anything. Not here: the limit of a body (body.ts).
 */
import { IncomingMessage } from 'node:http';
import type { Body } from './body.ts';

export class WholeRequest extends IncomingMessage {
  #body: Body | null = null;
  /** Node's own word for a request that somebody reads: otherwise it would read the rest itself once the response is out. */
  _consuming = true;

  /** Must be called when the request is announced, before any of its body has come. */
  gather(body: Body): void {
    this.#body = body;
  }

  override push(chunk: Buffer | null): boolean {
    const body = this.#body;
    if (body === null) return true;
    if (chunk !== null) return body.add(chunk);
    this.#body = null;
    body.end();
    return true;
  }
}

// Of a stream that was never read it would stay false, and the connection would hold its last request until the next one.
Object.defineProperty(WholeRequest.prototype, 'readableEnded', {
  get(this: WholeRequest) {
    return this.complete;
  },
});
