/** Steady states: what the closed forms say, held against a long run of the per-message plant. */
import { z } from 'zod';
import {
  constant,
  type Distribution,
  erlang,
  exponential,
  hyperExponential,
  lognormal,
  pareto,
  paretoWithMean,
  squaredCv,
  uniform,
} from '../../../../src/core/distributions/index.ts';
import {
  batchArrivals,
  erlangB,
  finiteSource,
  type MmcLoad,
  mdc,
  mdcLaw,
  mdcWaitWithin,
  mg1,
  mmc,
  mmck,
  mmcWaitQuantileSeconds,
  mmcWaitTail,
} from '../../../../src/core/queueing/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { poissonArrivals } from '../../../../src/replay/plants/perMessage/arrivals.ts';
import { type Expected, type Outcome, UnfitInput } from '../../adapter.ts';
import { quantileOf, read, steadyFigures } from './params.ts';
import { expectInside, meanInSystem, meanWait, meanWaiting, memoryOf, type Scene, waitsAbove } from './simulate.ts';

type Family = (params: unknown, expected: Expected, family: string) => Outcome;

const rate = z.number().positive();
const whole = z.number().int().positive();

const poisson =
  (perSecond: number, instances: number, service: Distribution, batchSize = 1): Scene =>
  (messages, seed) => ({
    sentSeconds: poissonArrivals(perSecond, messages, seededRandom(seed, 'arrivals'), batchSize),
    instances,
    work: { service },
  });

/** Figures about single waits that a vector asks by name: quantiles, and P(wait > t) or P(wait <= t). */
function waitFigures(expected: Expected, tail: (seconds: number) => number, quantile?: (share: number) => number) {
  const figures: Record<string, number> = {};
  for (const field of Object.keys(expected)) {
    const share = quantileOf(field);
    if (share !== null && quantile !== undefined) figures[field] = quantile(share);
    const limit = /^[pP]_?(?:wait|W|Wq)_(gt|le)_([\d.]+)$/.exec(field);
    if (limit === null) continue;
    const above = tail(Number(limit[2]));
    figures[field] = limit[1] === 'gt' ? above : 1 - above;
  }
  return figures;
}

/** M/M/c, the number of servers as a parameter or in the family's name. */
const manyServers: Family = (params, expected, family) => {
  const { lambda_per_s, mu_per_s, c } = read(
    z.strictObject({ lambda_per_s: rate, mu_per_s: rate, c: whole.optional() }),
    params,
  );
  const servers = c ?? Number(/^M\/M\/(\d+)$/.exec(family)?.[1]);
  const load: MmcLoad = { arrivalsPerSecond: lambda_per_s, servicePerSecond: mu_per_s, servers };
  const queue = mmc(load);
  const service = 1 / mu_per_s;
  const quantiles = waitFigures(
    expected,
    (seconds) => mmcWaitTail(load, seconds),
    (share) => mmcWaitQuantileSeconds(load, share),
  );
  const exceeded = Object.entries(quantiles).flatMap(([field, seconds]) => {
    const share = quantileOf(field);
    return share === null || seconds === 0 ? [] : waitsAbove(field, seconds, 1 - share);
  });
  const figures = [
    meanWait(queue.meanWaitSeconds),
    meanWaiting(queue.meanWaiting),
    meanInSystem(queue.meanInSystem),
    ...waitsAbove('erlang_c', 0, queue.waitProbability),
    ...waitsAbove('p_wait_gt_1_over_mu', service, mmcWaitTail(load, service)),
    ...exceeded,
  ];
  const memory = memoryOf(lambda_per_s, mu_per_s, servers);
  expectInside(poisson(lambda_per_s, servers, exponential(service)), lambda_per_s, figures, memory);
  return {
    ...steadyFigures(queue),
    ...quantiles,
    erlang_c: queue.waitProbability,
    p0: queue.emptyProbability,
    p_wait_gt_1_over_mu: mmcWaitTail(load, service),
    cs2: 1,
    Wq_variance: servers === 1 ? mg1(lambda_per_s, exponential(service)).waitVariance : undefined,
  };
};

const loss: Family = (params) => {
  const { offered_load, c } = read(z.strictObject({ offered_load: rate, c: whole }), params);
  const blocking = erlangB(offered_load, c);
  const scene: Scene = (messages, seed) => ({
    ...poisson(offered_load, c, exponential(1))(messages, seed),
    queue: { roomForMessages: c },
  });
  expectInside(scene, offered_load, [
    { name: 'blocking', exact: blocking, of: ({ sent, refused }) => refused / (sent + refused) },
  ]);
  return { blocking };
};

