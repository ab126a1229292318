/**
 * One emulated cloud: every service, for every account and Region that is asked for, on one world.
 *
 * State of an account and Region is built when somebody first names it. This file only connects services to each
 * other; what they do is theirs. Not here: the wire (server/), the pace of the clock (world/pace.ts).
 */
import { type AutoScalingState, createAutoScalingService } from './autoscaling/index.ts';
import { type CloudWatchState, createCloudWatchService } from './cloudwatch/index.ts';
import { createKinesisService, type KinesisState } from './kinesis/index.ts';
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
  readonly cloudWatch: CloudWatchState;
  readonly autoScaling: AutoScalingState;
  readonly kinesis: KinesisState;
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
    const made = createRegion(world, accountId, region);
    regions.set(key, made);
    return made;
  }

  return { world, home: at(options.accountId, options.region), at };
}

/** CloudWatch first: the others leave their metrics there, and its alarms run Auto Scaling's policies. */
function createRegion(world: World, accountId: string, region: string): CloudRegion {
  const cloudWatch = createCloudWatchService({ world, accountId, region });
  const context: ServiceContext = { world, accountId, region, sink: cloudWatch.state.sink };
  const sqs = createSqsService(context);
  const kinesis = createKinesisService(context);
  const autoScaling = createAutoScalingService(context, cloudWatch.state);
  return {
    accountId,
    region,
    services: [sqs, kinesis, cloudWatch, autoScaling, createStsService()],
    sqs: sqs.state,
    cloudWatch: cloudWatch.state,
    autoScaling: autoScaling.state,
    kinesis: kinesis.state,
  };
}
