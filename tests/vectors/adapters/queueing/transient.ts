/** Queues on their way: uniformisation and closed forms, held against many short runs of the per-message plant. */
import { z } from 'zod';
import { constant, drawExponential, exponential } from '../../../../src/core/distributions/index.ts';
import { infiniteServersMean, mmcTransient, timeToEmpty } from '../../../../src/core/queueing/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { MessagePlant } from '../../../../src/replay/plants/perMessage/plant.ts';
import { type Outcome, UnfitInput } from '../../adapter.ts';
import { read } from './params.ts';
import { expectEnsemble } from './simulate.ts';

const rate = z.number().positive();
const count = z.number().int().nonnegative();
/** Messages over all runs. */
const EFFORT = 300_000;

/** Means at some instants of `servers` that start with some messages. */
function simulateMeans(
  load: { arrivals: number; service: number; servers: number; initial: number },
  times: readonly number[],
  exact: { inSystem: readonly number[]; waiting: readonly number[] },
): void {
  const end = times.at(-1)!;
  const figures = times.flatMap((time, index) => [
    { name: `E[N(${time})]`, exact: exact.inSystem[index]! },
    { name: `E[Nq(${time})]`, exact: exact.waiting[index]! },
  ]);
  const runs = Math.max(300, Math.min(6_000, EFFORT / (load.initial + load.arrivals * end)));
  expectEnsemble(runs, figures, (seed) => {
    const random = seededRandom(seed);
    const sentSeconds: number[] = new Array<number>(load.initial).fill(-1);
    for (let at = draw(); at < end; at += draw()) sentSeconds.push(at);
    function draw(): number {
      return drawExponential(random) / load.arrivals;
    }
    const plant = new MessagePlant({
      sentSeconds,
      queue: { visibilityTimeoutSeconds: Infinity },
      work: { service: exponential(1 / load.service) },
      instances: load.servers,
      random,
    });
    return times.flatMap((time) => {
      plant.advance(time);
      return [plant.inSystem, plant.visible];
    });
  });
}

const onTheWay = z.strictObject({
  lambda_per_s: rate,
  mu_per_s: rate,
  c: z.number().int().positive().optional(),
  n0: count,
  t_s: z.array(z.number().nonnegative()).min(1),
});

function manyServers(family: string, params: unknown): Outcome {
  const { lambda_per_s, mu_per_s, c, n0, t_s } = read(onTheWay, params);
  const servers = c ?? Number(/(\d+)$/.exec(family)?.[1]);
  const means = mmcTransient({ arrivalsPerSecond: lambda_per_s, servicePerSecond: mu_per_s, servers }, n0, t_s);
  simulateMeans({ arrivals: lambda_per_s, service: mu_per_s, servers, initial: n0 }, t_s, means);
  return { E_N: means.inSystem, E_Nq: means.waiting };
}

function infiniteServers(params: unknown): Outcome {
  const { lambda_per_s, mu_per_s, n0, t_s } = read(onTheWay, params);
  const inSystem = t_s.map((time) => infiniteServersMean(lambda_per_s, mu_per_s, n0, time));
  const load = lambda_per_s / mu_per_s;
  // Enough that nobody ever waits.
  const servers = Math.ceil(n0 + load + 12 * Math.sqrt(load) + 20);
  simulateMeans({ arrivals: lambda_per_s, service: mu_per_s, servers, initial: n0 }, t_s, {
    inSystem,
    waiting: t_s.map(() => 0),
  });
  return { E_N: inSystem };
}

function draining(params: unknown): Outcome {
  const { mu_per_s, c, n0 } = read(
    z.strictObject({ mu_per_s: rate, c: z.number().int().positive(), n0: count }),
    params,
  );
  const { meanSeconds, variance } = timeToEmpty(n0, mu_per_s, c);
  const figures = [
    { name: 'mean_time_to_empty', exact: meanSeconds },
    { name: 'variance', exact: variance },
  ];
  expectEnsemble(Math.max(600, Math.min(6_000, EFFORT / n0)), figures, (seed) => {
    const plant = new MessagePlant({
      sentSeconds: new Float64Array(n0).fill(-1),
      queue: { visibilityTimeoutSeconds: Infinity },
      work: { service: mu_per_s === Infinity ? constant(0) : exponential(1 / mu_per_s) },
      instances: c,
      random: seededRandom(seed),
    });
    plant.advance(Infinity);
    return [plant.nowSeconds, (plant.nowSeconds - meanSeconds) ** 2];
  });
  return { mean_time_to_empty: meanSeconds, variance };
}

/** @throws UnfitInput for a family nobody knows; Error when the simulation contradicts the closed form */
export function transient(family: string, params: unknown): Outcome {
  if (/^M\/M\/inf$/i.test(family)) return infiniteServers(params);
  if (/^M\/M\/(c|\d+)$/.test(family)) return manyServers(family, params);
  if (family === 'drain') return draining(params);
  throw new UnfitInput(`unknown family "${family}"`);
}
