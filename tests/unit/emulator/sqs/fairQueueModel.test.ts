/**
 * Fair queues against their rules as a person would check them, with no cleverness: all tenants judged anew after every step.
 *
 * Steps lie a millisecond apart, too close together for processing time to matter (SQS-102 has cases of its own).
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Queue } from '../../../../src/emulator/sqs/queue.ts';
import { account } from './harness.ts';

const HISTORIES = 600;

interface Noted {
  readonly sequence: number;
  readonly tenant: string | null;
  readonly sentAtMs: number;
  inFlight: boolean;
  receives: number;
  /** Smaller is nearer to the front. */
  place: number;
  handle: string;
}

const tenants = [null, 'a', 'b', 'c', 'd'] as const;
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('send' as const),
        tenant: fc.constantFrom(...tenants),
        count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 25, max: 45 })),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('receive' as const),
        max: fc.integer({ min: 1, max: 10 }),
        times: fc.integer({ min: 1, max: 6 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('delete' as const, 'return' as const),
        first: fc.nat(200),
        count: fc.integer({ min: 1, max: 30 }),
      }),
    },
  ),
  { minLength: 10, maxLength: 40 },
);
type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never;

class Model {
  messages: Noted[] = [];
  noisy = new Set<string>();
  #front = 0;
  #back = 0;

  of(tenant: string | null, inFlight: boolean): Noted[] {
    return this.messages.filter((one) => one.tenant === tenant && one.inFlight === inFlight);
  }

  /** The rules as they are written. */
  judge(): void {
    const inFlight = this.messages.filter((one) => one.inFlight).length;
    for (const tenant of tenants) {
      if (tenant === null) continue;
      const own = this.of(tenant, true).length;
      const crowds = own >= 30 && own / inFlight > 0.1;
      const backlog = this.of(tenant, false).length > 0;
      if (crowds || (this.noisy.has(tenant) && backlog)) this.noisy.add(tenant);
      else this.noisy.delete(tenant);
    }
  }

  isQuiet = ({ tenant }: Noted): boolean => tenant === null || !this.noisy.has(tenant);

  /** All that may be next: one message, or the first of each noisy tenant that has the fewest in flight. */
  next(): Noted[] {
    const visible = this.messages.filter((one) => !one.inFlight).sort((a, b) => a.place - b.place);
    const quiet = visible.find(this.isQuiet);
    if (quiet !== undefined) return [quiet];
    const firsts = [...this.noisy].flatMap((tenant) => visible.find((one) => one.tenant === tenant) ?? []);
    const fewest = Math.min(...firsts.map(({ tenant }) => this.of(tenant, true).length));
    return firsts.filter(({ tenant }) => this.of(tenant, true).length === fewest);
  }

  show(one: Noted, atFront: boolean): void {
    one.inFlight = false;
    one.place = atFront ? --this.#front : ++this.#back;
  }
}

function take(queue: Queue, model: Model, { max, times }: { max: number; times: number }): void {
  for (let time = 0; time < times; time++) {
    const received = queue.receive(max, 3_600);
    expect(received).toHaveLength(Math.min(max, model.messages.filter(({ inFlight }) => !inFlight).length));
    for (const { message, receiptHandle } of received) {
      const known = model.next().find(({ sequence }) => sequence === message.sequence);
      expect(known, `${message.sequence} of ${message.groupId} is not next`).toBeDefined();
      known!.inFlight = true;
      known!.receives++;
      known!.handle = receiptHandle;
      model.judge();
    }
  }
}

function play(history: readonly Step[]): { readonly sawNoisy: boolean; readonly sawBoth: boolean } {
  const { sqs, world } = account({ startMs: 0 });
  const queue = sqs.createQueue('q', {});
  const model = new Model();
  let sawNoisy = false;
  let sawBoth = false;
  let fair = false;
  for (const step of history) {
    world.advanceTo(world.nowMs() + 1);
    if (step.kind === 'send') {
      for (let index = 0; index < step.count; index++) {
        const { tenant } = step;
        const { sequence } = queue.send({ body: 'x', ...(tenant === null ? {} : { groupId: tenant }) });
        const sentAtMs = world.nowMs();
        const one = { sequence, tenant, sentAtMs, inFlight: false, receives: 0, place: 0, handle: '' };
        model.messages.push(one);
        model.show(one, false);
        fair ||= tenant !== null;
        model.judge();
      }
    } else if (step.kind === 'receive') {
      take(queue, model, step);
    } else {
      const flying = model.messages.filter(({ inFlight }) => inFlight);
      for (const one of flying.slice(step.first, step.first + step.count)) {
        if (step.kind === 'delete') {
          queue.deleteMessage(one.handle);
          model.messages = model.messages.filter((other) => other !== one);
        } else {
          // What comes back at one instant keeps its order (SQS-04), so each has an instant of its own.
          world.advanceTo(world.nowMs() + 0.001);
          queue.changeVisibility(one.handle, 0);
          model.show(one, one.receives < 3);
        }
        model.judge();
      }
    }
    const quiet = model.messages.filter(model.isQuiet);
    const oldest = quiet.find(({ receives }) => receives < 3);
    expect(queue.fairCounts()).toEqual(
      fair
        ? {
            noisyGroups: model.noisy.size,
            quiet: {
              visible: quiet.filter(({ inFlight }) => !inFlight).length,
              notVisible: quiet.filter(({ inFlight }) => inFlight).length,
              delayed: 0,
            },
            oldestQuietAgeMs: oldest === undefined ? null : world.nowMs() - oldest.sentAtMs,
          }
        : null,
    );
    sawNoisy ||= model.noisy.size > 0;
    sawBoth ||= model.noisy.size > 1;
  }
  return { sawNoisy, sawBoth };
}

test('[SQS-101, 103, 105, 106] a fair queue is what its rules say', { timeout: 120_000 }, () => {
  let noisy = 0;
  let several = 0;
  fc.assert(
    fc.property(steps, (history) => {
      const { sawNoisy, sawBoth } = play(history);
      if (sawNoisy) noisy++;
      if (sawBoth) several++;
    }),
    { numRuns: HISTORIES, seed: 20_261_129 },
  );
  // The drawn histories are worth something.
  expect(noisy).toBeGreaterThan(HISTORIES / 4);
  expect(several).toBeGreaterThan(HISTORIES / 20);
});
