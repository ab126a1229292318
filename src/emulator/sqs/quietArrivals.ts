/**
 * The messages of a fair queue in the order they came, noisy tenants' set aside: finds the oldest that a quiet tenant waits for.
 *
 * A message is looked at when it has come to the front, so that each costs the same however long a noisy backlog is.
 */
import { countsForAge } from '../../core/queue/metrics.ts';
import { type Due, DueHeap } from '../world/heap.ts';
import { Deque } from './deque.ts';
import { type Message, messageStates } from './message.ts';
import type { Tenant } from './tenants.ts';

/** Of a tenant that is quiet again; earliest arrival first. */
interface Returned extends Due {
  readonly message: Message;
}

const counts = (message: Message): boolean =>
  message.state !== messageStates.gone && countsForAge('standard', message.receivesHere);

export class QuietArrivals {
  readonly #inOrder = new Deque<Message>();
  readonly #returned = new DueHeap<Returned>();
  readonly #setAside = new Map<Tenant, Message[]>();

  /** @param alive messages in the queue, this one included */
  add(message: Message, alive: number): void {
    // As in the queue's own order: holes are closed now and then.
    if (this.#inOrder.length > 2 * alive + 1_024) this.#inOrder.compact(counts);
    this.#inOrder.pushBack(message);
  }

  /** @param tenantOf null for a message of nobody @returns undefined when quiet tenants have no message that counts for the age */
  oldest(tenantOf: (message: Message) => Tenant | null): Message | undefined {
    const quiet = (message: Message): boolean => {
      if (!counts(message)) return false;
      const tenant = tenantOf(message);
      if (tenant === null || !tenant.noisy) return true;
      const aside = this.#setAside.get(tenant);
      if (aside === undefined) this.#setAside.set(tenant, [message]);
      else aside.push(message);
      return false;
    };
    // Whatever was set aside came before all that is still in order.
    for (let top = this.#returned.peek(); top !== undefined; top = this.#returned.peek()) {
      if (quiet(top.message)) return top.message;
      this.#returned.pop();
    }
    for (let first = this.#inOrder.at(0); first !== undefined; first = this.#inOrder.at(0)) {
      if (quiet(first)) return first;
      this.#inOrder.popFront();
    }
    return undefined;
  }

  /** A tenant is quiet again: its messages count as before. */
  takeBack(tenant: Tenant): void {
    for (const message of this.#setAside.get(tenant) ?? []) {
      this.#returned.push({ atMs: message.arrival, order: 0, message });
    }
    this.#setAside.delete(tenant);
  }

  clear(): void {
    this.#inOrder.clear();
    this.#returned.clear();
    this.#setAside.clear();
  }
}
