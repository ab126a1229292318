/**
 * A producer: sends to one queue along a load curve, every second as many messages as chance says for that second.
 */
import type { Random } from '../../core/time/random.ts';
import { poisson, ratePerSecondAt } from '../scenarios/load.ts';
import type { ProducerSpec } from '../scenarios/spec.ts';
import type { World } from '../world/world.ts';

/** As much of a queue as a producer needs. */
export interface SendingQueue {
  send(message: { readonly body: string }): unknown;
}

/** What a poison message's body begins with: instances fail on it every time. */
export const poisonMark = '{"poison":true';

/**
 * @param queueByName looked up every second: a queue that was deleted and made again is found again
 * @returns stops sending
 */
export function startProducer(options: {
  readonly world: World;
  readonly queueByName: () => SendingQueue | undefined;
  readonly spec: ProducerSpec;
  readonly random: Random;
}): () => void {
  const { world, queueByName, spec, random } = options;
  // Two texts for all messages: half a million bodies would else be half a million strings.
  const good = { body: padded('{"order":true', spec.bodyBytes) };
  const poison = { body: padded(poisonMark, spec.bodyBytes) };
  return world.every(world.nowMs() + 1_000, 1_000, () => {
    const arrivals = poisson(random, ratePerSecondAt(spec.load, world.nowMs()));
    if (arrivals === 0) return;
    const queue = queueByName();
    if (queue === undefined) return;
    for (let count = 0; count < arrivals; count++) queue.send(random.next() < spec.poisonShare ? poison : good);
  });
}

function padded(start: string, bytes: number): string {
  const open = `${start},"padding":"`;
  return `${open.padEnd(Math.max(open.length, bytes - 2), 'x')}"}`;
}
