/**
 * AWS partitions: China, GovCloud and others are AWS clouds of their own. Which one a Region is of, and the domain its services are in.
 *
 * The only table of them. Not here: making and reading ARNs (emulator/arns.ts and each service).
 */

interface Partition {
  /** As ARNs have it behind `arn:`. */
  readonly name: string;
  readonly dnsSuffix: string;
}

const commercial: Partition = { name: 'aws', dnsSuffix: 'amazonaws.com' };

/** By the beginning of a Region's name. No Region of `aws` begins like one of these. */
const others: readonly (readonly [beginning: string, partition: Partition])[] = [
  ['cn-', { name: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' }],
  ['us-gov-', { name: 'aws-us-gov', dnsSuffix: 'amazonaws.com' }],
  ['us-iso-', { name: 'aws-iso', dnsSuffix: 'c2s.ic.gov' }],
  ['us-isob-', { name: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov' }],
  ['eu-isoe-', { name: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk' }],
  ['us-isof-', { name: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov' }],
  ['eusc-', { name: 'aws-eusc', dnsSuffix: 'amazonaws.eu' }],
];

/** `cn-north-1` -> `aws-cn`; `aws` for every Region that is of no other partition, also for one that does not exist. */
export function partitionOf(region: string): string {
  return partitionFor(region).name;
}

/** Where a service of AWS answers: `sqs`, `cn-north-1` -> `sqs.cn-north-1.amazonaws.com.cn` */
export function serviceHost(endpointPrefix: string, region: string): string {
  return `${endpointPrefix}.${region}.${partitionFor(region).dnsSuffix}`;
}

function partitionFor(region: string): Partition {
  return others.find(([beginning]) => region.startsWith(beginning))?.[1] ?? commercial;
}
