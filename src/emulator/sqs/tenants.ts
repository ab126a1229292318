/**
 * Tenants of a fair queue: how many messages each has waiting, in flight and delayed, and who of them is noisy.
 *
 * A message group of a standard queue is a tenant; a message without a group belongs to nobody and is never noisy. Every step costs
 * the same, however many tenants there are. Rules: docs/rules/sqs.md (SQS-101 to SQS-104). Not here: who is handed out next (fairLine.ts).
 */
import { type Due, DueHeap } from '../world/heap.ts';
import { type Message, type MessageState, messageStates } from './message.ts';
import { RecentWork } from './recentWork.ts';

/** Noisy above a tenth, of the messages in flight or of recent processing time. */
const noisyAbovePartOf = 10;
/** A few in flight are nobody's neighbour, however large their share. */
const noisyInFlightMin = 30;
/** The same for processing time: an average of one message in flight for half of the time that counts as recent. */
const noisyAverageInFlightMin = 0.5;
export const quietAfterMs = 300_000;

export class Tenant {
  visible = 0;
  inFlight = 0;
  delayed = 0;
  noisy = false;
  /** Since when nothing of it is in flight; says nothing while something is. */
  idleSinceMs: number;
  readonly recent: RecentWork;

  constructor(nowMs: number) {
    this.idleSinceMs = nowMs;
    this.recent = new RecentWork(nowMs);
  }
}

/** A noisy tenant that had nothing in flight when this was written, and when it will have been so for long enough. */
interface Idle extends Due {
  readonly tenant: Tenant;
  readonly sinceMs: number;
}

export interface NoisyCounts {
  readonly groups: number;
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
}

export class Tenants {
  readonly #byGroup = new Map<string, Tenant>();
  readonly #noisy = new Set<Tenant>();
  /** Tenants with many in flight, by how many: who stands at the edge of a share is found at once. */
  readonly #crowds = new Map<number, Set<Tenant>>();
  readonly #idle = new DueHeap<Idle>();
  readonly #onQuiet: (tenant: Tenant) => void;
  #recent: RecentWork;
  #inFlight = 0;
  #sweepAbove = 1_024;

  /** @param onQuiet called when a noisy tenant has turned quiet */
  constructor(nowMs: number, onQuiet: (tenant: Tenant) => void) {
    this.#recent = new RecentWork(nowMs);
    this.#onQuiet = onQuiet;
  }

  /** Null for a message of nobody. */
  of(message: Message, nowMs: number): Tenant | null {
    if (message.groupId === null) return null;
    let tenant = this.#byGroup.get(message.groupId);
    if (tenant === undefined) {
      if (this.#byGroup.size > this.#sweepAbove) this.#sweep(nowMs);
      tenant = new Tenant(nowMs);
      this.#byGroup.set(message.groupId, tenant);
    }
    return tenant;
  }

  /** One message more (1) or less (-1) of a tenant, or of nobody, in a state. Follow with `judge` when all is counted. */
  count(tenant: Tenant | null, state: MessageState, step: 1 | -1, nowMs: number): void {
    if (state === messageStates.inFlight) this.#countInFlight(tenant, step, nowMs);
    else if (tenant === null) return;
    else if (state === messageStates.visible) tenant.visible += step;
    else tenant.delayed += step;
  }

  /** Decides anew whether a tenant is noisy. */
  judge(tenant: Tenant, nowMs: number): void {
    const crowds = tenant.inFlight >= noisyInFlightMin && tenant.inFlight * noisyAbovePartOf > this.#inFlight;
    if (tenant.noisy) {
      // Its backlog is consumed, and what is left does not make it noisy again.
      if (tenant.visible === 0 && !crowds) this.#turnQuiet(tenant);
    } else if (crowds || (tenant.visible > 0 && this.#takesTime(tenant, nowMs))) {
      tenant.noisy = true;
      this.#noisy.add(tenant);
      if (tenant.inFlight === 0) this.#watchIdle(tenant);
    }
  }

  /** Noisy tenants that have had nothing in flight for five minutes are quiet, as of then. */
  settle(nowMs: number): void {
    for (let top = this.#idle.peek(); top !== undefined && top.atMs <= nowMs; top = this.#idle.peek()) {
      this.#idle.pop();
      const { tenant, sinceMs } = top;
      if (!tenant.noisy || tenant.inFlight > 0 || tenant.idleSinceMs !== sinceMs) continue;
      // What it did before counts no longer, or it would be noisy again at once.
      tenant.recent.forget(nowMs);
      this.#turnQuiet(tenant);
    }
  }

  noisyCounts(): NoisyCounts {
    let visible = 0;
    let notVisible = 0;
    let delayed = 0;
    for (const tenant of this.#noisy) {
      visible += tenant.visible;
      notVisible += tenant.inFlight;
      delayed += tenant.delayed;
    }
    return { groups: this.#noisy.size, visible, notVisible, delayed };
  }

  clear(nowMs: number): void {
    this.#byGroup.clear();
    this.#noisy.clear();
    this.#crowds.clear();
    this.#idle.clear();
    this.#recent = new RecentWork(nowMs);
    this.#inFlight = 0;
  }

  #countInFlight(tenant: Tenant | null, step: 1 | -1, nowMs: number): void {
    this.#recent.settle(nowMs, this.#inFlight);
    this.#inFlight += step;
    if (tenant !== null) {
      tenant.recent.settle(nowMs, tenant.inFlight);
      this.#crowds.get(tenant.inFlight)?.delete(tenant);
      tenant.inFlight += step;
      if (tenant.inFlight >= noisyInFlightMin) this.#crowd(tenant.inFlight).add(tenant);
      if (tenant.inFlight === 0) {
        tenant.idleSinceMs = nowMs;
        if (tenant.noisy) this.#watchIdle(tenant);
      }
    }
    // Who has exactly a tenth of this was not, or is no longer, above a tenth.
    const edge = Math.max(this.#inFlight, this.#inFlight - step);
    if (edge % noisyAbovePartOf !== 0) return;
    for (const other of this.#crowds.get(edge / noisyAbovePartOf) ?? []) this.judge(other, nowMs);
  }

  #crowd(inFlight: number): Set<Tenant> {
    let crowd = this.#crowds.get(inFlight);
    if (crowd === undefined) {
      crowd = new Set();
      this.#crowds.set(inFlight, crowd);
    }
    return crowd;
  }

  #takesTime(tenant: Tenant, nowMs: number): boolean {
    const own = tenant.recent.settle(nowMs, tenant.inFlight);
    if (own < noisyAverageInFlightMin) return false;
    return own * noisyAbovePartOf > this.#recent.settle(nowMs, this.#inFlight);
  }

  #watchIdle(tenant: Tenant): void {
    const sinceMs = tenant.idleSinceMs;
    this.#idle.push({ atMs: sinceMs + quietAfterMs, order: 0, tenant, sinceMs });
  }

  #turnQuiet(tenant: Tenant): void {
    tenant.noisy = false;
    this.#noisy.delete(tenant);
    this.#onQuiet(tenant);
  }

  /** Forgets tenants that have no message and have done nothing recently; the next time only when there are twice as many. */
  #sweep(nowMs: number): void {
    for (const [groupId, tenant] of this.#byGroup) {
      const empty = tenant.visible + tenant.inFlight + tenant.delayed === 0;
      if (empty && nowMs - tenant.idleSinceMs >= quietAfterMs) this.#byGroup.delete(groupId);
    }
    this.#sweepAbove = Math.max(1_024, 2 * this.#byGroup.size);
  }
}
