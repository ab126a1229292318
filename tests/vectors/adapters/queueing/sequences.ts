/** Given jobs: the per-message plant must give every wait as Kiefer and Wolfowitz do, to the last bit. */
import { z } from 'zod';
import { constant } from '../../../../src/core/distributions/index.ts';
import { drain, kieferWolfowitz } from '../../../../src/core/queueing/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { MessagePlant } from '../../../../src/replay/plants/perMessage/plant.ts';
import { type Expected, type Outcome, UnfitInput } from '../../adapter.ts';
import { minuteTable } from './flows.ts';
import { mean, quantileOf, read } from './params.ts';

const whole = z.number().int().positive();
const rate = z.number().positive();
const seconds = z.array(z.number()).min(1);

/** @throws Error when the plant and the recursion differ */
function work(arrivals: ArrayLike<number>, services: ArrayLike<number>, servers: number) {
  const exact = kieferWolfowitz(arrivals, services, servers);
  const plant = new MessagePlant({
    sentSeconds: arrivals,
    queue: { visibilityTimeoutSeconds: Infinity, retentionSeconds: Infinity },
    work: { service: constant(0), serviceSeconds: services },
    instances: servers,
    random: seededRandom(0),
  });
  plant.beginMinute();
  plant.advance(Infinity);
  const waits = plant.waitSeconds();
  const differs = waits.findIndex((wait, job) => Math.abs(wait - exact.waitSeconds[job]!) > 1e-9 * Math.max(1, wait));
  if (differs >= 0)
    throw new Error(`job ${differs} waits ${waits[differs]} in the plant, ${exact.waitSeconds[differs]}`);
  return { plant, waits, finish: exact.finishSeconds };
}

function figures({ plant, waits, finish }: ReturnType<typeof work>, expected: Expected): Record<string, unknown> {
  const sorted = waits.toSorted();
  const ranks = Object.keys(expected).flatMap((field) => {
    const share = quantileOf(field);
    return share === null ? [] : [[field, sorted[Math.ceil(share * sorted.length) - 1]!] as const];
  });
  return {
    ...Object.fromEntries(ranks),
    wait_s: [...waits],
    finish_s: [...finish],
    mean_wait: mean(waits),
    max_wait: sorted.at(-1),
    wait_last: waits.at(-1),
    n_waited: waits.filter((wait) => wait > 0).length,
    makespan: plant.nowSeconds,
    little_area_queue: plant.minuteBacklogSeconds,
    little_area_system: plant.minuteBacklogSeconds + plant.minuteNotVisibleSeconds,
  };
}

function listed(params: unknown, expected: Expected): Outcome {
  const { arrival_s, service_s, c } = read(
    z.strictObject({ arrival_s: seconds, service_s: seconds, c: whole, discipline: z.literal('FIFO').optional() }),
    params,
  );
  return figures(work(arrival_s, service_s, c), expected);
}

const LCG =
  'x<-(1664525 x+1013904223) mod 2^32; u=(x+0.5)/2^32; per job first inter-arrival then service; both -ln(u)/rate';

function generated(params: unknown, expected: Expected): Outcome {
  const told = read(
    z.strictObject({
      lcg: z.literal(LCG),
      seed: z.number().int(),
      n: whole,
      lambda_per_s: rate,
      mu_per_s: rate,
      c: whole.optional(),
      indices: z.array(z.number().int()).optional(),
    }),
    params,
  );
  let state = told.seed >>> 0;
  const exponential = (perSecond: number): number => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    return -Math.log((state + 0.5) / 4_294_967_296) / perSecond;
  };
  const arrivals = new Float64Array(told.n);
  const services = new Float64Array(told.n);
  let now = 0;
  for (let job = 0; job < told.n; job++) {
    now += exponential(told.lambda_per_s);
    arrivals[job] = now;
    services[job] = exponential(told.mu_per_s);
  }
  const worked = work(arrivals, services, told.c ?? 1);
  return {
    ...figures(worked, expected),
    last_arrival: now,
    sum_service: services.reduce((sum, service) => sum + service, 0),
    wait_at_index: told.indices?.map((job) => worked.waits[job]),
  };
}

function regular(params: unknown, expected: Expected): Outcome {
  const { interarrival_s, service_s, c, n, first_arrival_s } = read(
    z.strictObject({ interarrival_s: rate, service_s: rate, c: whole, n: whole, first_arrival_s: z.number() }),
    params,
  );
  const arrivals = Float64Array.from({ length: n }, (_, job) => first_arrival_s + job * interarrival_s);
  return {
    ...figures(work(arrivals, new Float64Array(n).fill(service_s), c), expected),
    backlog_slope_per_s: Math.max(0, drain(0, 1 / interarrival_s, c / service_s).netRate),
  };
}

/** @throws UnfitInput for parameters of no known sequence; Error when the plant contradicts the recursion */
export function sequence(params: Readonly<Record<string, unknown>>, expected: Expected): Outcome {
  if ('arrivals' in params) return minuteTable(params);
  if ('arrival_s' in params) return listed(params, expected);
  if ('lcg' in params) return generated(params, expected);
  if ('interarrival_s' in params) return regular(params, expected);
  throw new UnfitInput(`no sequence has the parameters ${Object.keys(params).join(', ')}`);
}
