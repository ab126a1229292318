/**
 * Receives that found nothing, played back: what they leave behind comes about without any being read or answered.
 *
 * As when they were written (polls.ts), one is made whole until it is known to find nothing, and again once that is in doubt. Not here: how
 * many of them a line says (quiet.ts).
 */
import { headOf } from './heads.ts';
import type { Poll, Polls } from './polls.ts';
import type { PollRequest } from './quiet.ts';

export class PlayedPolls {
  readonly #polls: Polls;
  readonly #drawRequestId: () => void;
  /** A file's reader has one object for each receive, until another gets its number. */
  readonly #known = new WeakMap<PollRequest, Poll | null>();

  /** @param drawRequestId for a request that is not made */
  constructor(polls: Polls, drawRequestId: () => void) {
    this.#polls = polls;
    this.#drawRequestId = drawRequestId;
  }

  /** As many at this instant. @returns false, with nothing done, when it is in doubt that they find nothing */
  receive(request: PollRequest, count: number): boolean {
    const poll = this.#pollOf(request);
    if (poll === null || !this.#polls.findsNothing(poll)) return false;
    const { queue } = poll.verified!;
    queue.receive(1);
    for (let index = 1; index < count; index++) queue.traffic.emptyReceive();
    for (let index = 0; index < count; index++) this.#drawRequestId();
    return true;
  }

  /** One was made at this instant and answered with nothing. */
  foundNothing(request: PollRequest): void {
    const poll = this.#pollOf(request);
    const queue = poll === null ? null : this.#polls.queueOf(poll);
    if (poll !== null && queue?.size === 0) poll.verified = { queue, settings: queue.settings };
  }

  #pollOf(request: PollRequest): Poll | null {
    let poll = this.#known.get(request);
    if (poll === undefined) {
      poll = this.#polls.read(headOf(request.head, null), request.body);
      this.#known.set(request, poll);
    }
    return poll;
  }
}
