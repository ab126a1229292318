/**
 * Asks for latencies from a process of its own, with room for its young objects: `latencyClient.ts ENDPOINT MODE`, forked by `latenciesOf`.
 *
 * A client that takes thousands of answers a second collects garbage some twenty times a second, milliseconds each, in which nothing is
 * read: that would be told as the server's latency. So it is the lean one (leanClient.ts), with room for what it still makes: with undici's pool
 * the bare server's p99 was two to four times as long. Not here: the load itself (load.ts).
 */
import { fork } from 'node:child_process';
import { createLeanClient } from './leanClient.ts';
import { connections, createQueue, cycleOf, type Mode, runAtRate, runFlatOut } from './load.ts';
import { median, quantile } from './statistics.ts';

export interface Latencies {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface LatencyClient {
  at(messagesPerSecond: number, ms: number): Promise<Latencies>;
  stop(): void;
}

interface Wanted {
  readonly messagesPerSecond: number;
  readonly ms: number;
}

const roomForYoung = ['--min-semi-space-size=64', '--max-semi-space-size=64'];
const warmUpMs = 3_000;

export async function latenciesOf(endpoint: string, mode: Mode): Promise<LatencyClient> {
  const child = fork(import.meta.filename, [endpoint, mode], { execArgv: roomForYoung });
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as T));
      child.once('exit', (code) => reject(new Error(`the client of latencies ended with ${code}`)));
    });
  await next<'warm'>();
  return {
    at(messagesPerSecond, ms) {
      const latencies = next<Latencies>();
      child.send({ messagesPerSecond, ms } satisfies Wanted);
      return latencies;
    },
    stop: () => child.disconnect(),
  };
}

async function serve(endpoint: string, mode: Mode): Promise<void> {
  const client = createLeanClient(endpoint, connections);
  const cycle = cycleOf(client, mode, await createQueue(client, 'latency'));
  await runFlatOut(cycle, mode, warmUpMs);
  process.on('message', async ({ messagesPerSecond, ms }: Wanted) => {
    const latenciesMs = await runAtRate(cycle, mode, messagesPerSecond, ms);
    process.send!({ p50Ms: median(latenciesMs), p99Ms: quantile(latenciesMs, 0.99) } satisfies Latencies);
  });
  process.once('disconnect', () => process.exit(0));
  process.send!('warm');
}

const [program, endpoint, mode] = process.argv.slice(1);
if (program === import.meta.filename) await serve(endpoint!, mode as Mode);
