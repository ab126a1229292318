/** ARNs of platform applications (`...:app/GCM/NAME`) and of their endpoints (`...:endpoint/GCM/NAME/UUID`). */
import { checkPartition } from '../arns.ts';
import { invalidParameter } from '../errors.ts';

/** @throws AwsError InvalidParameter for what cannot be an application's ARN */
export function checkApplicationArn(arn: string): void {
  checkResource('PlatformApplicationArn', arn, 'app', 3);
}

/** @throws AwsError InvalidParameter for what cannot be an endpoint's ARN */
export function checkEndpointArn(arn: string): void {
  const parts = checkResource('EndpointArn', arn, 'endpoint', 4);
  if (parts[3]!.length === 36) return;
  throw invalidParameter(
    'EndpointArn Reason: ARN specifies an invalid endpointId: UUID must be encoded in exactly 36 characters.',
  );
}

function checkResource(parameter: string, arn: string, kind: string, count: number): readonly string[] {
  const elements = arn.split(':');
  if (elements.length < 6) {
    throw invalidParameter(`${parameter} Reason: An ARN must have at least 6 elements, not ${elements.length}`);
  }
  if (elements[2] !== 'sns') throw invalidParameter(`${parameter} Reason: ARN specifies an invalid vendor`);
  checkPartition(parameter, arn, elements[3]!);
  const parts = elements.slice(5).join(':').split('/');
  if (parts.length !== count || parts[0] !== kind) {
    throw invalidParameter(`${parameter} Reason: Wrong number of slashes in relative portion of the ARN.`);
  }
  return parts;
}
