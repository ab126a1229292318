/**
 * Quiet requests: those that leave nothing behind but that they were made. Many of them stand in one line, as counts.
 *
 * Reads that change nothing, and receives that find a queue empty. As long as nothing else is written and nothing falls due in the world, when
 * exactly each was made makes no difference, so a run of them is one entry: how many reads, and of each receive how many and when the last. The
 * line has a fixed length, so that it can be written anew in its place with each further request. Pure; what counts as a receive that finds
 * nothing is polls.ts.
 */
import type { Head } from './heads.ts';
import { lineBytes } from './lines.ts';

/** A receive in the form a client sends it, again and again. One object for each. */
export interface PollRequest {
  readonly head: Head;
  readonly body: Uint8Array;
}

export interface CountedPoll {
  readonly request: PollRequest;
  readonly count: number;
  /** Of the last one; while there was none, of no meaning. */
  readonly atMs: number;
}

export interface QuietEntry {
  readonly kind: 'quiet';
  /** Of the last of them. */
  readonly atMs: number;
  readonly reads: number;
  readonly polls: readonly CountedPoll[];
}

const digits = 4;
const most = 36 ** digits - 1;
const numberDigits = 3;
const pollLength = 1 + numberDigits + 2 * digits;
/** A line lies within one sector of a disk (`sectorBytes`), so that it is never half the old one. */
const mostPolls = 36;

/** Whether the entry can be said in a line of the fixed length. */
export const fitsLine = ({ atMs, reads, polls }: QuietEntry, baseMs: number): boolean =>
  Number.isSafeInteger(baseMs) &&
  Number.isSafeInteger(atMs) &&
  atMs >= baseMs &&
  atMs - baseMs <= most &&
  reads <= most &&
  polls.every(({ count }) => count <= most);

/** `TIMEREADS NUMBERCOUNTTIME...`, all in base 36 and times in milliseconds since `baseMs`. */
export function quietText({ atMs, reads, polls }: QuietEntry, baseMs: number, numbers: readonly number[]): string {
  let text = fixed(atMs - baseMs, digits) + fixed(reads, digits);
  polls.forEach((poll, index) => {
    const sinceMs = poll.count === 0 ? 0 : poll.atMs - baseMs;
    text += ` ${fixed(numbers[index]!, numberDigits)}${fixed(poll.count, digits)}${fixed(sinceMs, digits)}`;
  });
  return text;
}

/** @returns undefined for a text that says nothing */
export function readQuiet(
  text: string,
  baseMs: number,
  requestAt: (number: number) => PollRequest | undefined,
): QuietEntry | undefined {
  if (!/^[0-9a-z]{8}(?: [0-9a-z]{11})*$/.test(text)) return undefined;
  const polls: CountedPoll[] = [];
  for (let at = 2 * digits; at < text.length; at += pollLength) {
    const number = valueAt(text, at + 1, numberDigits);
    const count = valueAt(text, at + 1 + numberDigits, digits);
    const sinceMs = valueAt(text, at + 1 + numberDigits + digits, digits);
    const request = requestAt(number);
    if (request === undefined) return undefined;
    polls.push({ request, count, atMs: baseMs + sinceMs });
  }
  const atMs = baseMs + valueAt(text, 0, digits);
  return { kind: 'quiet', atMs, reads: valueAt(text, digits, digits), polls };
}

const valueAt = (text: string, at: number, width: number): number => Number.parseInt(text.slice(at, at + width), 36);
const fixed = (value: number, width: number): string => value.toString(36).padStart(width, '0');

/** How the next quiet request goes into the file. */
export type QuietStep =
  /** In an entry of its own, as any other. */
  | { readonly how: 'alone' }
  /** In a line that begins a run. */
  | { readonly how: 'begins'; readonly entry: QuietEntry }
  /** In the last line, in place of what that said. */
  | { readonly how: 'joins'; readonly entry: QuietEntry; readonly before: QuietEntry };

