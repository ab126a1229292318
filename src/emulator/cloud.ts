/**
 * One emulated cloud: every service, for every account and Region that is asked for, on one world.
 *
 * State of an account and Region is built when somebody first names it. This file only connects services to each
 * other; what they do is theirs. Not here: the wire (server/), the pace of the clock (world/pace.ts).
 */
import { partitionOf } from '../core/partitions.ts';
import { type AutoScalingState, createAutoScalingService } from './autoscaling/index.ts';
import { type CloudWatchState, createCloudWatchService } from './cloudwatch/index.ts';
import { createKinesisService, type KinesisState } from './kinesis/index.ts';
import type { Service, ServiceContext } from './service.ts';
import { createDeliveries } from './sns/delivery/deliveries.ts';
import { createEndpoints } from './sns/delivery/endpoints.ts';
import type { LambdaTargets } from './sns/delivery/lambda.ts';
import type { Outbound } from './sns/delivery/outbound.ts';
import type { Signer } from './sns/envelope.ts';
import { createSnsService, type SnsNeighbours, type SnsState } from './sns/index.ts';
import { createSigner } from './sns/signing.ts';
import type { SqsFaults } from './sqs/faults.ts';
import type { Queue } from './sqs/queue.ts';
import { createSqsService } from './sqs/service.ts';
import type { SqsState } from './sqs/state.ts';
import { createStsService } from './sts/service.ts';
import type { World } from './world/world.ts';

export interface CloudOptions {
  readonly world: World;
  /** Account and Region of requests that name none, and of `home`. */
  readonly accountId: string;
  readonly region: string;
  /** Quotas that AWS enforces over time hold here, too. Default: only those that belong to a request. */
  readonly strictQuotas?: boolean;
  /** Duplicates, reordering, short polls that miss, counts that lag: what new queues begin with. Default: none. */
  readonly sqsFaults?: SqsFaults;
  /** How SNS reaches HTTP/S subscribers and Lambda functions; without it nobody is there. */
  readonly outbound?: Outbound;
  /** Where Lambda functions run. Default: nowhere. */
  readonly lambdaTargets?: LambdaTargets;
  /** Signs what SNS delivers; made when left out. */
  readonly signer?: Signer;
}

/** The services of one account in one Region. */
export interface CloudRegion {
  readonly accountId: string;
  readonly region: string;
  readonly services: readonly Service[];
  readonly sqs: SqsState;
  readonly sns: SnsState;
  readonly cloudWatch: CloudWatchState;
  readonly autoScaling: AutoScalingState;
  readonly kinesis: KinesisState;
}

export interface Cloud {
  readonly world: World;
  readonly home: CloudRegion;
  readonly strictQuotas: boolean;
  /** Those that somebody has named so far, home first. */
  regions(): readonly CloudRegion[];
  at(accountId: string, region: string): CloudRegion;
}

export function createCloud(options: CloudOptions): Cloud {
  const { world } = options;
  const regions = new Map<string, CloudRegion>();
  const neighbours = snsNeighbours(options, at);

  function at(accountId: string, region: string): CloudRegion {
    const key = `${accountId}/${region}`;
    const known = regions.get(key);
    if (known !== undefined) return known;
    const made = createRegion({ world, accountId, region }, neighbours(partitionOf(region)), {
      strictQuotas: options.strictQuotas ?? false,
      ...(options.sqsFaults === undefined ? {} : { faults: options.sqsFaults }),
      sqsAt: (otherId) => at(otherId, region).sqs,
    });
    regions.set(key, made);
    return made;
  }

  return {
    world,
    home: at(options.accountId, options.region),
    strictQuotas: options.strictQuotas ?? false,
    regions: () => [...regions.values()],
    at,
  };
}

const nobodyThere: Outbound = {
  post: () => Promise.reject(new Error('this cloud has no way out')),
};

/** SNS delivers to queues of every account and Region of its partition. @returns by the partition */
function snsNeighbours(options: CloudOptions, at: Cloud['at']): (partition: string) => SnsNeighbours {
  const { world, outbound = nobodyThere, lambdaTargets = {}, signer = createSigner() } = options;
  const endpoints = createEndpoints({ world, outbound, signer, lambdaTargets });
  const snsAt = (accountId: string, region: string): SnsState => at(accountId, region).sns;
  const made = new Map<string, SnsNeighbours>();

  function inPartition(partition: string): SnsNeighbours {
    const beginning = `arn:${partition}:sqs:`;
    const queueByArn = (arn: string): Queue | undefined => {
      if (!arn.startsWith(beginning)) return undefined;
      const [, , , region, accountId] = arn.split(':', 6);
      if (region === undefined || accountId === undefined) return undefined;
      return at(accountId, region).sqs.queueByArn(arn);
    };
    return { queueByArn, snsAt, deliveries: createDeliveries({ signer, endpoints, queueByArn, snsAt }) };
  }

  return (partition) => {
    const known = made.get(partition) ?? inPartition(partition);
    made.set(partition, known);
    return known;
  };
}

/** CloudWatch first: the others leave their metrics there, and its alarms run Auto Scaling's policies. */
function createRegion(
  place: Pick<ServiceContext, 'world' | 'accountId' | 'region'>,
  neighbours: SnsNeighbours,
  sqsOptions: Parameters<typeof createSqsService>[1],
): CloudRegion {
  const { world, accountId, region } = place;
  const cloudWatch = createCloudWatchService({ world, accountId, region });
  const context: ServiceContext = { world, accountId, region, sink: cloudWatch.state.sink };
  const sqs = createSqsService(context, sqsOptions);
  const sns = createSnsService(context, neighbours);
  const kinesis = createKinesisService(context);
  const autoScaling = createAutoScalingService(context, cloudWatch.state);
  return {
    accountId,
    region,
    services: [sqs, sns, kinesis, cloudWatch, autoScaling, createStsService()],
    sqs: sqs.state,
    sns: sns.state,
    cloudWatch: cloudWatch.state,
    autoScaling: autoScaling.state,
    kinesis: kinesis.state,
  };
}
