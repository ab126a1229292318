/**
 * One emulated cloud: every service, for every account and Region that is asked for, on one world.
 *
 * State of an account and Region is built when somebody first names it. This file only connects services to each
 * other; what they do is theirs. Not here: the wire (server/), the pace of the clock (world/pace.ts).
 */
import type { MetricSink } from './metricSink.ts';
import type { Service, ServiceContext } from './service.ts';
import { createSqsService } from './sqs/service.ts';
import type { SqsState } from './sqs/state.ts';
import { createStsService } from './sts/service.ts';
import type { World } from './world/world.ts';

export interface CloudOptions {
  readonly world: World;
  /** Account and Region of requests that name none, and of `home`. */
  readonly accountId: string;
  readonly region: string;
}

/** The services of one account in one Region. */
export interface CloudRegion {
  readonly accountId: string;
  readonly region: string;
  readonly services: readonly Service[];
  readonly sqs: SqsState;
}

export interface Cloud {
  readonly world: World;
  readonly home: CloudRegion;
  at(accountId: string, region: string): CloudRegion;
}

export function createCloud(options: CloudOptions): Cloud {
  const { world } = options;
  const regions = new Map<string, CloudRegion>();

  function at(accountId: string, region: string): CloudRegion {
    const key = `${accountId}/${region}`;
    const known = regions.get(key);
    if (known !== undefined) return known;
    const made = createRegion({ world, accountId, region, sink: silentSink });
    regions.set(key, made);
    return made;
  }

  return { world, home: at(options.accountId, options.region), at };
}

function createRegion(context: ServiceContext): CloudRegion {
  const { accountId, region } = context;
  const sqs = createSqsService(context);
  return { accountId, region, services: [sqs, createStsService()], sqs: sqs.state };
}

/** Until CloudWatch is connected nobody listens. */
const silentSink: MetricSink = {
  metric: () => ({ put: () => {}, sample: () => {} }),
};
