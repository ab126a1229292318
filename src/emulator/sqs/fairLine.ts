/**
 * The visible messages of a fair queue: a standard queue that has had messages with a group id.
 *
 * One line as in any standard queue. A noisy tenant's message that comes up is set aside with its tenant, so everybody else is served
 * first, in order; when nobody else waits, the noisy tenant with the fewest in flight is next. A tenant that turns quiet gets its place at the
 * front back. Rules: docs/rules/sqs.md (SQS-100 to SQS-105). Not here: who is noisy (tenants.ts).
 */
import { type Due, DueHeap } from '../world/heap.ts';
import { Deque } from './deque.ts';
import type { Line } from './line.ts';
import { type Message, type MessageState, messageStates } from './message.ts';
import { QuietArrivals } from './quietArrivals.ts';
import { type NoisyCounts, type Tenant, Tenants } from './tenants.ts';

/** A noisy tenant's place among the noisy, by what it had in flight when this was written: it may have more by now, never less. */
interface Turn extends Due {
  readonly tenant: Tenant;
}

interface Aside {
  readonly messages: Deque<Message>;
  /** Null while it has no place; other turns of the tenant are void. */
  turn: Turn | null;
}

export class FairLine implements Line {
  readonly #line: Deque<Message>;
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
  constructor(line: Deque<Message>, messages: Iterable<Message>, nowMs: number) {
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
    if (!atFront) this.#line.pushBack(message);
    else if (tenant?.noisy) this.#asideOf(tenant).messages.pushFront(message);
    else this.#line.pushFront(message);
  }

  next(): Message | undefined {
    for (let message = this.#line.popFront(); message !== undefined; message = this.#line.popFront()) {
      if (message.state !== messageStates.visible) continue;
      const tenant = this.#tenants.of(message, this.#nowMs);
      if (tenant === null) return message;
      this.#tenants.judge(tenant, this.#nowMs);
      if (!tenant.noisy) return message;
      this.#asideOf(tenant).messages.pushBack(message);
    }
    return this.#nextOfNoisy();
  }

  putBack(message: Message): void {
    const tenant = this.#tenants.of(message, this.#nowMs);
    if (tenant?.noisy) this.#asideOf(tenant).messages.pushFront(message);
    else this.#line.pushFront(message);
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

  noisyCounts(nowMs: number): NoisyCounts {
    this.#tenants.settle(nowMs);
    return this.#tenants.noisyCounts();
  }

  /** Of quiet tenants, messages of nobody included; those received over and over left out. */
  oldestOfQuiet(nowMs: number): Message | undefined {
    this.#tenants.settle(nowMs);
    return this.#arrivals.oldest((message) => this.#tenants.of(message, nowMs));
  }

  /** Everybody else has been served: the line is empty, and what waits is set aside. */
  #nextOfNoisy(): Message | undefined {
    for (let turn = this.#turns.peek(); turn !== undefined; turn = this.#turns.peek()) {
      const { tenant } = turn;
      const aside = this.#asides.get(tenant);
      const message = aside?.turn === turn ? firstVisible(aside.messages) : undefined;
      if (message !== undefined && turn.atMs === tenant.inFlight) {
        aside!.messages.popFront();
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
      aside = { messages: new Deque(), turn: null };
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
    for (let index = aside.messages.length - 1; index >= 0; index--) this.#line.pushFront(aside.messages.at(index)!);
  }
}

function firstVisible(messages: Deque<Message>): Message | undefined {
  for (let first = messages.at(0); first !== undefined; first = messages.at(0)) {
    if (first.state === messageStates.visible) return first;
    messages.popFront();
  }
  return undefined;
}
