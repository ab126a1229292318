/**
 * The visible messages of a fair queue: a standard queue that has had messages with a group id.
 *
 * One line as in any standard queue. A noisy tenant's message that comes up is set aside with its tenant, so everybody else is served
 * first, in order; when nobody else waits, the noisy tenant with the fewest in flight is next. A tenant that turns quiet gets its place at the
 * front back. Rules: docs/rules/sqs.md (SQS-100 to SQS-105). Not here: who is noisy (tenants.ts).
 */
import { type Due, DueHeap } from '../world/heap.ts';
import type { FairCounts, QueueCounts } from './counts.ts';
import type { Line } from './line.ts';
import { type Message, type MessageState, messageStates } from './message.ts';
import { QuietArrivals } from './quietArrivals.ts';
import { type Tenant, Tenants } from './tenants.ts';
import { VisibleMessages } from './visibleMessages.ts';

/** A noisy tenant's place among the noisy, by what it had in flight when this was written: it may have more by now, never less. */
interface Turn extends Due {
  readonly tenant: Tenant;
}

interface Aside {
  readonly messages: VisibleMessages;
  /** Null while it has no place; other turns of the tenant are void. */
  turn: Turn | null;
}

export class FairLine implements Line {
  readonly #line: VisibleMessages;
  readonly #asides = new Map<Tenant, Aside>();
  readonly #turns = new DueHeap<Turn>();
  readonly #tenants: Tenants;
  readonly #arrivals = new QuietArrivals();
  #nowMs: number;
  #visible = 0;
  #alive = 0;

  /**
   * @param line the visible messages so far, in order
   * @param messages all that are in the queue, in the order they came; none has a group
   */
  constructor(line: VisibleMessages, messages: Iterable<Message>, nowMs: number) {
    this.#line = line;
    this.#nowMs = nowMs;
    this.#tenants = new Tenants(nowMs, (tenant) => this.#takeBack(tenant));
    for (const message of messages) {
      this.#arrivals.add(message, ++this.#alive);
      if (message.state === messageStates.visible) this.#visible++;
      if (message.state === messageStates.inFlight) this.#tenants.count(null, message.state, 1, nowMs);
    }
  }

  beginReceive(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#tenants.settle(nowMs);
  }

  join(message: Message, atMs: number): void {
    this.#arrivals.add(message, ++this.#alive);
    if (message.state !== messageStates.delayed) return;
    this.#tenants.count(this.#tenants.of(message, atMs), messageStates.delayed, 1, atMs);
  }

  show(message: Message, atFront: boolean, atMs: number): void {
    this.#visible++;
    const tenant = this.#tenants.of(message, atMs);
    this.#tenants.count(tenant, messageStates.visible, 1, atMs);
    if (tenant !== null) this.#tenants.judge(tenant, atMs);
    // Removal leaves holes behind; closing them now and then keeps the cost per message constant.
    if (this.#line.length > 2 * this.#visible + 1_024) {
      this.#line.compact((one) => one.state === messageStates.visible);
    }
    // What comes last goes behind what the tenant still has in the line, noisy or not.
    if (!atFront) this.#line.pushLast(message);
    else if (tenant?.noisy) this.#asideOf(tenant).messages.giveBack(message, atMs);
    else this.#line.giveBack(message, atMs);
  }

  next(): Message | undefined {
    for (let message = this.#line.popFirst(); message !== undefined; message = this.#line.popFirst()) {
      if (message.state !== messageStates.visible) continue;
      const tenant = this.#tenants.of(message, this.#nowMs);
      if (tenant === null) return message;
      this.#tenants.judge(tenant, this.#nowMs);
      if (!tenant.noisy) return message;
      this.#asideOf(tenant).messages.pushLast(message);
    }
    return this.#nextOfNoisy();
  }

  putBack(message: Message): void {
    const tenant = this.#tenants.of(message, this.#nowMs);
    if (tenant?.noisy) this.#asideOf(tenant).messages.putBack(message);
    else this.#line.putBack(message);
  }

