/** Servers for a goal: a backlog per instance that is acceptable, a wait that a share of messages does not exceed. */
import { z } from 'zod';
import {
  acceptableBacklogPerInstance,
  backlogPerInstance,
  instancesForBacklog,
} from '../../../../src/core/capacity/backlog.ts';
import { mmcWaitTail, serversForWait } from '../../../../src/core/queueing/index.ts';
import { type Outcome, UnfitInput } from '../../adapter.ts';
import { read } from './params.ts';

const positive = z.number().positive();

function perInstance(params: unknown): Outcome {
  const { queue, running, latency_s, processing_s } = read(
    z.strictObject({ queue: z.number(), running: z.number(), latency_s: positive, processing_s: positive }),
    params,
  );
  const acceptable = acceptableBacklogPerInstance(latency_s, processing_s);
  return {
    acceptable_backlog_per_instance: acceptable,
    current_backlog_per_instance: backlogPerInstance(queue, running),
    instances_needed: instancesForBacklog(queue, acceptable),
  };
}

function forWait(params: unknown): Outcome {
  const { lambda_per_s, mu_per_s, target_wait_s, percentile } = read(
    z.strictObject({
      lambda_per_s: positive,
      mu_per_s: positive,
      target_wait_s: z.number().nonnegative(),
      percentile: positive,
    }),
    params,
  );
  const servers = serversForWait(lambda_per_s, mu_per_s, { waitSeconds: target_wait_s, share: percentile });
  const tail = (count: number) =>
    mmcWaitTail({ arrivalsPerSecond: lambda_per_s, servicePerSecond: mu_per_s, servers: count }, target_wait_s);
  return {
    min_c: servers,
    p_wait_gt_target_at_min_c: tail(servers),
    p_wait_gt_target_at_c_minus_1: tail(servers - 1),
  };
}

/** @throws UnfitInput for parameters of no known sizing */
export function sizing(params: Readonly<Record<string, unknown>>): Outcome {
  if ('queue' in params) return perInstance(params);
  if ('target_wait_s' in params) return forWait(params);
  throw new UnfitInput(`no sizing has the parameters ${Object.keys(params).join(', ')}`);
}