/** What an entry of its own takes, about. A line is begun only once as much was spent on such entries: so it never costs much more than they would. */
const aloneBytes = 36;
const runBytes = (polls: number): number => lineBytes('E '.length + 2 * digits + pollLength * polls);

/**
 * Which quiet requests may stand in one line. Told of everything that is written.
 *
 * Between two instants at which something falls due, whoever called twice has a place in every line that begins, and keeps it as long as it
 * goes on calling.
 */
export class QuietTime {
  /** When something falls due; a request from then on is of another run. -Infinity: something else was written. */
  #untilMs = Number.NEGATIVE_INFINITY;
  /** As the file's last line says it. */
  #run: { readonly entry: QuietEntry; readonly baseMs: number } | null = null;
  #members: PollRequest[] = [];
  /** Who has called, member or not, until `#calledUntilMs`. */
  readonly #called = new Set<PollRequest>();
  #calledUntilMs = Number.NEGATIVE_INFINITY;
  /** Entries alone since the last line was begun or something else was written. */
  #alone = 0;

  /**
   * @param poll null: a read
   * @param lastMs the last instant that the file knows
   */
  next(nowMs: number, poll: PollRequest | null, lastMs: number): QuietStep {
    if (nowMs >= this.#calledUntilMs) this.#newRound();
    const place = poll === null || this.#hasPlace(poll);
    if (poll !== null) this.#called.add(poll);
    if (!place || !(nowMs < this.#untilMs)) return { how: 'alone' };
    const joined = this.#run === null ? null : joins(this.#run.entry, nowMs, poll);
    if (joined !== null && fitsLine(joined, this.#run!.baseMs)) {
      return { how: 'joins', entry: joined, before: this.#run!.entry };
    }
    const polls = this.#members.map((request) => ({ request, count: request === poll ? 1 : 0, atMs: nowMs }));
    const entry: QuietEntry = { kind: 'quiet', atMs: nowMs, reads: poll === null ? 1 : 0, polls };
    const worthIt = this.#run !== null || this.#alone * aloneBytes >= runBytes(polls.length);
    return worthIt && fitsLine(entry, lastMs) ? { how: 'begins', entry } : { how: 'alone' };
  }

  /** It is in the file, alone. @param dueMs when something falls due next; null: never */
  alone(dueMs: number | null): void {
    this.#run = null;
    this.#alone++;
    this.#untilMs = dueMs ?? Number.POSITIVE_INFINITY;
    this.#calledUntilMs = this.#untilMs;
  }

  /** The line is in the file. */
  begun(entry: QuietEntry, baseMs: number, dueMs: number | null): void {
    this.alone(dueMs);
    this.#alone = 0;
    this.#run = { entry, baseMs };
  }

  /** The line is in the file in place of the one before. */
  joined(entry: QuietEntry): void {
    this.#run = { entry, baseMs: this.#run!.baseMs };
  }

  /** Something else is in the file, or about to be. */
  interrupted(): void {
    this.#run = null;
    this.#alone = 0;
    this.#untilMs = Number.NEGATIVE_INFINITY;
  }

  /** Gives one where there is room, at the second call. */
  #hasPlace(poll: PollRequest): boolean {
    if (this.#members.includes(poll)) return true;
    if (!this.#called.has(poll) || this.#members.length >= mostPolls) return false;
    this.#members.push(poll);
    return true;
  }

  #newRound(): void {
    this.#members = this.#members.filter((poll) => this.#called.has(poll));
    this.#called.clear();
    this.#calledUntilMs = Number.POSITIVE_INFINITY;
  }
}

/** The run with one more; null when it has no room for this one. */
function joins(run: QuietEntry, nowMs: number, poll: PollRequest | null): QuietEntry | null {
  if (poll === null) return { ...run, atMs: nowMs, reads: run.reads + 1 };
  const at = run.polls.findIndex(({ request }) => request === poll);
  if (at < 0) return null;
  const polls = run.polls.with(at, { request: poll, count: run.polls[at]!.count + 1, atMs: nowMs });
  return { ...run, atMs: nowMs, polls };
}