const bounded: Family = (params) => {
  const { lambda_per_s, mu_per_s, c, K } = read(
    z.strictObject({ lambda_per_s: rate, mu_per_s: rate, c: whole, K: whole }),
    params,
  );
  const queue = mmck({ arrivalsPerSecond: lambda_per_s, servicePerSecond: mu_per_s, servers: c }, K);
  const scene: Scene = (messages, seed) => ({
    ...poisson(lambda_per_s, c, exponential(1 / mu_per_s))(messages, seed),
    queue: { roomForMessages: K },
  });
  expectInside(scene, lambda_per_s, [
    meanWait(queue.meanWaitSeconds),
    meanInSystem(queue.meanInSystem),
    { name: 'p_block', exact: queue.blockingProbability, of: ({ sent, refused }) => refused / (sent + refused) },
    { name: 'throughput', exact: queue.throughputPerSecond, of: ({ deleted, seconds }) => deleted / seconds },
  ]);
  return {
    ...steadyFigures(queue),
    p_block: queue.blockingProbability,
    blocking: queue.blockingProbability,
    throughput: queue.throughputPerSecond,
    p0: queue.emptyProbability,
  };
};

const finite: Family = (params) => {
  const { N, think_rate_per_s, mu_per_s, c } = read(
    z.strictObject({ N: whole, think_rate_per_s: rate, mu_per_s: rate, c: whole }),
    params,
  );
  const queue = finiteSource(N, think_rate_per_s, mu_per_s, c);
  const scene: Scene = (_, seed) => {
    const random = seededRandom(seed, 'first');
    const thinkTime = exponential(1 / think_rate_per_s);
    return {
      sentSeconds: Float64Array.from({ length: N }, () => thinkTime.sample(random)).sort(),
      thinkTime,
      instances: c,
      work: { service: exponential(1 / mu_per_s) },
    };
  };
  expectInside(scene, queue.throughputPerSecond, [
    meanWait(queue.meanWaitSeconds),
    meanInSystem(queue.meanInSystem),
    { name: 'throughput', exact: queue.throughputPerSecond, of: ({ deleted, seconds }) => deleted / seconds },
  ]);
  return {
    ...steadyFigures(queue),
    p0: queue.emptyProbability,
    throughput: queue.throughputPerSecond,
    cpu_util: queue.utilization,
  };
};

const single = { lambda_per_s: rate };
const meanService = { ...single, mean_service_s: rate };

/** Service times of the families M/.../1, by the letter between. */
const services: readonly (readonly [RegExp, (params: unknown) => { lambda_per_s: number; service: Distribution }])[] = [
  [
    /^D$/,
    (params) => {
      const { lambda_per_s, service_s } = read(z.strictObject({ ...single, service_s: rate }), params);
      return { lambda_per_s, service: constant(service_s) };
    },
  ],
  [
    /^E(_?k|_?\d+)$/i,
    (params) => {
      const { lambda_per_s, mean_service_s, k } = read(z.strictObject({ ...meanService, k: whole }), params);
      return { lambda_per_s, service: erlang(mean_service_s, k) };
    },
  ],
  [
    /^H_?2$/,
    (params) => {
      const { lambda_per_s, mean_service_s, cs2, p, mu1, mu2 } = read(
        z.strictObject({ ...meanService, cs2: z.number(), p: z.number(), mu1: rate, mu2: rate }),
        params,
      );
      const service = hyperExponential([p, 1 - p], [1 / mu1, 1 / mu2]);
      agree('mean_service_s', service.mean, mean_service_s);
      agree('cs2', squaredCv(service), cs2);
      return { lambda_per_s, service };
    },
  ],
  [
    /^Log(N|normal)$/i,
    (params) => {
      const { lambda_per_s, mean_service_s, cv, sigma_log, mu_log } = read(
        z.strictObject({
          ...meanService,
          cv: rate,
          sigma_log: z.number().optional(),
          mu_log: z.number().optional(),
        }),
        params,
      );
      if (sigma_log !== undefined) agree('sigma_log', Math.sqrt(Math.log(1 + cv ** 2)), sigma_log);
      if (mu_log !== undefined) agree('mu_log', Math.log(mean_service_s) - Math.log(1 + cv ** 2) / 2, mu_log);
      return { lambda_per_s, service: lognormal(mean_service_s, cv) };
    },
  ],
  [
    /^(Par|Pareto)$/i,
    (params) => {
      const told = read(
        z.strictObject({
          ...single,
          mean_service_s: rate.optional(),
          alpha: rate.optional(),
          shape: rate.optional(),
          xm: rate.optional(),
          x_m: rate.optional(),
          scale: rate.optional(),
        }),
        params,
      );
      const shape = told.alpha ?? told.shape;
      const minimum = told.xm ?? told.x_m ?? told.scale;
      if (shape === undefined) throw new UnfitInput('params.alpha: missing');
      if (minimum === undefined && told.mean_service_s === undefined) throw new UnfitInput('params.xm: missing');
      const service = minimum === undefined ? paretoWithMean(told.mean_service_s!, shape) : pareto(minimum, shape);
      if (told.mean_service_s !== undefined) agree('mean_service_s', service.mean, told.mean_service_s);
      return { lambda_per_s: told.lambda_per_s, service };
    },
  ],
  [
    /^(U|Unif|Uniform)$/i,
    (params) => {
      const told = read(
        z.strictObject({
          ...single,
          mean_service_s: rate.optional(),
          a: z.number().optional(),
          b: rate.optional(),
          min_s: z.number().optional(),
          max_s: rate.optional(),
          low: z.number().optional(),
          high: rate.optional(),
        }),
        params,
      );
      const maximum = told.b ?? told.max_s ?? told.high;
      if (maximum === undefined) throw new UnfitInput('params.b: missing');
      const service = uniform(told.a ?? told.min_s ?? told.low ?? 0, maximum);
      if (told.mean_service_s !== undefined) agree('mean_service_s', service.mean, told.mean_service_s);
      return { lambda_per_s: told.lambda_per_s, service };
    },
  ],
  [
    /^M$/,
    (params) => {
      const { lambda_per_s, mean_service_s } = read(z.strictObject(meanService), params);
      return { lambda_per_s, service: exponential(mean_service_s) };
    },
  ],
];

