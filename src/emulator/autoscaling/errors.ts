/**
 * The errors Auto Scaling answers with: modelled name, code of the Query protocol, HTTP status 400.
 */
import { AwsError } from '../service.ts';

export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);

export const alreadyExists = (message: string): AwsError =>
  new AwsError('AlreadyExistsFault', message, { queryCode: 'AlreadyExists' });

export const resourceInUse = (message: string): AwsError =>
  new AwsError('ResourceInUseFault', message, { queryCode: 'ResourceInUse' });

export const scalingActivityInProgress = (message: string): AwsError =>
  new AwsError('ScalingActivityInProgressFault', message, { queryCode: 'ScalingActivityInProgress' });

export const invalidNextToken = (): AwsError =>
  new AwsError('InvalidNextToken', 'The token is not one that this service has given out.');

export const groupNotFound = (name: string): AwsError => validationError(`AutoScalingGroup name not found - ${name}`);
