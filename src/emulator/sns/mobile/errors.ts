/** Errors that only platform applications, text messages and the sandbox give; the others are SNS's (../errors.ts). */
import { AwsError } from '../../service.ts';
import { invalidParameter } from '../errors.ts';

/** `Invalid parameter: Attributes Reason: Invalid value for attribute: NAME: REASON` */
export const invalidAttributeValue = (name: string, reason: string): AwsError =>
  invalidParameter(`Attributes Reason: Invalid value for attribute: ${name}: ${reason}`);

export const invalidAttributeName = (name: string): AwsError =>
  invalidParameter(`Attributes Reason: Invalid attribute name: ${name.slice(0, 80)}`);

/** Of SMS attributes: the only InvalidParameter without the words `Invalid parameter:`. */
export const invalidSmsAttribute = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message, { queryCode: 'InvalidParameter' });

/** A text that its pattern or length does not allow, in the words of the service's validation. */
export const constraintViolated = (member: string, value: string, constraint: string): AwsError =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value.slice(0, 200)}' at '${member}' failed to satisfy constraint: ${constraint}`,
    { queryCode: 'ValidationError' },
  );

export const optedOut = (): AwsError =>
  new AwsError('OptedOutException', 'The phone number has opted out of receiving SMS messages', {
    queryCode: 'OptedOut',
  });

export const userError = (message: string): AwsError =>
  new AwsError('UserErrorException', message, { queryCode: 'UserError' });

/** The model gives it no other code than its name. */
export const verificationFailed = (message: string): AwsError => new AwsError('VerificationException', message);