function agree(name: string, ours: number, told: number): void {
  if (Math.abs(ours - told) > 1e-9 * Math.max(1, Math.abs(told))) {
    throw new UnfitInput(`params.${name}: ${told} does not agree with the others, which give ${ours}`);
  }
}

const oneServer: Family = (params, expected, family) => {
  const letter = /^M\/(.+)\/1$/.exec(family)![1]!;
  const known = services.find(([pattern]) => pattern.test(letter));
  if (known === undefined) throw new UnfitInput(`unknown family "${family}"`);
  const { lambda_per_s, service } = known[1](params);
  const queue = mg1(lambda_per_s, service);
  // The law of the wait is known for constant service.
  const waits =
    service.variance === 0
      ? waitFigures(expected, (seconds) => 1 - mdcWaitWithin(lambda_per_s, service.mean, 1, seconds))
      : {};
  const lightTail = letter === 'D' || /^[EHMU]/i.test(letter);
  const figures = [
    meanWait(queue.meanWaitSeconds, service),
    ...(lightTail
      ? [
          {
            name: 'Wq_variance',
            exact: queue.waitVariance,
            of: ({ waitSeconds }: { waitSeconds: Float64Array }) =>
              waitSeconds.reduce((sum, wait) => sum + (wait - queue.meanWaitSeconds) ** 2, 0) / waitSeconds.length,
          },
        ]
      : []),
  ];
  const memory = memoryOf(lambda_per_s, 1 / service.mean, 1, squaredCv(service));
  expectInside(poisson(lambda_per_s, 1, service), lambda_per_s, figures, memory);
  return { ...steadyFigures(queue), ...waits, cs2: squaredCv(service), Wq_variance: queue.waitVariance };
};

const constantService: Family = (params, expected) => {
  const { lambda_per_s, service_s, c } = read(
    z.strictObject({ lambda_per_s: rate, service_s: rate, c: whole }),
    params,
  );
  const queue = mdc(lambda_per_s, service_s, c);
  const law = mdcLaw(lambda_per_s, service_s, c);
  const figures = [
    meanWait(queue.meanWaitSeconds),
    ...waitsAbove('P(W > D / c)', service_s / c, 1 - mdcWaitWithin(lambda_per_s, service_s, c, service_s / c, law)),
  ];
  const memory = memoryOf(lambda_per_s, 1 / service_s, c, 0);
  expectInside(poisson(lambda_per_s, c, constant(service_s)), lambda_per_s, figures, memory);
  return {
    ...steadyFigures(queue),
    ...waitFigures(expected, (seconds) => 1 - mdcWaitWithin(lambda_per_s, service_s, c, seconds, law)),
  };
};

const batches: Family = (params) => {
  const { batch_rate_per_s, batch_size, mu_per_s } = read(
    z.strictObject({ batch_rate_per_s: rate, batch_size: whole, mu_per_s: rate }),
    params,
  );
  const queue = batchArrivals(batch_rate_per_s, batch_size, batch_size ** 2, mu_per_s);
  const perSecond = batch_rate_per_s * batch_size;
  const figures = [meanWait(queue.meanWaitSeconds), meanInSystem(queue.meanInSystem)];
  const memory = memoryOf(perSecond, mu_per_s, 1) * batch_size;
  expectInside(poisson(batch_rate_per_s, 1, exponential(1 / mu_per_s), batch_size), perSecond, figures, memory);
  return steadyFigures(queue);
};

/** First match counts. */
const families: readonly (readonly [RegExp, Family])[] = [
  [/^M\/M\/c\/c$/, loss],
  [/^M\/M\/c\/K$/, bounded],
  [/^M\/M\/c\/\/N$/, finite],
  [/^M\/M\/(c|\d+)$/, manyServers],
  [/^M\/D\/c$/, constantService],
  [/^M\^\[.+\]\/M\/1$/, batches],
  [/^M\/.+\/1$/, oneServer],
];

/** @throws UnfitInput for a family nobody knows; Error when the simulation contradicts the closed form */
export function stationary(family: string, params: unknown, expected: Expected): Outcome {
  const known = families.find(([pattern]) => pattern.test(family));
  if (known === undefined) throw new UnfitInput(`unknown family "${family}"`);
  return known[1](params, expected, family);
}
