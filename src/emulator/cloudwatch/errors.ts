/**
 * The errors CloudWatch answers with: modelled name, legacy code of the Query protocol, HTTP status.
 */
import { AwsError } from '../service.ts';

export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);

export const invalidParameterValue = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, { queryCode: 'InvalidParameterValue' });

export const invalidParameterCombination = (message: string): AwsError =>
  new AwsError('InvalidParameterCombinationException', message, { queryCode: 'InvalidParameterCombination' });

export const missingParameter = (message: string): AwsError =>
  new AwsError('MissingRequiredParameterException', message, { queryCode: 'MissingParameter' });

export const invalidNextToken = (): AwsError => new AwsError('InvalidNextToken', 'The next token is not one of ours.');

export const invalidFormat = (message: string): AwsError =>
  new AwsError('InvalidFormatFault', message, { queryCode: 'InvalidFormat' });

export const limitExceeded = (message: string): AwsError =>
  new AwsError('LimitExceededFault', message, { queryCode: 'LimitExceeded' });

export const resourceNotFound = (message: string): AwsError =>
  new AwsError('ResourceNotFound', message, { status: 404 });
