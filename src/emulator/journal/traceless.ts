/**
 * Which requests change nothing, so that the journal notes only that there was one.
 *
 * Whoever is not named here is written down whole: forgetting an action costs bytes, naming one too many costs the state. Most reads of
 * SQS are not here, because a call of any kind keeps a queue's metrics alive and settles what is due (SQS-51); reads of Kinesis that walk
 * over shards are not, because they drop those past retention.
 */
import type { Service } from '../service.ts';
import type { FormFields } from '../wire/query.ts';
import { parseForm } from '../wire/query.ts';
import { type Address, type Addressed, route } from '../wire/router.ts';
import type { ReadHead } from './heads.ts';

export const traceless: Readonly<Record<string, readonly string[]>> = {
  autoscaling: [
    'DescribeAutoScalingGroups',
    'DescribeAutoScalingInstances',
    'DescribeLaunchConfigurations',
    'DescribePolicies',
    'DescribeScalingActivities',
  ],
  kinesis: ['DescribeLimits', 'DescribeStreamSummary', 'ListStreams', 'ListTagsForStream'],
  monitoring: [
    'DescribeAlarmHistory',
    'DescribeAlarms',
    'DescribeAlarmsForMetric',
    'GetMetricData',
    'GetMetricStatistics',
    'ListMetrics',
  ],
  sqs: ['ListQueues'],
  sts: ['GetCallerIdentity'],
};

/** What a head alone says of its requests. */
export type HeadVerdict = 'traceless' | 'leavesTrace' | 'bodyDecides';

export function verdictOfHead(read: ReadHead, services: readonly Service[]): HeadVerdict {
  const { head, urlFields } = read;
  // Refused before anything is looked at; too rare to be worth an exception.
  if (urlFields === null || head.headers['content-encoding'] !== undefined) return 'leavesTrace';
  const address = route(addressed(read, urlFields), services);
  // Without a query string the parameters of this dialect, the action among them, are all in the body.
  if (address.dialect === 'query' && head.headers['content-type'] !== undefined) {
    return urlFields.size === 0 ? 'bodyDecides' : 'leavesTrace';
  }
  return isTraceless(address) ? 'traceless' : 'leavesTrace';
}

/** A glance that spares most forms the reading: long ones, and those that do not begin with a reading action. */
const glanceBytes = 512;
const longestFormBytes = 16 * 1024;

/** For a head whose verdict is `bodyDecides`. */
export function isTracelessForm(read: ReadHead, body: Uint8Array, services: readonly Service[]): boolean {
  if (body.length > longestFormBytes) return false;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!/(?:^|&)Action=(?:Describe|Get|List)/.test(text.toString('latin1', 0, glanceBytes))) return false;
  try {
    return isTraceless(route(addressed(read, parseForm(text.toString('utf8'))), services));
  } catch {
    return false;
  }
}

function addressed({ head, identity }: ReadHead, fields: FormFields): Addressed {
  const { method, headers } = head;
  return { method, path: head.path.split('?', 1)[0]!, headers, fields, identity };
}

function isTraceless({ service, action }: Address): boolean {
  return service !== null && action !== null && (traceless[service.scopeName]?.includes(action.name) ?? false);
}