  handedOut(message: Message, atMs: number): void {
    this.#visible--;
    const tenant = this.#tenants.of(message, atMs);
    this.#tenants.count(tenant, messageStates.visible, -1, atMs);
    this.#tenants.count(tenant, messageStates.inFlight, 1, atMs);
    if (tenant !== null) this.#tenants.judge(tenant, atMs);
  }

  left(message: Message, before: MessageState, atMs: number): void {
    if (before === messageStates.visible) this.#visible--;
    const tenant = this.#tenants.of(message, atMs);
    this.#tenants.count(tenant, before, -1, atMs);
    if (tenant !== null) this.#offer(tenant);
    // Back from a consumer or at the end of its delay: it is shown next, and then all is counted.
    if (message.state !== messageStates.gone) return;
    this.#alive--;
    if (tenant !== null) this.#tenants.judge(tenant, atMs);
  }

  clear(): void {
    this.#line.clear();
    this.#asides.clear();
    this.#turns.clear();
    this.#tenants.clear(this.#nowMs);
    this.#arrivals.clear();
    this.#visible = 0;
    this.#alive = 0;
  }

  /** @param all exact, of the whole queue, as of now */
  counts(all: QueueCounts, nowMs: number): FairCounts {
    this.#tenants.settle(nowMs);
    const noisy = this.#tenants.noisyCounts();
    // Of quiet tenants, messages of nobody included; those received over and over left out.
    const oldest = this.#arrivals.oldest((message) => this.#tenants.of(message, nowMs));
    return {
      noisyGroups: noisy.groups,
      quiet: {
        visible: all.visible - noisy.visible,
        notVisible: all.notVisible - noisy.notVisible,
        delayed: all.delayed - noisy.delayed,
      },
      oldestQuietAgeMs: oldest === undefined ? null : nowMs - oldest.enqueuedAtMs,
    };
  }

  /** Everybody else has been served: the line is empty, and what waits is set aside. */
  #nextOfNoisy(): Message | undefined {
    for (let turn = this.#turns.peek(); turn !== undefined; turn = this.#turns.peek()) {
      const { tenant } = turn;
      const aside = this.#asides.get(tenant);
      const message = aside?.turn === turn ? firstVisible(aside.messages) : undefined;
      if (message !== undefined && turn.atMs === tenant.inFlight) {
        aside!.messages.popFirst();
        return message;
      }
      this.#turns.pop();
      if (aside?.turn === turn) aside.turn = null;
      if (message !== undefined) this.#offer(tenant);
    }
    return undefined;
  }

  #asideOf(tenant: Tenant): Aside {
    let aside = this.#asides.get(tenant);
    if (aside === undefined) {
      aside = { messages: new VisibleMessages(), turn: null };
      this.#asides.set(tenant, aside);
    }
    this.#offer(tenant);
    return aside;
  }

  /** Sees to it that the tenant has a turn no later than what it has in flight now allows. */
  #offer(tenant: Tenant): void {
    const aside = this.#asides.get(tenant);
    if (aside === undefined || (aside.turn !== null && aside.turn.atMs <= tenant.inFlight)) return;
    aside.turn = { atMs: tenant.inFlight, order: 0, tenant };
    this.#turns.push(aside.turn);
  }

  #takeBack(tenant: Tenant): void {
    this.#arrivals.takeBack(tenant);
    const aside = this.#asides.get(tenant);
    if (aside === undefined) return;
    this.#asides.delete(tenant);
    if (this.#asides.size === 0) this.#turns.clear();
    this.#line.takeAll(aside.messages);
  }
}

function firstVisible(messages: VisibleMessages): Message | undefined {
  for (let first = messages.first(); first !== undefined; first = messages.first()) {
    if (first.state === messageStates.visible) return first;
    messages.popFirst();
  }
  return undefined;
}
